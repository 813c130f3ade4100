import { redact, redactText } from '@empire/redaction'
import { type HeadersLike, parseRetryAfter, type ServerLimits } from '@empire/resilience'
import { ModelError, type ModelErrorCode, type ModelErrorDetails } from '../model-error.ts'
import { shortenData, shortenText } from './shorten-data.ts'

/** A refusal of a vendor over HTTP. */
export interface Refusal {
  /** Who refused, for the message: `Claude`. */
  readonly vendor: string
  readonly status: number
  readonly headers: HeadersLike
  /** The body as it was parsed, or its text. */
  readonly body: unknown
  /** What went wrong in the vendor's words. Default: nothing. */
  readonly message?: string | undefined
  /** The vendor's name for the call. Default: not known. */
  readonly requestId?: string | undefined
  /** What the vendor's own words mean. Default: what the status means. */
  readonly code?: ModelErrorCode | undefined
  /** What the vendor will still accept, as its headers say. Default: not known. */
  readonly limits?: ServerLimits | undefined
  /** Further facts. */
  readonly details?: ModelErrorDetails | undefined
  /** Milliseconds since the Unix epoch, from which a date in the headers is counted. Default: the platform's clock. */
  readonly now?: number | undefined
  readonly cause?: unknown
}

/** The error for a refusal, in the vocabulary of all vendors. The body is redacted and shortened. */
export function toModelError(refusal: Refusal): ModelError {
  const { vendor, status, headers, body, requestId, limits, now } = refusal
  const code = refusal.code ?? codeOf(status)
  const asked = parseRetryAfter(headers, now === undefined ? {} : { now })
  const retryAfter = asked ?? (code === 'rate_limited' ? untilReset(limits) : undefined)
  const said = refusal.message === undefined ? '' : `: ${shortenText(redactText(refusal.message))}`
  return new ModelError(
    code,
    `${vendor} refused the call with status ${status}${said}${said.endsWith('.') ? '' : '.'}${advice[code] ?? ''}`,
    {
      ...('cause' in refusal ? { cause: refusal.cause } : {}),
      // A vendor that says when to come back means it, whatever the status.
      details: {
        status,
        ...(requestId === undefined ? {} : { requestId }),
        ...(retryAfter === undefined ? {} : { retryAfter }),
        ...(limits === undefined ? {} : { limits }),
        body: shortenData(redact(body)),
        ...refusal.details,
      },
    },
  )
}

/** How long it takes until what is used up is there again; `undefined` when nothing is. */
function untilReset({ requests, tokens }: ServerLimits = {}): number | undefined {
  const waits = [requests, tokens].flatMap((limit) => (limit?.remaining === 0 ? [limit.resetAfter] : []))
  return waits.length === 0 ? undefined : Math.max(...waits)
}

const advice: Partial<Record<ModelErrorCode, string>> = {
  authentication: ' Check the key and what it may do.',
  rate_limited: ' Wait, or send less.',
  overloaded: ' Try again later.',
}

function codeOf(status: number): ModelErrorCode {
  if (status === 401 || status === 402 || status === 403) return 'authentication'
  if (status === 408 || status === 504) return 'timeout'
  if (status === 413) return 'context_too_long'
  if (status === 429) return 'rate_limited'
  // A conflict with another call, as where a lock was not free in time: the SDKs of the vendors try again, too.
  return status === 409 || status >= 500 ? 'overloaded' : 'invalid_request'
}
