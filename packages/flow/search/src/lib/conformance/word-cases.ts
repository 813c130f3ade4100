import { deepEqual, ok } from 'node:assert/strict'
import { createWordAnalyzer } from '@empire/analyzer'
import type { FieldDefinitions } from '../schema.ts'
import type { SearchIndex } from '../search-index.ts'
import type { SearchQuery } from '../search-query.ts'
import { type CaseDefinition, finds, ranks, type Setting, withIndex } from './search-case.ts'

const text = { text: { type: 'text' } } as const

const animals: Setting<{ title: { type: 'text' }; text: { type: 'text' } }> = {
  fields: { title: { type: 'text' }, text: { type: 'text' } },
  documents: [
    { id: 'a', title: 'fox', text: 'red dog' },
    { id: 'b', title: 'dogs' },
    { id: 'c', text: 'the fox and the fox' },
    { id: 'd', text: 'cow' },
    { id: 'e' },
  ],
}

/** Another language for one of the fields: it keeps the words that English drops, and stems by cutting. */
const other = createWordAnalyzer({ name: 'three', stopWords: ['dog'], stem: (word) => word.slice(0, 3) })
const languages = {
  fields: { english: { type: 'text' }, other: { type: 'text', analyzer: other } },
  documents: [
    { id: 'both', english: 'fox houses', other: 'fox houses' },
    { id: 'english', english: 'the dog and houses' },
    { id: 'other', other: 'the dog and houses' },
    { id: 'none', english: 'cow', other: 'cow' },
  ],
} as const satisfies Setting<Languages>
type Languages = { english: { type: 'text' }; other: { type: 'text'; analyzer: typeof other } }

/** How much a word tells that some of the documents have. */
function information(having: number, documents: number): number {
  return Math.log(1 + (documents - having + 0.5) / (having + 0.5))
}

async function checkCoverage<Fields extends FieldDefinitions>(
  index: SearchIndex<Fields>,
  query: string | SearchQuery<Fields>,
  expected: Readonly<Record<string, number>>,
): Promise<void> {
  const { hits } = await index.search({ query })
  deepEqual(hits.map(({ id }) => id).toSorted(), Object.keys(expected).toSorted())
  for (const { id, coverage = Number.NaN } of hits) {
    const wanted = expected[id] as number
    ok(Math.abs(coverage - wanted) < 1e-6, `coverage of "${id}" must be ${wanted}, got ${coverage}`)
  }
}

