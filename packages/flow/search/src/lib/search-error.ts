import { EmpireError } from '@empire/errors'

/**
 * Why an index refused or failed, in one vocabulary for all backends.
 *
 * - `invalid_query`: the request is wrong; `details.path` says where
 * - `invalid_document`: a document does not fit the schema; `details.path` says where, `details.id` which
 * - `invalid_cursor`: the cursor is not one of this request
 * - `unsupported`: the backend cannot do what the request asks for; `details.feature`, `details.backend`
 * - `fingerprint_mismatch`: the index was made with another schema, analyzer or embedder; `details.differences`
 * - `embedder_not_set`: text has to become a vector, and the index has no embedder
 * - `invalid_embedding`: the embedder gave vectors of another number or length than asked for
 * - `partial_failure`: of a batch some documents were refused by the engine; `details.failures`
 * - `index_closed`: the index was closed before the call
 * - `index_damaged`: what is stored is not what was written
 * - `backend_failed`: the engine failed; `cause` is its own error, `retryable` whether it is worth trying again
 */
export type SearchErrorCode =
  | 'invalid_query'
  | 'invalid_document'
  | 'invalid_cursor'
  | 'unsupported'
  | 'fingerprint_mismatch'
  | 'embedder_not_set'
  | 'invalid_embedding'
  | 'partial_failure'
  | 'index_closed'
  | 'index_damaged'
  | 'backend_failed'

/** A document that an engine refused while it took others of the batch. */
export interface WriteFailure {
  readonly id: string
  /** The engine's own word for the fault. */
  readonly reason: string
  /** Whether the same document may be taken later. */
  readonly retryable: boolean
}

/** Facts about a failure that a caller can act on. Plain JSON data. */
export interface SearchErrorDetails {
  /** The place of the fault: `filter.and[0].term`, `documents[2].year`. */
  readonly path?: string | undefined
  /** The document that is at fault. */
  readonly id?: string | undefined
  /** What the backend cannot do. */
  readonly feature?: string | undefined
  /** The backend's name. */
  readonly backend?: string | undefined
  /** In what a stored index differs from what was asked for. */
  readonly differences?: readonly string[] | undefined
  /** The documents that were refused, of a batch whose others were taken. */
  readonly failures?: readonly WriteFailure[] | undefined
  readonly [fact: string]: unknown
}

/** Options of a `SearchError`. */
export interface SearchErrorOptions {
  /** The failure that led to this one. */
  readonly cause?: unknown
  /** Default: `{}`. */
  readonly details?: SearchErrorDetails | undefined
  /** Whether the same call may succeed later. Default: `false`. */
  readonly retryable?: boolean | undefined
}

/** An index refused a call, or its engine failed. Callers branch on `code`. */
export class SearchError extends EmpireError<SearchErrorCode> {
  declare readonly details: SearchErrorDetails

  /** @param message What was expected, what came, and what to do about it. */
  constructor(code: SearchErrorCode, message: string, options: SearchErrorOptions = {}) {
    super(code, message, options)
  }
}
