import { describeValue, expectKnownKeys } from '@empire/errors'

/** What to look for. */
export interface SearchQuery {
  /** Words in any order; a document matches when it has one of them. A word given twice counts twice. */
  match: string
  /** The greatest number of hits: a whole number, or `Infinity` for all. Default: 10. */
  limit?: number | undefined
}

/** A document that matches. */
export interface SearchHit {
  /** The `id` that the document was added with. */
  readonly id: string
  /** The BM25F score: greater than 0, comparable within one result only. */
  readonly score: number
  /**
   * The share of the query's information that the document holds, above 0 and up to 1. Each distinct term of the query
   * counts by its rarity; a term that no document has counts most. Comparable between queries.
   */
  readonly coverage: number
  /** The terms of the query that the document holds, as the analyzer made them, in the order of the query. */
  readonly terms: readonly string[]
}

/** The best documents. */
export interface SearchResult {
  /** Best first; documents of equal score in the order they were added. */
  readonly hits: readonly SearchHit[]
  /** How many documents match, hits or not. */
  readonly total: number
}

export function readQuery(query: unknown): { match: string; limit: number } {
  if (typeof query !== 'object' || query === null) {
    throw new TypeError(`"query" must be an object such as { match: "words" }, got ${describeValue(query)}.`)
  }
  expectKnownKeys('"query"', query, ['match', 'limit'])
  const { match, limit = 10 }: { match?: unknown; limit?: unknown } = query
  if (typeof match !== 'string') throw new TypeError(`"query.match" must be a string, got ${describeValue(match)}.`)
  if (typeof limit !== 'number' || !(limit >= 0 && (Number.isInteger(limit) || limit === Number.POSITIVE_INFINITY))) {
    throw new TypeError(`"query.limit" must be a whole number of at least 0, or Infinity, got ${describeValue(limit)}.`)
  }
  return { match, limit }
}
