import { deepEqual, equal, rejects } from 'node:assert/strict'
import type { SearchIndex } from '../search-index.ts'
import { type CaseDefinition, refuses, type Setting, withIndex } from './search-case.ts'

const fields = { text: { type: 'text' }, tag: { type: 'keyword' }, year: { type: 'number' } } as const
type Fields = typeof fields
const nullable = {
  ...fields,
  day: { type: 'date' },
  ok: { type: 'boolean' },
  v: { type: 'vector', dimensions: 2, stored: true },
} as const
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

/** Adding, replacing, removing. */
export const writeCases: readonly CaseDefinition[] = [
  withIndex('is empty at first', empty, async (index) => {
    deepEqual(await index.search({ query: 'a' }), { hits: [], total: 0, facets: {} })
    equal((await index.search()).total, 0)
    equal((await index.statistics()).documents, 0)
  }),
  withIndex('finds what was added when add resolves', empty, async (index) => {
    await index.add([{ id: 'a', text: 'one' }])
    deepEqual(await idsOf(index, 'one'), ['a'])
    await index.add(new Set([{ id: 'b', text: 'one' }]))
    deepEqual(await idsOf(index, 'one'), ['a', 'b'])
  }),
  withIndex('takes no documents', two, async (index) => {
    await index.add([])
    equal(await index.remove([]), 0)
    deepEqual(await idsOf(index), ['a', 'b'])
  }),
  withIndex('replaces the document that has the id, with all its fields', two, async (index) => {
    await index.add([{ id: 'a', text: 'new words' }])
    deepEqual(await idsOf(index, 'old'), [])
    deepEqual(await idsOf(index, 'new'), ['a'])
    equal((await index.search({ filter: { term: { tag: 'x' } } })).total, 1)
    equal((await index.statistics()).documents, 2)
  }),
  withIndex('takes null for no value, as databases give it', { fields: nullable }, async (index) => {
    const nothing = { text: null, tag: null, year: null, day: null, ok: null, v: null }
    await index.add([
      { id: 'null', ...nothing },
      { id: 'nulls', ...nothing, text: [null], tag: [null, null] },
      { id: 'some', ...nothing, text: [null, 'fox'], tag: ['x', null], year: [null, 5] },
    ])
    const { hits } = await index.search({ fields: ['text', 'tag', 'year', 'day', 'ok', 'v'] })
    deepEqual(
      hits.map((hit) => [hit.id, hit.fields]),
      [
        ['null', {}],
        ['nulls', {}],
        ['some', { text: 'fox', tag: 'x', year: 5 }],
      ],
    )
    for (const field of ['text', 'tag', 'year'] as const) {
      const { hits: found } = await index.search({ filter: { exists: field } })
      deepEqual(
        found.map(({ id }) => id),
        ['some'],
      )
    }
    await index.add([{ id: 'some', text: null }])
    equal((await index.search({ query: 'fox' })).total, 0)
  }),
  withIndex('keeps the last of several documents with one id', empty, async (index) => {
    await index.add([
      { id: 'a', text: 'first' },
      { id: 'b', text: 'middle' },
      { id: 'a', text: 'last' },
    ])
    deepEqual(await idsOf(index), ['a', 'b'])
    deepEqual(await idsOf(index, 'first'), [])
    deepEqual(await idsOf(index, 'last'), ['a'])
  }),
  withIndex('counts a replaced document once in the ranking', two, async (index) => {
    const before = (await index.search({ query: 'old other' })).hits.map(({ id, score }) => [id, score.toFixed(6)])
    for (let round = 0; round < 5; round += 1) await index.add([{ id: 'a', text: 'old words', tag: 'x' }])
    await index.optimize()
    deepEqual(
      (await index.search({ query: 'old other' })).hits.map(({ id, score }) => [id, score.toFixed(6)]),
      before,
    )
  }),
  withIndex('removes the documents that are there, and says how many', two, async (index) => {
    equal(await index.remove(['a', 'nobody', 'a']), 1)
    equal(await index.remove(['a']), 0)
    deepEqual(await idsOf(index, 'words'), ['b'])
    equal((await index.statistics()).documents, 1)
  }),
  withIndex('removes what a filter lets through', two, async (index) => {
    await index.add([{ id: 'c', tag: 'y' }])
    equal(await index.remove({ term: { tag: 'x' } }), 2)
    deepEqual(await idsOf(index), ['c'])
  }),
  withIndex('is empty after everything was removed, and works', two, async (index) => {
    equal(await index.remove({ and: [] }), 2)
    deepEqual(await idsOf(index), [])
    await index.add([{ id: 'a', text: 'anew' }])
    deepEqual(await idsOf(index, 'anew'), ['a'])
  }),
  withIndex('replaces what a filter lets through', two, async (index) => {
    await index.add([{ id: 'c', text: 'words', tag: 'y' }])
    equal(
      await index.replace({ term: { tag: 'x' } }, [
        { id: 'b', text: 'words', tag: 'x' },
        { id: 'd', text: 'words', tag: 'x' },
      ]),
      1,
    )
    deepEqual(await idsOf(index, 'words'), ['b', 'c', 'd'])
    deepEqual(await idsOf(index, 'other'), [])
  }),
  withIndex('replaces with nothing', two, async (index) => {
    equal(await index.replace({ ids: ['a'] }, []), 1)
    deepEqual(await idsOf(index), ['b'])
  }),
  withIndex('keeps a new document that the filter would let through, too', two, async (index) => {
    equal(await index.replace({ ids: ['z'] }, [{ id: 'z', tag: 'x' }]), 0)
    deepEqual(await idsOf(index), ['a', 'b', 'z'])
  }),
  withIndex('takes a document without values', empty, async (index) => {
    await index.add([{ id: 'a' }, { id: 'b', text: [], tag: undefined }])
    deepEqual(await idsOf(index), ['a', 'b'])
    equal((await index.search({ filter: { exists: 'text' } })).total, 0)
  }),
  withIndex('ignores properties that are not fields', empty, async (index) => {
    await index.add([{ id: 'a', text: 'one', other: { deep: true } } as never])
    deepEqual(await idsOf(index, 'one'), ['a'])
  }),
  withIndex('takes a batch of 5,000 documents', empty, async (index) => {
    await index.add(
      Array.from({ length: 5000 }, (_, at) => ({
        id: `d${at}`,
        text: `word${at % 100} common`,
        tag: `t${at % 7}`,
        year: at,
      })),
    )
    equal((await index.search({ query: 'word42' })).total, 50)
    equal((await index.search({ query: 'common', filter: { range: { year: { lt: 10 } } } })).total, 10)
    equal(await index.remove({ range: { year: { gte: 100 } } }), 4900)
    equal((await index.search({ query: 'common' })).total, 100)
  }),
  withIndex('takes a text of 100,000 words', empty, async (index) => {
    await index.add([{ id: 'a', text: `${'filler '.repeat(100_000)}needle` }])
    deepEqual(await idsOf(index, 'needle'), ['a'])
  }),
  withIndex('adds from many calls at a time', empty, async (index) => {
    await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        index.add([
          { id: `d${at}`, text: 'word' },
          { id: 'shared', year: at },
        ]),
      ),
    )
    equal((await index.search({ query: 'word' })).total, 20)
    const { hits } = await index.search({ filter: { ids: ['shared'] }, fields: ['year'] })
    deepEqual(hits[0]?.fields.year, 19, 'writes happen in the order of the calls')
  }),
  withIndex('answers while others write', two, async (index) => {
    const results = await Promise.all(
      Array.from({ length: 30 }, async (_, at) => {
        if (at % 3 === 0) await index.add([{ id: `n${at}`, text: 'words' }])
        else if (at % 3 === 1) await index.remove([`n${at - 1}`])
        return index.search({ query: 'words', limit: 100 })
      }),
    )
    for (const { hits, total } of results) {
      equal(hits.length, total)
      equal(hits.filter(({ id }) => id === 'a' || id === 'b').length, 2)
    }
  }),
  withIndex('answers the same after optimize', two, async (index) => {
    await index.add(Array.from({ length: 50 }, (_, at) => ({ id: `n${at}`, text: 'more words', tag: 'y' })))
    await index.remove({ term: { tag: 'y' } })
    await Promise.all([index.optimize(), index.search({ query: 'words' })])
    deepEqual(await idsOf(index, 'words'), ['a', 'b'])
    equal((await index.statistics()).documents, 2)
  }),
  withIndex('refuses documents that do not fit, and adds none of the batch', two, async (index) => {
    const rows: readonly (readonly [unknown, string])[] = [
      [null, '"documents[1]" must be an object with an "id", got null.'],
      [{ text: 'x' }, '"documents[1].id" must be a well-formed string of 1 to 512 bytes of UTF-8, got undefined.'],
      [{ id: '' }, '"documents[1].id" must be a well-formed string of 1 to 512 bytes of UTF-8, got a string ("").'],
      [{ id: 7 }, '"documents[1].id" must be a well-formed string of 1 to 512 bytes of UTF-8, got a number (7).'],
      [
        { id: 'c', text: 5 },
        '"documents[1].text" must be a well-formed string, or an array of such, got a number (5).',
      ],
      [{ id: 'c', text: ['x', 5] }, '"documents[1].text[1]" must be a well-formed string, got a number (5).'],
      [
        { id: 'c', tag: '\ud800' },
        '"documents[1].tag" must be a well-formed string, or an array of such, got a string ("\\ud800").',
      ],
      [{ id: 'c', year: '5' }, '"documents[1].year" must be a finite number, or an array of such, got a string ("5").'],
      [
        { id: 'c', year: Number.POSITIVE_INFINITY },
        '"documents[1].year" must be a finite number, or an array of such, got a number (Infinity).',
      ],
    ]
    for (const [document, message] of rows) {
      await refuses(index.add([{ id: 'first', text: 'words' }, document as never]), 'invalid_document', message)
    }
    await refuses(index.add([{ id: 'x'.repeat(513) }]), 'invalid_document')
    await refuses(index.add([{ id: '\u{1f600}'.repeat(129) }]), 'invalid_document')
    deepEqual(await idsOf(index, 'words'), ['a', 'b'])
  }),
  withIndex('refuses what is not a batch', two, async (index) => {
    await rejects(
      index.add('x' as never),
      new TypeError('"documents" must be an iterable of documents, got a string ("x").'),
    )
    await rejects(
      index.remove('x' as never),
      new TypeError('"which" must be an iterable of ids or a filter, got a string ("x").'),
    )
    await refuses(index.remove({ tag: 'x' } as never), 'invalid_query')
    deepEqual(await idsOf(index), ['a', 'b'])
  }),
  withIndex('refuses dates that are none', { fields: { at: { type: 'date' } } }, async (index) => {
    for (const at of ['2020-02-30', '2020-13-01', 'yesterday', '2020-01-01T10:00:00', new Date(Number.NaN), 5]) {
      await refuses(index.add([{ id: 'a', at: at as string }]), 'invalid_document')
    }
    equal((await index.search()).total, 0)
  }),
]
