import { deepEqual, equal } from 'node:assert/strict'
import type { Filter } from '../filter.ts'
import type { SearchIndex } from '../search-index.ts'
import { type CaseDefinition, finds, type Setting, withIndex } from './search-case.ts'

const fields = {
  text: { type: 'text' },
  tag: { type: 'keyword' },
  year: { type: 'number' },
  at: { type: 'date' },
  ok: { type: 'boolean' },
  vector: { type: 'vector', dimensions: 2 },
} as const
type Fields = typeof fields

const items: Setting<Fields> = {
  fields,
  documents: [
    { id: 'a', text: 'red apple', tag: 'red', year: 2001, at: '2001-05-01', ok: true, vector: [1, 0] },
    { id: 'b', text: 'green apple', tag: ['green', 'sour'], year: [1999, 2010], at: '2010-05-01T12:00:00Z', ok: false },
    {
      id: 'c',
      text: 'red wine',
      tag: ['red', 'sour', ''],
      year: 0,
      at: new Date('1970-01-01T00:00:00Z'),
      ok: [true, false],
    },
    { id: 'd', text: 'blue sky', tag: 'Red', year: -1.5, at: '2010-05-01T14:00:00+02:00' },
    { id: 'e' },
  ],
}

const many = Array.from({ length: 20 }, (_, at) => `word${at}`)

/** Before the year 0, in our days, and beyond the year 9999. */
const ages = [-1e14, 1e12, 1e15].map((milliseconds) => new Date(milliseconds))

async function idsOf(index: SearchIndex<Fields>, filter: Filter<Fields>): Promise<string[]> {
  return (await index.search({ filter })).hits.map(({ id }) => id)
}

const rows: readonly (readonly [name: string, filter: Filter<Fields>, ids: string])[] = [
  ['a keyword', { term: { tag: 'red' } }, 'ac'],
  ['a keyword by its case', { term: { tag: 'Red' } }, 'd'],
  ['a keyword as a whole', { term: { tag: 're' } }, ''],
  ['an empty keyword', { term: { tag: '' } }, 'c'],
  ['one of several keywords of a document', { term: { tag: 'sour' } }, 'bc'],
  ['a number', { term: { year: 2001 } }, 'a'],
  ['0', { term: { year: 0 } }, 'c'],
  ['-0 as 0', { term: { year: -0 } }, 'c'],
  ['a fraction', { term: { year: -1.5 } }, 'd'],
  ['one of several numbers of a document', { term: { year: 2010 } }, 'b'],
  ['a day', { term: { at: '2001-05-01' } }, 'a'],
  ['a moment, whatever its zone', { term: { at: '2010-05-01T12:00:00.000Z' } }, 'bd'],
  ['true', { term: { ok: true } }, 'ac'],
  ['false', { term: { ok: false } }, 'bc'],
  ['one of some keywords', { in: { tag: ['green', 'Red', 'nothing'] } }, 'bd'],
  ['one of some numbers', { in: { year: [1999, 0] } }, 'bc'],
  ['one of some dates', { in: { at: ['1970-01-01', '2001-05-01T00:00:00Z'] } }, 'ac'],
  ['one of some booleans', { in: { ok: [true, false] } }, 'abc'],
  ['one of no values', { in: { tag: [] } }, ''],
  ['numbers from', { range: { year: { gte: 2001 } } }, 'ab'],
  ['numbers above', { range: { year: { gt: 2001 } } }, 'b'],
  ['numbers to', { range: { year: { lte: 0 } } }, 'cd'],
  ['numbers below', { range: { year: { lt: 0 } } }, 'd'],
  ['numbers between', { range: { year: { gt: -2, lt: 1 } } }, 'cd'],
  ['numbers between, by one and the same value', { range: { year: { gt: 1999, lt: 2001 } } }, ''],
  ['numbers of an empty range', { range: { year: { gt: 5, lt: 4 } } }, ''],
  ['dates from', { range: { at: { gte: '2010-05-01' } } }, 'bd'],
  ['dates before', { range: { at: { lt: '2001-05-01' } } }, 'c'],
  ['dates between', { range: { at: { gt: '1970-01-01', lte: '2001-05-01' } } }, 'a'],
  ['a keyword that exists, also an empty one', { exists: 'tag' }, 'abcd'],
  ['a number that exists', { exists: 'year' }, 'abcd'],
  ['a date that exists', { exists: 'at' }, 'abcd'],
  ['a boolean that exists', { exists: 'ok' }, 'abc'],
  ['a text that exists', { exists: 'text' }, 'abcd'],
  ['a vector that exists', { exists: 'vector' }, 'a'],
  ['some ids', { ids: ['a', 'e', 'nobody'] }, 'ae'],
  ['no ids', { ids: [] }, ''],
  ['both', { and: [{ term: { tag: 'red' } }, { term: { ok: true } }] }, 'ac'],
  ['all of nothing', { and: [] }, 'abcde'],
  ['either', { or: [{ term: { tag: 'green' } }, { term: { year: 0 } }] }, 'bc'],
  ['one of nothing', { or: [] }, ''],
  ['what is not', { not: { term: { tag: 'red' } } }, 'bde'],
  ['what does not exist', { not: { exists: 'year' } }, 'e'],
  ['what is not in a range, also without a value', { not: { range: { year: { gte: 0 } } } }, 'de'],
  ['what is not not', { not: { not: { term: { tag: 'red' } } } }, 'ac'],
  ['what is not either', { not: { or: [{ term: { tag: 'red' } }, { term: { ok: false } }] } }, 'de'],
  ['what is not both', { not: { and: [{ term: { tag: 'red' } }, { term: { year: 0 } }] } }, 'abde'],
  ['what is not one of nothing', { not: { or: [] } }, 'abcde'],
  [
    'nested conditions',
    {
      or: [
        { and: [{ term: { tag: 'sour' } }, { not: { exists: 'vector' } }, { in: { year: [0, 1999] } }] },
        { ids: ['e'] },
      ],
    },
    'bce',
  ],
  ['the same filter twice', { and: [{ term: { ok: true } }, { term: { ok: true } }] }, 'ac'],
]

