import { type Analyzer, createEnglishAnalyzer } from '@empire/analyzer'
import { describeValue, expectKnownKeys } from '@empire/errors'
import { type FieldOptions, readFields } from './fields.ts'
import { InvertedIndex } from './inverted-index.ts'
import { Ranker } from './ranker.ts'
import { readDocuments, type SearchDocument } from './read-document.ts'
import { readQuery, type SearchQuery, type SearchResult } from './search-query.ts'

/** What an index searches, and how. */
export interface IndexOptions<FieldName extends string> {
  /** The fields that are searched, by name. At least one; `id` is taken. */
  fields: { readonly [Name in FieldName]: FieldOptions }
  /** How texts and queries become terms. Default: `createEnglishAnalyzer()`. */
  analyzer?: Analyzer | undefined
}

/** Documents in memory, found by their words. */
export interface SearchIndex<FieldName extends string = string> {
  /** How many documents there are. */
  readonly size: number
  /**
   * Adds documents, all or, when one is refused, none. One whose id is there already replaces it and counts as added
   * last; of several with one id in the same call, the last stays. Throws a `TypeError` that names the faulty property.
   */
  add(documents: Iterable<SearchDocument<FieldName>>): void
  /** Removes documents by id and gives the number that were there. */
  remove(ids: Iterable<string>): number
  /** The best documents for some words. No hits when the index is empty or the query has no words but stop words. */
  search(query: SearchQuery): SearchResult
}

/**
 * An index in memory, ranked by BM25F with k1 = 1.5 and b = 0.75.
 *
 * The cost of adding is that of the text added, of removing nearly none, and of searching that of the occurrences of the
 * query's terms; the first search after a change also goes once through the number of documents.
 */
export function createIndex<const FieldName extends string>(options: IndexOptions<FieldName>): SearchIndex<FieldName> {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(`"options" must be an object with "fields", got ${describeValue(options)}.`)
  }
  expectKnownKeys('"options"', options, ['fields', 'analyzer'])
  const analyzer = readAnalyzer(options.analyzer)
  const index = new InvertedIndex(readFields(options.fields), analyzer)
  const ranker = new Ranker(index)

  return Object.freeze({
    get size() {
      return index.documents.size
    },
    add(documents: Iterable<SearchDocument<FieldName>>): void {
      index.add(readDocuments(documents, index.fields))
    },
    remove(ids: Iterable<string>): number {
      return index.remove(readIds(ids))
    },
    search(query: SearchQuery): SearchResult {
      const { match, limit } = readQuery(query)
      const terms = analyzer.tokens(match).flatMap((token) => analyzer.term(token) ?? [])
      return ranker.search(terms, limit)
    },
  })
}

function readAnalyzer(analyzer: Analyzer = createEnglishAnalyzer()): Analyzer {
  const isAnalyzer =
    typeof analyzer === 'object' &&
    analyzer !== null &&
    typeof analyzer.tokens === 'function' &&
    typeof analyzer.term === 'function'
  if (!isAnalyzer) {
    throw new TypeError(`"analyzer" must be an object with "tokens" and "term", got ${describeValue(analyzer)}.`)
  }
  return analyzer
}

function readIds(ids: unknown): string[] {
  if (typeof ids !== 'object' || ids === null || !(Symbol.iterator in ids)) {
    throw new TypeError(`"ids" must be an iterable of strings, got ${describeValue(ids)}.`)
  }
  return Array.from(ids as Iterable<unknown>, (id, index) => {
    if (typeof id === 'string') return id
    throw new TypeError(`"ids[${index}]" must be a string, got ${describeValue(id)}.`)
  })
}
