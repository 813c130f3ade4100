import type { Aggregations } from './compile-facets.ts'

/** A hit as the server gives it. */
export interface SearchHit {
  readonly _id: string
  readonly _score: number | null
  readonly sort?: readonly unknown[]
  readonly matched_queries?: readonly string[]
  readonly _explanation?: unknown
  readonly _source?: { readonly [part: string]: { readonly [key: string]: unknown } }
}

/** An answer of `_search`. */
export interface SearchAnswer {
  readonly hits: { readonly total: { readonly value: number }; readonly hits: readonly SearchHit[] }
  readonly aggregations?: Aggregations
}