/** What documents must be like. */
export const filterCases: readonly CaseDefinition[] = [
  ...rows.map(([name, filter, ids]) => finds(items, `filters by ${name}`, { filter }, [...ids])),
  finds(items, 'filters by a word of a text', { filter: { term: { text: 'Apples' } } }, ['a', 'b'], ['filter.text']),
  finds(items, 'filters by all words of a text', { filter: { term: { text: 'apple red' } } }, ['a'], ['filter.text']),
  finds(items, 'filters by no words of a text', { filter: { term: { text: 'the' } } }, [], ['filter.text']),
  finds(
    items,
    'filters by one of some texts',
    { filter: { in: { text: ['wine', 'sky'] } } },
    ['c', 'd'],
    ['filter.text'],
  ),
  finds(
    items,
    'filters out a word of a text',
    { filter: { not: { term: { text: 'apple' } } } },
    ['c', 'd', 'e'],
    ['filter.text'],
  ),
  finds(
    items,
    'filters keywords from',
    { filter: { range: { tag: { gte: 'red' } } } },
    ['a', 'b', 'c'],
    ['filter.keyword-range'],
  ),
  finds(
    items,
    'filters keywords by code points',
    { filter: { range: { tag: { gt: '', lt: 'a' } } } },
    ['d'],
    ['filter.keyword-range'],
  ),
  finds(items, 'filters what words find', { query: 'apple', filter: { term: { tag: 'red' } } }, ['a']),
  finds(items, 'filters what words find, out of all', { query: 'apple', filter: { not: { term: { tag: 'red' } } } }, [
    'b',
  ]),
  finds(items, 'finds nothing when the filter lets nothing through', { query: 'apple', filter: { or: [] } }, []),
  finds(items, 'finds all that the filter lets through without a query', { filter: { exists: 'text' } }, [
    'a',
    'b',
    'c',
    'd',
  ]),
  withIndex('does not change scores by a filter', items, async (index) => {
    const [all, some] = await Promise.all([
      index.search({ query: 'apple' }),
      index.search({ query: 'apple', filter: { term: { ok: false } } }),
    ])
    equal(some.hits.length, 1)
    equal(some.hits[0]?.score, all.hits.find(({ id }) => id === 'b')?.score)
  }),
  withIndex('takes a filter 32 deep', items, async (index) => {
    let filter: Filter<Fields> = { term: { tag: 'red' } }
    for (let depth = 0; depth < 30; depth += 2) filter = { not: { not: filter } }
    const { hits } = await index.search({ filter })
    deepEqual(
      hits.map(({ id }) => id),
      ['a', 'c'],
    )
  }),
  withIndex('filters by both, where both are of one field and one is of many values', items, async (index) => {
    const values = Array.from({ length: 20 }, (_, at) => `none-${at}`)
    const filter = { and: [{ term: { tag: 'red' } }, { in: { tag: [...values, 'sour'] } }] } as const
    deepEqual(await idsOf(index, filter), ['c'])
    deepEqual(await idsOf(index, { and: values.map((tag) => ({ term: { tag } })) }), [])
  }),
  withIndex(
    'filters by all of many words of a text',
    {
      fields,
      documents: [
        { id: 'all', text: many.join(' ') },
        { id: 'most', text: many.slice(1).join(' ') },
      ],
    },
    async (index) => deepEqual(await idsOf(index, { term: { text: many.join(' ') } }), ['all']),
    ['filter.text'],
  ),
  withIndex(
    'filters by what is not one of some numbers, where all documents have one',
    { fields, documents: [0, 1, 2, 3].map((year) => ({ id: `${year}`, year })) },
    async (index) => deepEqual(await idsOf(index, { not: { in: { year: [0, 1, 2] } } }), ['3']),
  ),
  withIndex(
    'filters by dates of any year',
    { fields, documents: ages.map((at, place) => ({ id: `${place}`, at })) },
    async (index) => {
      deepEqual(await idsOf(index, { range: { at: { gt: '9999-12-31T23:59:59.999Z' } } }), ['2'])
      const { hits } = await index.search({ filter: { range: { at: { lt: '0000-01-01' } } }, fields: ['at'] })
      deepEqual(
        hits.map((hit) => hit.fields),
        [{ at: '-001199-02-15T14:13:20.000Z' }],
      )
    },
  ),
  withIndex('takes 10,000 values', items, async (index) => {
    const values = Array.from({ length: 9999 }, (_, at) => `none-${at}`)
    const { hits } = await index.search({ filter: { in: { tag: [...values, 'green'] } } })
    deepEqual(
      hits.map(({ id }) => id),
      ['b'],
    )
  }),
]
