import type { Analyzer } from '@empire/analyzer'
import { createIndex, type Filter, type SearchHit, type SearchIndex, type SearchRequest } from '@empire/search'
import { temporaryDirectory } from '@empire/test-support'
import * as fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { openSqliteIndex } from './open-sqlite-index.ts'

const fields = {
  title: { type: 'text', weight: 2 },
  text: { type: 'text' },
  tag: { type: 'keyword' },
  year: { type: 'number' },
  ok: { type: 'boolean' },
  v: { type: 'vector', dimensions: 2, metric: 'dot' },
} as const
type Fields = typeof fields

const folder = temporaryDirectory()
// The first stays open, which spares a sync per run.
const path = folder.join('index.db')
const first = await openSqliteIndex(path, { fields })
let count = 0

afterAll(async () => {
  await first.close()
  await folder.remove()
})

/** Words have up to four letters; those with a dot behind them are not indexed. */
const letters: Analyzer = {
  name: 'letters',
  tokens: (text) => text.match(/[abc]{1,4}\.?/g) ?? [],
  term: (token) => (token.includes('.') ? undefined : token),
}

const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '.'), maxLength: 16 })
const id: fc.Arbitrary<string> = fc.constantFrom(
  '0',
  '1',
  '2',
  '3',
  '4',
  '5',
  '6',
  '7',
  '8',
  '9',
  'é',
  '\u{1f600}',
  '\ufb01',
)
const tag: fc.Arbitrary<string> = fc.constantFrom('', 'a', 'B', 'é', '\ufb01', '\u{1f600}', 'a\u0000b')
const year: fc.Arbitrary<number> = fc.constantFrom(-1.5, 0, 0.1, 3, 2 ** 53, 1e300)
const document = fc.record(
  {
    id,
    title: text,
    text: fc.array(text, { maxLength: 3 }),
    tag: fc.array(tag, { maxLength: 3 }),
    year: fc.array(year, { maxLength: 2 }),
    ok: fc.boolean(),
    v: fc.tuple(fc.constantFrom(-2, 0, 1, 3), fc.constantFrom(-1, 0, 2)),
  },
  { requiredKeys: ['id'] },
)

const { filter } = fc.letrec<{ filter: Filter<Fields> }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3 },
    tag.map((value): Filter<Fields> => ({ term: { tag: value } })),
    fc.array(year, { maxLength: 3 }).map((values): Filter<Fields> => ({ in: { year: values } })),
    text.map((value): Filter<Fields> => ({ term: { text: value } })),
    fc
      .record({ gte: year, lt: year }, { requiredKeys: ['gte'] })
      .map((bounds): Filter<Fields> => ({ range: { year: bounds } })),
    tag.map((gt): Filter<Fields> => ({ range: { tag: { gt } } })),
    fc.constantFrom('title', 'text', 'tag', 'year', 'ok', 'v').map((exists) => ({ exists }) as Filter<Fields>),
    fc.array(id, { maxLength: 4 }).map((ids): Filter<Fields> => ({ ids })),
    tie('filter').map((not): Filter<Fields> => ({ not })),
    fc.array(tie('filter'), { maxLength: 3 }).map((and): Filter<Fields> => ({ and })),
    fc.array(tie('filter'), { maxLength: 3 }).map((or): Filter<Fields> => ({ or })),
  ),
}))

const query = fc.oneof(
  fc.record({ match: text, mode: fc.constantFrom('any', 'all', 'prefix', 'fuzzy') }),
  fc.record({ match: text, mode: fc.constant('phrase'), slop: fc.nat(2) }),
  fc.record({ match: text, mode: fc.constant('all'), fields: fc.constant(['text']) }),
  fc.record({ match: text, mode: fc.constant('fuzzy'), distance: fc.nat(2), prefixLength: fc.nat(1) }),
  fc
    .tuple(fc.constantFrom(-2, 0, 1), fc.constantFrom(-1, 0, 2), fc.integer({ min: 1, max: 5 }))
    .map(([x, y, k]) => ({ nearest: { field: 'v', vector: [x, y], k } })),
)

const order: fc.Arbitrary<'asc' | 'desc'> = fc.constantFrom('asc', 'desc')
const missing: fc.Arbitrary<'first' | 'last'> = fc.constantFrom('first', 'last')
const sort = fc.array(fc.record({ field: fc.constantFrom('tag', 'year', 'ok'), order, missing }), {
  minLength: 1,
  maxLength: 2,
})

const request = fc.record({ query, filter, sort }, { requiredKeys: [] }) as fc.Arbitrary<SearchRequest<Fields>>

const batch = fc.record({ add: fc.array(document, { maxLength: 6 }), remove: fc.option(filter, { nil: undefined }) })

async function bothIndexes(): Promise<[SearchIndex<Fields>, SearchIndex<Fields>]> {
  const options = { fields, analyzer: letters }
  return [createIndex(options), await openSqliteIndex(path, { ...options, name: `run ${++count}` })]
}

/** Hits with what must be the same: of a ranking not the order, for SQLite holds the length of the document against it, not of the field. */
function comparable({ sort: keys, query: asked }: SearchRequest<Fields>, hits: readonly SearchHit<Fields>[]) {
  const own = hits.map(({ id: name, fields: values, terms }) => ({ id: name, values, terms: terms?.toSorted() }))
  const isRanked = keys === undefined && asked !== undefined
  return isRanked ? own.toSorted((left, right) => (left.id < right.id ? -1 : 1)) : own
}

describe('openSqliteIndex', () => {
  it('finds, counts and sorts as an index in memory does, whatever is written and asked', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(batch, { maxLength: 4 }),
        fc.array(request, { minLength: 4, maxLength: 12 }),
        async (batches, requests) => {
          const [memory, file] = await bothIndexes()
          for (const { add, remove } of batches) {
            await Promise.all([memory.add(add), file.add(add)])
            const which = remove ?? []
            expect(await file.remove(which)).toBe(await memory.remove(which))
          }
          for (const one of requests) {
            const asked = {
              ...one,
              limit: 100,
              fields: ['title', 'text', 'tag', 'year', 'ok'],
              facets: { tag: {}, ok: {}, year: { ranges: [{ from: 0, to: 3 }, { from: 3 }] } },
            } as const
            const expected = await memory.search(asked)
            const found = await file.search(asked)
            expect(found.total).toBe(expected.total)
            expect(found.facets).toEqual(expected.facets)
            expect(comparable(one, found.hits)).toEqual(comparable(one, expected.hits))
            for (const [at, { coverage }] of found.hits.entries()) {
              const other = expected.hits.find((hit) => hit.id === found.hits[at]?.id)
              expect(coverage ?? 0).toBeCloseTo(other?.coverage ?? 0, 6)
            }
          }
          await file.close()
        },
      ),
      { numRuns: 60 },
    )
  }, 30_000)

  it('gives page by page what it gives at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(document, { maxLength: 12 }),
        request,
        fc.integer({ min: 1, max: 4 }),
        async (documents, asked, limit) => {
          const [, file] = await bothIndexes()
          await file.add(documents)
          const all = await file.search({ ...asked, limit: 100 })
          const hits: (typeof all.hits)[number][] = []
          let cursor: string | undefined
          do {
            const page = await file.search({ ...asked, limit, cursor })
            hits.push(...page.hits)
            expect(page.total).toBe(all.total)
            cursor = page.cursor
          } while (cursor !== undefined)
          expect(hits).toEqual(all.hits)
          await file.close()
        },
      ),
      { numRuns: 60 },
    )
  }, 30_000)
})
