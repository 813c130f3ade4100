import { createIndex, type Filter, type SearchIndex } from '@empire/search'
import { createFakeOpenSearch, type FakeOpenSearch } from '@empire/test-support/fake-opensearch'
import { array, assert, asyncProperty, constantFrom, letrec, oneof, record, subarray } from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openOpenSearchIndex } from './open-opensearch-index.ts'

const fields = {
  text: { type: 'text' },
  tag: { type: 'keyword' },
  year: { type: 'number' },
  at: { type: 'date' },
} as const
type Fields = typeof fields

const tags = ['', 'a', 'B', 'é', '\u{1f600}', '\ufb01']
const years = [-1.5, 0, 1e300, 2026]
const dates = ['1969-12-31T23:59:59.999Z', '1970-01-01', '2026-11-28']
const words = ['fox', 'foxes', 'quick', 'the', 'maxTokens', '検索']

const documents = array(
  record({
    text: array(
      array(constantFrom(...words), { maxLength: 4 }).map((list) => list.join(' ')),
      { maxLength: 2 },
    ),
    tag: subarray(tags),
    year: subarray(years),
    at: subarray(dates),
  }),
  { maxLength: 12 },
).map((list) => list.map((document, at) => ({ id: `${at}`, ...document })))

const { filter } = letrec<{ filter: Filter<Fields> }>((tie) => ({
  filter: oneof(
    { maxDepth: 3 },
    constantFrom<Filter<Fields>>(
      { exists: 'tag' },
      { exists: 'text' },
      { ids: ['1', '3'] },
      { range: { tag: { gt: 'a', lte: '\u{1f600}' } } },
      { range: { at: { lt: '1970-01-01' } } },
      { term: { text: 'fox quick' } },
    ),
    constantFrom(...tags).map((tag) => ({ term: { tag } })),
    subarray(years).map((year) => ({ in: { year } })),
    constantFrom(...years).map((gte) => ({ range: { year: { gte } } })),
    array(tie('filter'), { maxLength: 3 }).map((and) => ({ and })),
    array(tie('filter'), { maxLength: 3 }).map((or) => ({ or })),
    tie('filter').map((not) => ({ not })),
  ),
}))

const sort = array(
  record({
    field: constantFrom('tag', 'year', 'at'),
    order: constantFrom('asc', 'desc'),
    missing: constantFrom('first', 'last'),
  }),
  { maxLength: 2 },
)

describe('an index on OpenSearch', () => {
  let server: FakeOpenSearch
  let index: SearchIndex<Fields>
  beforeAll(async () => {
    server = await createFakeOpenSearch()
    index = await openOpenSearchIndex({ fields, index: 'docs', connection: { node: server.url } })
  })
  afterAll(async () => {
    await index.close()
    await server.close()
  })

  it('finds, sorts, counts and pages as the index in memory does', async () => {
    await assert(
      asyncProperty(documents, filter, sort, async (given, wanted, order) => {
        const memory = createIndex({ fields })
        await index.replace({ and: [] }, given)
        await memory.add(given)
        const request = {
          filter: wanted,
          sort: order,
          limit: 3,
          facets: { tag: {}, year: { ranges: [{ from: 0 }] } },
        } as const
        let cursor: string | undefined
        let other: string | undefined
        do {
          const [found, expected] = await Promise.all([
            index.search({ ...request, cursor }),
            memory.search({ ...request, cursor: other }),
          ])
          expect({ ...found, cursor: undefined }).toEqual({ ...expected, cursor: undefined })
          expect(found.cursor === undefined).toBe(expected.cursor === undefined)
          cursor = found.cursor
          other = expected.cursor
        } while (cursor !== undefined)
        await memory.close()
      }),
      { numRuns: 60 },
    )
  })

  it('finds the documents, terms and highlights of words that the index in memory finds', async () => {
    const modes = constantFrom('any', 'all', 'phrase', 'prefix', 'fuzzy')
    const match = array(constantFrom(...words, 'fxo', 'qui', 'max'), { maxLength: 3 }).map((list) => list.join(' '))
    await assert(
      asyncProperty(documents, match, modes, async (given, wanted, mode) => {
        const memory = createIndex({ fields })
        await index.replace({ and: [] }, given)
        await memory.add(given)
        const request = { query: { match: wanted, mode }, limit: 100, highlight: { fields: ['text'] } } as const
        const [found, expected] = await Promise.all([index.search(request), memory.search(request)])
        const readable = ({ hits }: typeof found) =>
          hits
            .map(({ id, terms, highlights }) => ({ id, terms: terms?.toSorted(), highlights }))
            .toSorted((left, right) => Number(left.id) - Number(right.id))
        expect(readable(found)).toEqual(readable(expected))
        await memory.close()
      }),
      { numRuns: 60 },
    )
  })
})
