import { type CheckedFacet, compareText } from '@empire/search/backend'
import { compileRange } from './compile-filter.ts'
import { fieldPaths } from './field-path.ts'

type Bucket = { readonly key?: string | number | boolean; readonly doc_count: number }
type FacetBucket = { readonly value?: string | number | boolean; readonly count: number }

/** What the aggregations of an answer hold. */
export type Aggregations = { readonly [name: string]: { readonly buckets: readonly Bucket[] } }

/** The aggregations of a search, named by the places of the facets. */
export function compileFacets(facets: readonly CheckedFacet[]): { readonly aggs?: object } {
  if (facets.length === 0) return {}
  return { aggs: Object.fromEntries(facets.map((facet, at) => [`facet_${at}`, compileFacet(facet)])) }
}

function compileFacet(facet: CheckedFacet): object {
  if (facet.type === 'values') {
    const { value } = fieldPaths(facet.field)
    return { terms: { field: value, size: facet.limit, order: [{ _count: 'desc' }, { _key: 'asc' }] } }
  }
  const filters = facet.ranges.map(({ from, to }) =>
    compileRange(facet.field, {
      ...(from === undefined ? {} : { gte: from }),
      ...(to === undefined ? {} : { lt: to }),
    }),
  )
  return { filters: { filters } }
}

/** The buckets of each facet. */
export function readFacets(facets: readonly CheckedFacet[], answer: Aggregations = {}): FacetBucket[][] {
  return facets.map((facet, at) => {
    const buckets = answer[`facet_${at}`]?.buckets ?? []
    if (facet.type === 'ranges') {
      return facet.ranges.map(({ given }, place) => ({ ...given, count: buckets[place]?.doc_count ?? 0 }))
    }
    const values = buckets.map(({ key, doc_count }) => ({ value: readKey(facet.field.type, key), count: doc_count }))
    return values.toSorted((left, right) => right.count - left.count || compareValues(left.value, right.value))
  })
}

function readKey(type: string, key: Bucket['key']): string | number | boolean {
  if (type === 'boolean') return key === 1 || key === true || key === 'true'
  return key as string | number
}

function compareValues(left: string | number | boolean, right: string | number | boolean): number {
  return typeof left === 'string' ? compareText(left, String(right)) : Number(left) - Number(right)
}
