import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareText } from './compare-text.ts'
import { createIndex } from './create-index.ts'

/** What the tests know of filters, facets and sorts, in the plainest words: every document looked at by itself. */
const fields = {
  tag: { type: 'keyword' },
  size: { type: 'number' },
  day: { type: 'date' },
  open: { type: 'boolean' },
} as const
type Name = keyof typeof fields
type Value = string | number | boolean
type Entry = { id: string } & Partial<Record<Name, Value[]>>
type Bounds = { gt?: Value; gte?: Value; lt?: Value; lte?: Value }
type AnyFilter =
  | { and: AnyFilter[] }
  | { or: AnyFilter[] }
  | { not: AnyFilter }
  | { term: Partial<Record<Name, Value>> }
  | { in: Partial<Record<Name, Value[]>> }
  | { range: Partial<Record<Name, Bounds>> }
  | { exists: Name }
  | { ids: string[] }

const valuesOf = {
  tag: fc.constantFrom('', 'a', 'b', '__proto__', '\uffff', '😀', 'B'),
  size: fc.constantFrom(-1e308, -1.5, -0, 0, 5e-324, 1, 2 ** 53, 1e308),
  day: fc.constantFrom('1969-12-31', '2024-02-29T23:59:59.999Z', '2024-03-01', '2024-03-01T01:00:00+02:00'),
  open: fc.boolean(),
} satisfies Record<Name, fc.Arbitrary<Value>>
const names = Object.keys(fields) as Name[]
const anyId: fc.Arbitrary<string> = fc.constantFrom('1', '2', '3', '4', '5', '6', '7', '8', '😀', '\uffee')
const several = <Item>(item: fc.Arbitrary<Item>): fc.Arbitrary<Item[]> => fc.array(item, { maxLength: 3 })
const entry: fc.Arbitrary<Entry> = fc.record(
  {
    id: anyId,
    tag: several(valuesOf.tag),
    size: several(valuesOf.size),
    day: several(valuesOf.day),
    open: several(valuesOf.open),
  },
  { requiredKeys: ['id'] },
)

const ordered: fc.Arbitrary<Name> = fc.constantFrom('tag', 'size', 'day')
const condition: fc.Arbitrary<AnyFilter> = fc.oneof(
  fc
    .constantFrom(...names)
    .chain((name) => (valuesOf[name] as fc.Arbitrary<Value>).map((value) => ({ term: { [name]: value } }))),
  fc
    .constantFrom(...names)
    .chain((name) => several(valuesOf[name] as fc.Arbitrary<Value>).map((values) => ({ in: { [name]: values } }))),
  ordered.chain((name) => {
    const bound = valuesOf[name] as fc.Arbitrary<Value>
    return fc
      .record({ gt: bound, gte: bound, lt: bound, lte: bound }, { requiredKeys: [] })
      .filter((bounds) => Object.keys(bounds).length > 0)
      .map((bounds) => ({ range: { [name]: bounds } }))
  }),
  fc.constantFrom(...names).map((name) => ({ exists: name })),
  several(anyId).map((ids) => ({ ids })),
)
const { filter } = fc.letrec<{ filter: AnyFilter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 4 },
    condition,
    several(tie('filter')).map((and) => ({ and })),
    several(tie('filter')).map((or) => ({ or })),
    tie('filter').map((not) => ({ not })),
  ),
}))

/** As values are compared: dates by their moment. */
function plain(name: Name, value: Value): Value {
  return name === 'day' ? Date.parse(value as string) : value
}

function compare(left: Value, right: Value): number {
  return typeof left === 'string' ? compareText(left, right as string) : Number(left) - Number(right)
}

function own(document: Entry, name: Name): Value[] {
  return (document[name] ?? []).map((value) => plain(name, value))
}

function only<Operand>(operand: Partial<Record<Name, Operand>>): [Name, Operand] {
  return Object.entries(operand)[0] as [Name, Operand]
}

