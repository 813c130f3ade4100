import type { HitExplanation, ResultExplanation } from './explanation.ts'
import type { FieldDefinitions } from './schema.ts'
import type { FieldOutput } from './search-document.ts'

/** A document that matches. */
export interface SearchHit<Fields extends FieldDefinitions = FieldDefinitions> {
  /** The `id` that the document was added with. */
  readonly id: string
  /** Comparable within one result only; 0 without a query. */
  readonly score: number
  /**
   * The share of a text query's information that the document holds, above 0 and up to 1: each distinct word counts once, by its
   * rarity, and one that no document has counts most. A word tells ln(1 + (N − n + 0.5) / (n + 0.5)) where n of N documents have it in
   * whichever field; of several terms (languages, near spellings) the most frequent one counts. Comparable between queries, and the same
   * on every backend, near spellings apart. Of a hybrid, that of its first text list that has the document. Missing for other queries.
   */
  readonly coverage?: number | undefined
  /** The terms that the document matched, as the analyzer made them, in the order of the query; missing as `coverage`. */
  readonly terms?: readonly string[] | undefined
  /** The stored values of the fields asked for, of those that have any. */
  readonly fields: { readonly [Name in keyof Fields]?: FieldOutput<Fields[Name]> }
  /** Fragments by field, the best first; a field without a match is missing. */
  readonly highlights: { readonly [Name in keyof Fields]?: readonly string[] }
  /** Why it has its score, when asked for. */
  readonly explain?: HitExplanation | undefined
}

/** A value of a facet, or a range, and the documents that have it. */
export interface FacetBucket {
  /** The value, of a facet of values; dates in ISO 8601. */
  readonly value?: string | number | boolean | undefined
  /** The bounds as they were given, of a facet of ranges. */
  readonly from?: number | string | undefined
  readonly to?: number | string | undefined
  readonly count: number
}

/** The best documents. */
export interface SearchResult<Fields extends FieldDefinitions = FieldDefinitions> {
  /** In the order of `sort`; what that leaves equal in the order of the ids, by code points. */
  readonly hits: readonly SearchHit<Fields>[]
  /** How many documents match, hits or not. */
  readonly total: number
  /** By field. Values with the most documents first, equal ones in their own order; ranges as they were given. */
  readonly facets: { readonly [field: string]: readonly FacetBucket[] }
  /** For the hits after these; missing after the last one. */
  readonly cursor?: string | undefined
  /** How the result came about, when asked for. */
  readonly explain?: ResultExplanation | undefined
}
