import { deepEqual, equal } from 'node:assert/strict'
import type { SearchIndex } from '../search-index.ts'
import { type CaseDefinition, type Setting, withIndex } from './search-case.ts'

const fields = { text: { type: 'text' }, tag: { type: 'keyword' }, year: { type: 'number' } } as const
type Fields = typeof fields
const empty: Setting<Fields> = { fields }
const two: Setting<Fields> = {
  fields,
  documents: [
    { id: 'a', text: 'old words', tag: 'x' },
    { id: 'b', text: 'other words', tag: 'x' },
  ],
}

async function idsOf(index: SearchIndex<Fields>, query?: string): Promise<string[]> {
  return (await index.search({ query, limit: 1000, sort: query === undefined ? [] : undefined })).hits
    .map(({ id }) => id)
    .toSorted()
}

const hostile = [
  "'; DROP TABLE documents; --",
  '" OR "1"="1',
  '*',
  '%_%',
  'a AND NOT b NEAR(c d)',
  '{"match_all":{}}',
  '__proto__',
  'constructor',
  'toString',
  '../../etc/passwd',
  '<script>alert(1)</script>',
  'a\u0000b',
  '\u{1f600}\u200d\u{1f525}',
  'e\u0301',
  'é',
  ' lead and trail ',
  '\n',
  '-x',
  'col:on^2~1',
  '(((',
  '\\',
  'x'.repeat(512),
]

/** Any text, as it is. */
export const textCases: readonly CaseDefinition[] = [
  withIndex('takes hostile text for ids, keywords, words and filters as it is', empty, async (index) => {
    await index.add(hostile.map((text, at) => ({ id: text, text, tag: text, year: at })))
    equal((await index.statistics()).documents, hostile.length)
    for (const [at, text] of hostile.entries()) {
      const byTag = await index.search({ filter: { term: { tag: text } }, fields: ['text', 'tag', 'year'] })
      deepEqual(
        byTag.hits.map(({ id, fields: own }) => [id, own]),
        [[text, { text, tag: text, year: at }]],
      )
      equal((await index.search({ filter: { ids: [text] } })).total, 1)
      await index.search({ query: text })
    }
    equal(await index.remove(hostile), hostile.length)
  }),
  withIndex('takes hostile text for words in every mode', two, async (index) => {
    for (const mode of ['all', 'phrase', 'prefix', 'fuzzy'] as const) {
      if (!index.capabilities.features.includes(`match.${mode}`)) continue
      for (const match of hostile) await index.search({ query: { match, mode } })
    }
    deepEqual(await idsOf(index), ['a', 'b'])
  }),
  withIndex(
    'takes hostile names for fields',
    { fields: { constructor: { type: 'text' }, 'o\'neill "x"': { type: 'keyword' }, 'a.b': { type: 'number' } } },
    async (index) => {
      await index.add([{ id: 'a', constructor: 'one two', 'o\'neill "x"': 'k', 'a.b': 5 } as never])
      equal((await index.search({ query: 'two' })).total, 1)
      equal((await index.search({ filter: { term: { 'o\'neill "x"': 'k' } as never } })).total, 1)
      equal((await index.search({ filter: { range: { 'a.b': { gte: 5 } } }, sort: [{ field: 'a.b' }] })).total, 1)
      deepEqual((await index.search({ fields: ['constructor', 'a.b'] })).hits[0]?.fields, {
        constructor: 'one two',
        'a.b': 5,
      })
    },
  ),
  withIndex('keeps composed and decomposed ids and keywords apart, and finds words of both', empty, async (index) => {
    await index.add([
      { id: 'é', tag: 'é', text: 'café' },
      { id: 'e\u0301', tag: 'e\u0301', text: 'cafe\u0301' },
    ])
    equal((await index.statistics()).documents, 2)
    equal((await index.search({ filter: { term: { tag: 'é' } } })).hits[0]?.id, 'é')
    deepEqual(await idsOf(index, 'CAFÉ'), ['e\u0301', 'é'])
  }),
  withIndex('finds Turkish words, whatever their dots', empty, async (index) => {
    await index.add([{ id: 'a', text: 'İstanbul ışık' }])
    deepEqual(await idsOf(index, 'istanbul'), ['a'])
    deepEqual(await idsOf(index, 'IŞIK'), ['a'])
  }),
  withIndex('finds Chinese, Japanese and Korean by their characters', empty, async (index) => {
    await index.add([
      { id: 'ja', text: '全文検索エンジン' },
      { id: 'zh', text: '搜索引擎很快' },
      { id: 'ko', text: '검색 엔진' },
    ])
    deepEqual(await idsOf(index, '検索'), ['ja'])
    deepEqual(await idsOf(index, '引擎'), ['zh'])
    deepEqual(await idsOf(index, '검색'), ['ko'])
  }),
  withIndex('finds identifiers by their parts', empty, async (index) => {
    await index.add([{ id: 'a', text: 'set maxTokens or max_tokens' }])
    deepEqual(await idsOf(index, 'tokens'), ['a'])
    deepEqual(await idsOf(index, 'MAX_TOKENS'), ['a'])
  }),
  withIndex('keeps numbers to the last digit', empty, async (index) => {
    const years = [Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER, 0.1, 1e-300, 1e300, -0.30000000000000004]
    await index.add(years.map((year, at) => ({ id: `${at}`, year })))
    for (const [at, year] of years.entries()) {
      const { hits } = await index.search({ filter: { term: { year } }, fields: ['year'] })
      deepEqual(
        hits.map(({ id, fields: own }) => [id, own.year]),
        [[`${at}`, year]],
      )
    }
  }),
]