function holds(document: Entry, given: AnyFilter): boolean {
  if ('and' in given) return given.and.every((part) => holds(document, part))
  if ('or' in given) return given.or.some((part) => holds(document, part))
  if ('not' in given) return !holds(document, given.not)
  if ('exists' in given) return own(document, given.exists).length > 0
  if ('ids' in given) return given.ids.includes(document.id)
  if ('range' in given) {
    const [name, { gt, gte, lt, lte }] = only(given.range)
    const passes = (value: Value, bound: Value | undefined, test: (order: number) => boolean): boolean =>
      bound === undefined || test(compare(value, plain(name, bound)))
    return own(document, name).some(
      (value) =>
        passes(value, gt, (order) => order > 0) &&
        passes(value, gte, (order) => order >= 0) &&
        passes(value, lt, (order) => order < 0) &&
        passes(value, lte, (order) => order <= 0),
    )
  }
  const [name, wanted] = 'term' in given ? only(given.term) : only(given.in)
  const list = Array.isArray(wanted) ? wanted : [wanted]
  return own(document, name).some((value) => list.some((one) => compare(value, plain(name, one)) === 0))
}

async function fill(batches: readonly (readonly Entry[])[], removed: readonly string[]) {
  const index = createIndex({ fields })
  const expected = new Map<string, Entry>()
  for (const batch of batches) {
    await index.add(batch as never)
    for (const document of batch) expected.set(document.id, document)
  }
  await index.remove(removed)
  for (const id of removed) expected.delete(id)
  return { index, documents: [...expected.values()] }
}

const content = [fc.array(fc.array(entry, { maxLength: 8 }), { maxLength: 4 }), several(anyId)] as const

describe('filters', () => {
  it('let through what each says, document by document', async () => {
    await fc.assert(
      fc.asyncProperty(...content, filter, async (batches, removed, given) => {
        const { index, documents } = await fill(batches, removed)
        const wanted = documents.filter((document) => holds(document, given))
        const { hits, total } = await index.search({ filter: given as never, limit: 100 })
        expect(hits.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id).toSorted(compareText))
        expect(total).toBe(wanted.length)
        expect(await index.remove(given as never)).toBe(wanted.length)
        expect((await index.statistics()).documents).toBe(documents.length - wanted.length)
      }),
      { numRuns: 300 },
    )
  })
})

describe('facets', () => {
  it('count the documents of each value, those that the filter lets through', async () => {
    await fc.assert(
      fc.asyncProperty(...content, filter, fc.constantFrom(...names), async (batches, removed, given, name) => {
        const { index, documents } = await fill(batches, removed)
        const counts = new Map<Value, number>()
        for (const document of documents.filter((one) => holds(one, given))) {
          for (const value of new Set(own(document, name).map((one) => (one === 0 ? 0 : one)))) {
            counts.set(value, (counts.get(value) ?? 0) + 1)
          }
        }
        const buckets = [...counts].toSorted(([left, few], [right, many]) => many - few || compare(left, right))
        const { facets } = await index.search({ filter: given as never, facets: { [name]: { limit: 100 } }, limit: 0 })
        expect(facets[name]).toEqual(
          buckets.map(([value, count]) => ({
            value: name === 'day' ? new Date(value as number).toISOString() : value,
            count,
          })),
        )
      }),
      { numRuns: 150 },
    )
  })
})

describe('sort', () => {
  const key = fc.record({
    field: fc.constantFrom(...names),
    order: fc.constantFrom('asc' as const, 'desc' as const),
    missing: fc.constantFrom('first' as const, 'last' as const),
  })

  it('orders by each key in turn, and pages give every hit once', async () => {
    await fc.assert(
      fc.asyncProperty(
        ...content,
        several(key),
        fc.integer({ min: 1, max: 4 }),
        async (batches, removed, sort, limit) => {
          const { index, documents } = await fill(batches, removed)
          const expected = documents.toSorted((left, right) => {
            for (const { field, order, missing } of sort) {
              const [one, other] = [left, right].map((document) => {
                const values = own(document, field).toSorted(compare)
                return order === 'asc' ? values[0] : values.at(-1)
              })
              if (one === undefined && other === undefined) continue
              if (one === undefined) return missing === 'first' ? -1 : 1
              if (other === undefined) return missing === 'first' ? 1 : -1
              const difference = compare(one, other)
              if (difference !== 0) return order === 'asc' ? difference : -difference
            }
            return compareText(left.id, right.id)
          })
          const ids: string[] = []
          let cursor: string | undefined
          do {
            const page = await index.search({ sort, limit, cursor })
            ids.push(...page.hits.map(({ id }) => id))
            expect(page.total).toBe(documents.length)
            cursor = page.cursor
          } while (cursor !== undefined)
          expect(ids).toEqual(expected.map(({ id }) => id))
        },
      ),
      { numRuns: 150 },
    )
  })
})
