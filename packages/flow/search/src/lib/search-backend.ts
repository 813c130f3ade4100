import type { CheckedDocument, CheckedValue } from './checked-document.ts'
import type { CheckedFilter, CheckedRequest, SortValue } from './checked-request.ts'
import type { HitExplanation } from './explanation.ts'
import type { SearchFeature } from './search-feature.ts'
import type { FacetBucket } from './search-result.ts'

/** What a backend can do. */
export interface SearchCapabilities {
  /** The backend's name in errors and explanations: `memory`, `sqlite`, `opensearch`. */
  readonly backend: string
  /** The parts of the algebra that it has. What is not among them is refused before anything runs. */
  readonly features: readonly SearchFeature[]
  /** Whether a write happens as a whole or not at all, also when the process ends in the middle. */
  readonly atomic: boolean
  /** `native`: it fuses hybrid queries itself. `fused`: each list is a search of its own, fused here. */
  readonly hybrid: 'native' | 'fused'
  /** `native`: it highlights itself. `stored`: matches are marked in the stored text here. */
  readonly highlight: 'native' | 'stored'
}

/** Counts of what is in an index. */
export interface IndexStatistics {
  /** Documents that searches can find. */
  readonly documents: number
  /** Removed or replaced documents whose room is not taken back yet; missing where an engine does not tell. */
  readonly deleted?: number | undefined
  /** Distinct terms; missing where an engine does not tell. */
  readonly terms?: number | undefined
  /** The size of the index in memory or on disk, in bytes, without the stored values where it is in memory. */
  readonly bytes?: number | undefined
}

/** What to write, in this order. */
export interface BackendWrite {
  /** Removes these, except documents that `add` replaces. */
  readonly remove: CheckedFilter | undefined
  /** Ids are distinct. A document whose id is there replaces it. */
  readonly add: readonly CheckedDocument[]
}

/** A hit as a backend gives it. */
export interface BackendHit {
  readonly id: string
  readonly score: number
  /** One value per key of `request.sort`. A search after them and the id goes on behind this hit. */
  readonly sort: readonly SortValue[]
  /** Of every text query, as `SearchHit` says: `readQueryWords` gives the words, `inverseDocumentFrequency` what each tells. */
  readonly coverage?: number | undefined
  /**
   * The terms of the index that made it match, also those of a prefix or a near spelling: they are what highlights mark. In the order of
   * the query. Missing for other than text queries.
   */
  readonly terms?: readonly string[] | undefined
  /** The stored values of `request.fields`, one list per field in that order; empty lists where there is none. */
  readonly values: readonly (readonly CheckedValue[])[]
  /** Only with `highlight: 'native'`: fragments by field. */
  readonly highlights?: { readonly [field: string]: readonly string[] } | undefined
  /** Asked for by `request.explain`. */
  readonly explain?: HitExplanation | undefined
}

/** A result as a backend gives it. */
export interface BackendResult {
  /** At most `request.limit`. */
  readonly hits: readonly BackendHit[]
  /** Whether there are more behind the last of them. */
  readonly more: boolean
  readonly total: number
  /** One list per facet of the request, in that order. Values are checked ones: dates are milliseconds. */
  readonly facets: readonly (readonly FacetBucket[])[]
  /** Asked for by `request.explain`. */
  readonly explain?:
    | { readonly native: unknown; readonly pushedDown: readonly string[]; readonly visited?: number | undefined }
    | undefined
}

/** What a backend's call may wait with. */
export interface BackendCall {
  /** Checked before the call; a backend that waits checks it again, and rejects with its reason. */
  readonly signal: AbortSignal | undefined
}

/**
 * An engine behind `SearchIndex`. It gets only what is checked and within its features, and may answer at once.
 *
 * Searches may come at any time; writes, and `optimize`, one after another. No call comes after `close`, which waits for those under way.
 */
export interface SearchBackend {
  readonly capabilities: SearchCapabilities
  /**
   * Removes and adds; when it is done, searches see it. Gives the number of removed documents that no new one replaced. An engine
   * that takes some documents of a batch and refuses others throws `partial_failure` that names each of the refused.
   */
  write(write: BackendWrite, call: BackendCall): number | Promise<number>
  /** Runs a request that is complete, and embedded already. */
  search(request: CheckedRequest, call: BackendCall): BackendResult | Promise<BackendResult>
  /** Counts what is there. */
  statistics(call: BackendCall): IndexStatistics | Promise<IndexStatistics>
  /** Takes back the room of removed documents. */
  optimize(call: BackendCall): void | Promise<void>
  /** Lets go of what it holds. */
  close(): void | Promise<void>
}