/** What is one word, how much it tells, and what matched. */
export const wordCases: readonly CaseDefinition[] = [
  withIndex('weighs the words that a document holds by how few documents have them', animals, async (index) => {
    const [fox, dog, cow, none] = [2, 2, 1, 0].map((having) => information(having, 5)) as [
      number,
      number,
      number,
      number,
    ]
    await checkCoverage(index, 'fox', { a: 1, c: 1 })
    await checkCoverage(index, 'fox dog', { a: 1, b: dog / (fox + dog), c: fox / (fox + dog) })
    await checkCoverage(index, 'cow fox', { a: fox / (cow + fox), c: fox / (cow + fox), d: cow / (cow + fox) })
    await checkCoverage(index, 'cow unheard', { d: cow / (cow + none) })
  }),
  withIndex('weighs a word by all documents that have it, wherever it is looked for', animals, async (index) => {
    const [fox, cow] = [information(2, 5), information(1, 5)]
    await checkCoverage(index, { match: 'fox cow', fields: ['title'] }, { a: fox / (fox + cow) })
  }),
  withIndex('weighs a word once, however often and in whichever forms it is asked for', animals, async (index) => {
    const [dog, cow] = [information(2, 5), information(1, 5)]
    await checkCoverage(index, 'dog dogs dog cow', { a: dog / (dog + cow), b: dog / (dog + cow), d: cow / (dog + cow) })
  }),
  withIndex('takes a word for one in fields of several languages', languages, async (index) => {
    const [fox, house] = [information(1, 4), information(2, 4)]
    // "houses" is "hous" in one field and "hou" in the other; two documents have either of them.
    const share = house / (fox + house)
    await checkCoverage(index, 'fox houses', { both: 1, english: share, other: share })
    await checkCoverage(index, 'fox houses houses', { both: 1, english: share, other: share })
  }),
  withIndex('says nothing of words where none were asked for', animals, async (index) => {
    const [hit] = (await index.search({ filter: { ids: ['a'] } })).hits
    deepEqual([hit?.coverage, hit?.terms], [undefined, undefined])
  }),
  finds(languages, 'drops the words that each language drops', { query: 'the' }, ['other']),
  finds(languages, 'finds a word that one language drops by the other', { query: 'dog' }, ['english']),
  finds(
    languages,
    'misses a word of mode all that one language drops, if the other field has it not',
    { query: { match: 'dog houses', mode: 'all', fields: ['english', 'other'] } },
    ['english'],
    ['match.all'],
  ),
  ranks(
    { fields: text, documents: ['cat', 'dog', 'cow'].map((id) => ({ id, text: id })) },
    'counts a word twice that is asked for twice',
    { query: 'cow dog cat dog' },
    ['dog', 'cat', 'cow'],
  ),
  withIndex('names the terms that matched, in the order of the query', animals, async (index) => {
    const { hits } = await index.search({ query: 'dogs red the fox dog' })
    deepEqual(hits.find(({ id }) => id === 'a')?.terms, ['dog', 'red', 'fox'])
    deepEqual(hits.find(({ id }) => id === 'c')?.terms, ['fox'])
  }),
  withIndex(
    'names each term once where several languages have it',
    languages,
    async (index) => {
      const [hit] = (await index.search({ query: 'fox fox houses', explain: true })).hits
      deepEqual(hit?.terms, ['fox', 'hous', 'hou'])
      ok(hit.explain?.type === 'text')
      const { terms } = hit.explain
      if (terms === undefined) return
      deepEqual(
        terms.map(({ term, count, fields: where }) => [term, count, Object.keys(where)]),
        [
          ['fox', 2, ['english', 'other']],
          ['hous', 1, ['english']],
          ['hou', 1, ['other']],
        ],
      )
    },
    ['explain'],
  ),
  withIndex(
    'names the words that were near, in the order of the query',
    animals,
    async (index) => {
      const { hits } = await index.search({ query: { match: 'rad fix', mode: 'fuzzy' } })
      deepEqual(hits.find(({ id }) => id === 'a')?.terms, ['red', 'fox'])
    },
    ['match.fuzzy'],
  ),
  withIndex(
    'explains what a term is worth, or shows the account of the engine',
    animals,
    async (index) => {
      const { hits, explain } = await index.search({ query: 'fox cow fox', explain: true })
      ok(explain?.native.every((native) => typeof native === 'object' && native !== null))
      const own = hits.find(({ id }) => id === 'c')?.explain
      ok(own?.type === 'text')
      if (own.terms === undefined) return ok(own.native !== undefined)
      const [fox, ...others] = own.terms
      deepEqual([fox?.term, fox?.count, fox?.similarity, others], ['fox', 2, 1, []])
      ok(Math.abs((fox?.idf ?? 0) - information(2, 5)) < 1e-9)
      const { occurrences, weight, length, averageLength } = fox?.fields['text'] ?? {}
      deepEqual([Object.keys(fox?.fields ?? {}), occurrences, weight], [['text'], 2, 1])
      ok((length ?? 0) >= 2 && (averageLength ?? 0) > 0)
    },
    ['explain'],
  ),
  ranks(
    {
      fields: text,
      documents: ['planet', 'planed', 'plated'].map((id) => ({ id, text: `${id} x y z` })),
    },
    'ranks a word above those that are spelt nearly so',
    { query: { match: 'planet', mode: 'fuzzy', distance: 1 }, limit: 1 },
    ['planet'],
    ['match.fuzzy'],
  ),
  finds(
    { fields: text, analyzer: 'plain', documents: ['ab', 'abcde', 'abcdefgh'].map((id) => ({ id, text: id })) },
    'allows no slip in two letters, one in three to five, two in more',
    { query: { match: 'ax abxye abxyefgh', mode: 'fuzzy' } },
    ['abcdefgh'],
    ['match.fuzzy'],
  ),
  finds(
    { fields: text, analyzer: 'plain', documents: [{ id: 'a', text: 'Éclair' }] },
    'finds a beginning whatever its case and accents',
    { query: { match: 'ECL', mode: 'prefix' } },
    ['a'],
    ['match.prefix'],
  ),
  finds(
    {
      fields: text,
      analyzer: 'plain',
      documents: [
        { id: 'one', text: 'a x b c' },
        { id: 'two', text: 'a x b y c' },
      ],
    },
    'counts the slop of all gaps of a phrase together',
    { query: { match: 'a b c', mode: 'phrase', slop: 1 } },
    ['one'],
    ['match.phrase', 'match.slop'],
  ),
  finds(
    { fields: text, documents: [{ id: 'a', text: ['red', 'fox'] }] },
    'finds the words of a filter in different values',
    { filter: { term: { text: 'fox red' } } },
    ['a'],
    ['filter.text'],
  ),
  finds(
    { fields: { tag: { type: 'keyword' } }, documents: ['\u{10000}', '\uffee', 'x'].map((id) => ({ id, tag: id })) },
    'compares keywords by code points',
    { filter: { range: { tag: { gt: '\uffff' } } } },
    ['\u{10000}'],
    ['filter.keyword-range'],
  ),
]
