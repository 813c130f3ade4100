import type { Filter } from './filter.ts'
import type { FieldDefinitions, FieldsOfType } from './schema.ts'
import type { SearchQuery } from './search-query.ts'

/** A range of a facet: from `from`, inclusive, to `to`, exclusive. One of the two may be missing. */
export interface FacetRange<Bound = number | string> {
  readonly from?: Bound | undefined
  readonly to?: Bound | undefined
}

/** The most frequent values of a field, with the number of documents of each. */
export interface ValueFacet {
  /** The greatest number of values, from 1 to 1000. Default: 10. */
  readonly limit?: number | undefined
  readonly ranges?: undefined
}

/** The number of documents in each of some ranges. A document counts in every range that it has a value in. */
export interface RangeFacet<Bound = number | string> {
  /** From 1 to 100. */
  readonly ranges: readonly FacetRange<Bound>[]
}

/** What to count, by field. All matching documents count, whatever the page. */
export type Facets<Fields extends FieldDefinitions = FieldDefinitions> = {
  readonly [Name in FieldsOfType<Fields, 'keyword' | 'boolean'>]?: ValueFacet | undefined
} & { readonly [Name in FieldsOfType<Fields, 'number'>]?: ValueFacet | RangeFacet<number> | undefined } & {
  readonly [Name in FieldsOfType<Fields, 'date'>]?: ValueFacet | RangeFacet<string> | undefined
}

/** How the places that matched are shown. */
export interface Highlight<Fields extends FieldDefinitions = FieldDefinitions> {
  /** Text fields that are stored. */
  readonly fields: readonly FieldsOfType<Fields, 'text'>[]
  /** The greatest number of fragments per field, from 1 to 100. Default: 3. */
  readonly fragments?: number | undefined
  /** How long a fragment is at most, in characters (UTF-16 units), from 20 to 10,000. Default: 150. */
  readonly size?: number | undefined
  /** What stands before and after a match. Default: `['<mark>', '</mark>']`. */
  readonly markers?: readonly [before: string, after: string] | undefined
  /** Whether `&`, `<`, `>`, `"` and `'` of the text are written for HTML. Default: `html`. */
  readonly escape?: 'html' | 'none' | undefined
}

/** Order by a field. */
export interface FieldSort<Fields extends FieldDefinitions = FieldDefinitions> {
  readonly field: FieldsOfType<Fields, 'keyword' | 'number' | 'date' | 'boolean'>
  /** Of several values the least counts in ascending order, the greatest in descending. Default: `asc`. */
  readonly order?: 'asc' | 'desc' | undefined
  /** Where documents without a value stand. Default: `last`, whatever the order. */
  readonly missing?: 'first' | 'last' | undefined
}

/** One of the keys that hits are sorted by; `score` is best first. */
export type Sort<Fields extends FieldDefinitions = FieldDefinitions> = 'score' | FieldSort<Fields>

/** What to look for. Plain JSON. Unknown keys and fields are refused, never ignored. */
export interface SearchRequest<Fields extends FieldDefinitions = FieldDefinitions> {
  /** What is ranked. A string is `{ match: … }`. Default: every document, with a score of 0. */
  readonly query?: string | SearchQuery<Fields> | undefined
  /** What documents must be like; it does not count in the score. It holds before a `nearest` counts its k. */
  readonly filter?: Filter<Fields> | undefined
  /** What to count over all matching documents. */
  readonly facets?: Facets<Fields> | undefined
  /** Which matches of words to show. */
  readonly highlight?: Highlight<Fields> | undefined
  /** Up to 8 keys. What they leave equal is in the order of the ids, by code points. Default: the score. */
  readonly sort?: readonly Sort<Fields>[] | undefined
  /** The greatest number of hits, a whole number from 0 to 10,000. Default: 10. */
  readonly limit?: number | undefined
  /** The `cursor` of a result, for the hits after it. Query, filter and sort must be those of the request before. */
  readonly cursor?: string | undefined
  /** The stored fields that hits give back. Default: none. */
  readonly fields?: readonly (keyof Fields & string)[] | undefined
  /** Whether to say how hits were found and scored. Costs time. Default: `false`. */
  readonly explain?: boolean | undefined
}
