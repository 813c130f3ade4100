import { EmpireError } from '@empire/errors'
import type { ServerLimits } from '@empire/resilience'

/**
 * Why a call of a model failed, in one vocabulary for all vendors.
 *
 * - `rate_limited`: too many requests or tokens; `details.retryAfter` when the vendor said how long to wait
 * - `overloaded`: the vendor cannot serve the call now
 * - `authentication`: the key is missing, wrong or not allowed to do this
 * - `invalid_request`: the request is wrong; `details.path` says where
 * - `context_too_long`: the request has more tokens than the model takes; `details.tokens` and `details.limit`
 * - `content_filtered`: the vendor refused to answer
 * - `timeout`: no answer in time
 * - `network`: the vendor was not reached, or the connection broke
 * - `interrupted`: the answer broke off before its end
 * - `invalid_response`: the answer does not have the agreed form; `details.path` and `details.frame`, redacted
 * - `unsupported`: the model cannot do what the request asks for; `details.feature`
 * - `over_budget`: the call would cost more than there is; it was not made
 */
export type ModelErrorCode =
  | 'rate_limited'
  | 'overloaded'
  | 'authentication'
  | 'invalid_request'
  | 'context_too_long'
  | 'content_filtered'
  | 'timeout'
  | 'network'
  | 'interrupted'
  | 'invalid_response'
  | 'unsupported'
  | 'over_budget'

/** Facts about a failed call that a caller can act on. Plain JSON data, never a secret. */
export interface ModelErrorDetails {
  /** The place of the fault in the request: `messages[2].role`. */
  readonly path?: string | undefined
  /** How long to wait before the next attempt, in milliseconds. */
  readonly retryAfter?: number | undefined
  /** What the vendor will still accept, as its headers say. */
  readonly limits?: ServerLimits | undefined
  /** The number of tokens that the vendor counted in the request. */
  readonly tokens?: number | undefined
  /** The most tokens that the model takes. */
  readonly limit?: number | undefined
  /** The HTTP status of the vendor's answer. */
  readonly status?: number | undefined
  /** The vendor's name for the call. */
  readonly requestId?: string | undefined
  /** What the vendor answered, shortened and without secrets. */
  readonly body?: unknown
  readonly [fact: string]: unknown
}

/** Options of a `ModelError`. */
export interface ModelErrorOptions {
  /** The failure that led to this one. */
  readonly cause?: unknown
  /** Default: `{}`. */
  readonly details?: ModelErrorDetails | undefined
  /** Default: `true` for `rate_limited`, `overloaded`, `timeout`, `network` and `interrupted`, else `false`. */
  readonly retryable?: boolean | undefined
}

const retryableCodes: ReadonlySet<ModelErrorCode> = new Set([
  'rate_limited',
  'overloaded',
  'timeout',
  'network',
  'interrupted',
])

/** A call of a model that failed. */
export class ModelError extends EmpireError<ModelErrorCode> {
  declare readonly details: ModelErrorDetails

  constructor(code: ModelErrorCode, message: string, options: ModelErrorOptions = {}) {
    super(code, message, { ...options, retryable: options.retryable ?? retryableCodes.has(code) })
  }
}
