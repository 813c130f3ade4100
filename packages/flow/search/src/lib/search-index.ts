import type { IndexStatistics, SearchCapabilities } from './search-backend.ts'
import type { Filter } from './filter.ts'
import type { IndexManifest } from './index-manifest.ts'
import type { FieldDefinitions } from './schema.ts'
import type { SearchDocument } from './search-document.ts'
import type { SearchRequest } from './search-request.ts'
import type { SearchResult } from './search-result.ts'

/** Options of a call that may wait. */
export interface CallOptions {
  /** Stops the call: it rejects with `signal.reason`. */
  readonly signal?: AbortSignal | undefined
}

/** Documents, found by their words, values and vectors. Every call may run beside others; all reject once it is closed. */
export interface SearchIndex<Fields extends FieldDefinitions = FieldDefinitions> {
  /** What the backend can do. */
  readonly capabilities: SearchCapabilities
  /** Schema, analyzers and embedder that the index was made with. */
  readonly manifest: IndexManifest
  /**
   * Adds documents. One whose id is there already replaces it; of several with one id in the same call the last stays. When it
   * resolves, searches find them. Rejects with `invalid_document` before anything is written, or with `partial_failure`.
   */
  add(documents: Iterable<SearchDocument<Fields>>, options?: CallOptions): Promise<void>
  /** Removes documents by id, or those that a filter lets through, and gives the number that were there. */
  remove(which: Iterable<string> | Filter<Fields>, options?: CallOptions): Promise<number>
  /**
   * Puts documents in place of those that a filter lets through: in one step where `capabilities.atomic`, else the new ones are
   * written before the old ones are removed. Gives the number of old ones that no new one replaced.
   */
  replace(filter: Filter<Fields>, documents: Iterable<SearchDocument<Fields>>, options?: CallOptions): Promise<number>
  /** The best documents. Rejects with `invalid_query`, `unsupported` or `invalid_cursor` before anything runs. */
  search(request?: SearchRequest<Fields>, options?: CallOptions): Promise<SearchResult<Fields>>
  /** Counts of what is there. */
  statistics(options?: CallOptions): Promise<IndexStatistics>
  /** Takes back the room of removed documents, and what else makes searches cheaper. Searches go on meanwhile; writes wait. */
  optimize(options?: CallOptions): Promise<void>
  /** Lets go of what the index holds, after the calls that are under way. A second call does nothing. */
  close(): Promise<void>
  /** The same as `close`. */
  [Symbol.asyncDispose](): Promise<void>
}
