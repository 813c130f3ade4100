import type { CheckedTextField, CheckedValueField, CheckedField, CheckedVectorField } from './checked-schema.ts'
import type { FacetRange } from './search-request.ts'
import type { TextMode } from './search-query.ts'

/** A text query, checked and complete. */
export interface CheckedTextQuery {
  readonly type: 'text'
  /** The words as they were given; each field's analyzer makes them into terms. */
  readonly match: string
  readonly mode: TextMode
  /** At least one. */
  readonly fields: readonly { readonly field: CheckedTextField; readonly weight: number }[]
  /** 0 unless the mode is `phrase`. */
  readonly slop: number
  /** `undefined`: by the length of the word, as `fuzzyDistance` says. */
  readonly distance: 0 | 1 | 2 | undefined
  readonly prefixLength: number
}

/** A vector query, checked, embedded and complete. */
export interface CheckedNearestQuery {
  readonly type: 'nearest'
  readonly field: CheckedVectorField
  readonly vector: Float32Array
  readonly k: number
  readonly numCandidates: number | undefined
}

/** A hybrid query, checked and complete. Backends meet it only if they say `hybrid: 'native'`. */
export interface CheckedHybridQuery {
  readonly type: 'hybrid'
  readonly parts: readonly { readonly query: CheckedTextQuery | CheckedNearestQuery; readonly weight: number }[]
  readonly rankConstant: number
  readonly depth: number
}

/** A query, checked and complete. */
export type CheckedQuery = CheckedTextQuery | CheckedNearestQuery | CheckedHybridQuery

/** A filter, checked: at most 32 deep. `term` is an `in` of one value. */
export type CheckedFilter =
  | { readonly type: 'and' | 'or'; readonly filters: readonly CheckedFilter[] }
  | { readonly type: 'not'; readonly filter: CheckedFilter }
  /** One of the field's values is one of these. */
  | { readonly type: 'in'; readonly field: CheckedValueField; readonly values: readonly (string | number | boolean)[] }
  /** For one of the texts, the field has all words of it; a text without words matches nothing. */
  | { readonly type: 'words'; readonly field: CheckedTextField; readonly texts: readonly string[] }
  /** One of the field's values lies within the bounds. */
  | { readonly type: 'range'; readonly field: CheckedValueField; readonly bounds: CheckedBounds }
  | { readonly type: 'exists'; readonly field: CheckedField }
  | { readonly type: 'ids'; readonly ids: readonly string[] }

/** Bounds of a range, at least one: numbers, dates as milliseconds, or strings of a keyword field. */
export interface CheckedBounds {
  readonly gt?: string | number
  readonly gte?: string | number
  readonly lt?: string | number
  readonly lte?: string | number
}

/** A facet, checked. */
export type CheckedFacet =
  | { readonly type: 'values'; readonly field: CheckedValueField; readonly limit: number }
  | { readonly type: 'ranges'; readonly field: CheckedValueField; readonly ranges: readonly CheckedFacetRange[] }

/** A range of a facet: `from` inclusive, `to` exclusive; dates as milliseconds. */
export interface CheckedFacetRange {
  readonly from: number | undefined
  readonly to: number | undefined
  /** As it was given: the bucket gives it back. */
  readonly given: FacetRange
}

/** A sort key, checked and complete. */
export type CheckedSort =
  | { readonly type: 'score' }
  | {
      readonly type: 'field'
      readonly field: CheckedValueField
      readonly order: 'asc' | 'desc'
      readonly missing: 'first' | 'last'
    }

/** What a hit is sorted by under one key: the score, the value (dates as milliseconds), or `null` for none. */
export type SortValue = string | number | boolean | null

/** How matches of words are shown, checked and complete. */
export interface CheckedHighlight {
  readonly fields: readonly CheckedTextField[]
  readonly fragments: number
  readonly size: number
  readonly markers: readonly [before: string, after: string]
  readonly escape: 'html' | 'none'
}

/** A request, checked and complete: what a backend gets. */
export interface CheckedRequest {
  /** `undefined`: every document, with a score of 0. */
  readonly query: CheckedQuery | undefined
  readonly filter: CheckedFilter | undefined
  readonly facets: readonly CheckedFacet[]
  /** Empty without a query and a sort. After these keys hits are in ascending order of their ids, by code points. */
  readonly sort: readonly CheckedSort[]
  readonly limit: number
  /** The hit that the first one comes after. */
  readonly after: { readonly sort: readonly SortValue[]; readonly id: string } | undefined
  /** The stored fields to give back. */
  readonly fields: readonly CheckedField[]
  /** Only for backends that say `highlight: 'native'`. */
  readonly highlight: CheckedHighlight | undefined
  readonly explain: boolean
}
