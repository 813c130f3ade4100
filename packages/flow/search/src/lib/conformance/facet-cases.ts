import { deepEqual } from 'node:assert/strict'
import type { FacetBucket } from '../search-result.ts'
import type { SearchRequest } from '../search-request.ts'
import { type CaseDefinition, type Setting, withIndex } from './search-case.ts'

const fields = {
  text: { type: 'text' },
  tag: { type: 'keyword' },
  year: { type: 'number' },
  at: { type: 'date' },
  ok: { type: 'boolean' },
} as const
type Fields = typeof fields

const items: Setting<Fields> = {
  fields,
  documents: [
    { id: '1', text: 'fox', tag: ['red', 'red'], year: 2001, at: '2020-01-01', ok: true },
    { id: '2', text: 'fox', tag: ['red', 'blue'], year: [2005, 2015], at: '2020-01-01', ok: false },
    { id: '3', text: 'dog', tag: '__proto__', year: 2010, at: '2021-06-01', ok: true },
    { id: '4', text: 'dog', tag: 'Blue' },
    { id: '5', text: 'dog' },
  ],
}

function counts(
  name: string,
  request: SearchRequest<Fields>,
  field: keyof Fields,
  buckets: readonly FacetBucket[],
): CaseDefinition {
  const isRange = buckets.some(({ value }) => value === undefined)
  return withIndex(name, items, async (index) => deepEqual((await index.search(request)).facets[field], buckets), [
    isRange ? 'facets.ranges' : 'facets.values',
  ])
}

/** Counts over all that matches. */
export const facetCases: readonly CaseDefinition[] = [
  counts('counts keywords, each once per document, the most frequent first', { facets: { tag: {} } }, 'tag', [
    { value: 'red', count: 2 },
    { value: 'Blue', count: 1 },
    { value: '__proto__', count: 1 },
    { value: 'blue', count: 1 },
  ]),
  counts('counts the first values only', { facets: { tag: { limit: 2 } } }, 'tag', [
    { value: 'red', count: 2 },
    { value: 'Blue', count: 1 },
  ]),
  counts('counts booleans', { facets: { ok: {} } }, 'ok', [
    { value: true, count: 2 },
    { value: false, count: 1 },
  ]),
  counts('counts numbers', { facets: { year: { limit: 2 } } }, 'year', [
    { value: 2001, count: 1 },
    { value: 2005, count: 1 },
  ]),
  counts('counts dates', { facets: { at: {} } }, 'at', [
    { value: '2020-01-01T00:00:00.000Z', count: 2 },
    { value: '2021-06-01T00:00:00.000Z', count: 1 },
  ]),
  counts(
    'counts ranges of numbers, from inclusive, to exclusive',
    { facets: { year: { ranges: [{ to: 2005 }, { from: 2005, to: 2010 }, { from: 2005 }, { from: 3000 }] } } },
    'year',
    [
      { to: 2005, count: 1 },
      { from: 2005, to: 2010, count: 1 },
      { from: 2005, count: 2 },
      { from: 3000, count: 0 },
    ],
  ),
  counts(
    'counts ranges of dates',
    { facets: { at: { ranges: [{ from: '2020-06-01' }, { to: '2020-06-01' }] } } },
    'at',
    [
      { from: '2020-06-01', count: 1 },
      { to: '2020-06-01', count: 2 },
    ],
  ),
  counts('counts what the words find', { query: 'fox', facets: { tag: {} } }, 'tag', [
    { value: 'red', count: 2 },
    { value: 'blue', count: 1 },
  ]),
  counts('counts what the filter lets through', { filter: { term: { tag: 'blue' } }, facets: { tag: {} } }, 'tag', [
    { value: 'blue', count: 1 },
    { value: 'red', count: 1 },
  ]),
  counts('counts beyond the page', { limit: 0, facets: { ok: {} } }, 'ok', [
    { value: true, count: 2 },
    { value: false, count: 1 },
  ]),
  counts('counts nothing where nothing matches', { query: 'cat', facets: { tag: {} } }, 'tag', []),
  withIndex(
    'counts several fields at once',
    items,
    async (index) => {
      const { facets } = await index.search({ query: 'dog', facets: { ok: {}, tag: { limit: 1 } } })
      deepEqual(facets, { ok: [{ value: true, count: 1 }], tag: [{ value: 'Blue', count: 1 }] })
    },
    ['facets.values'],
  ),
]
