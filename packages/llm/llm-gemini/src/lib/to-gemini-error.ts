import type { ModelError, ModelErrorCode, ModelErrorDetails } from '@empire/llm'
import { toModelError } from '@empire/llm/client'

/** What Google says of a failure, by status or within a stream. */
export interface GeminiFailure {
  /** The HTTP status. Default: that of the body. */
  readonly status?: number | undefined
  readonly headers?: Headers | undefined
  /** `{ error: { code, message, status, details } }` as it was parsed, or any text. */
  readonly body: unknown
}

type Fields = Readonly<Record<string, unknown>>

/** The error for a failure in the form of `google.rpc.Status` (https://google.aip.dev/193). */
export function toGeminiError({ status: given, headers = new Headers(), body }: GeminiFailure): ModelError {
  // Some calls answer with a list of one.
  const error = fieldsOf(fieldsOf(Array.isArray(body) ? body[0] : body)['error'])
  const message = typeof error['message'] === 'string' ? error['message'] : undefined
  const status = given ?? statusOf(error)
  const details = Array.isArray(error['details']) ? error['details'].map(fieldsOf) : []
  const retryAfter = retryDelayOf(details)
  return toModelError({
    vendor: 'Gemini',
    status,
    headers,
    body,
    message,
    requestId: headers.get('x-request-id') ?? headers.get('x-goog-request-id') ?? undefined,
    code: codeOf(status, error, message, details),
    details: {
      ...(typeof error['status'] === 'string' ? { vendorCode: error['status'] } : {}),
      ...(retryAfter === undefined ? {} : { retryAfter }),
      ...pathOf(details),
      ...countsOf(message),
    },
  })
}

/**
 * The statuses of `google.rpc.Code`, by number: batches say the number, streams the HTTP status, and some only the name.
 * https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto
 */
const rpcStatuses = [
  ['OK', 200],
  ['CANCELLED', 499],
  ['UNKNOWN', 500],
  ['INVALID_ARGUMENT', 400],
  ['DEADLINE_EXCEEDED', 504],
  ['NOT_FOUND', 404],
  ['ALREADY_EXISTS', 409],
  ['PERMISSION_DENIED', 403],
  ['RESOURCE_EXHAUSTED', 429],
  ['FAILED_PRECONDITION', 400],
  ['ABORTED', 409],
  ['OUT_OF_RANGE', 400],
  ['UNIMPLEMENTED', 501],
  ['INTERNAL', 500],
  ['UNAVAILABLE', 503],
  ['DATA_LOSS', 500],
  ['UNAUTHENTICATED', 401],
] as const

/** The HTTP status of an error that came without one. */
function statusOf({ code, status: name }: Fields): number {
  const [, known] = rpcStatuses.find(([word], number) => (name === undefined ? number === code : word === name)) ?? []
  return known ?? (Number.isInteger(code) && Number(code) >= 100 ? Number(code) : 500)
}

function codeOf(
  status: number,
  { status: name }: Fields,
  message: string = '',
  details: readonly Fields[],
): ModelErrorCode | undefined {
  if (details.some(({ reason }) => reason === 'API_KEY_INVALID') || /API key (?:not valid|expired)/i.test(message)) {
    return 'authentication'
  }
  if (countsOf(message).tokens !== undefined) return 'context_too_long'
  if (name === 'RESOURCE_EXHAUSTED') return 'rate_limited'
  if (name === 'DEADLINE_EXCEEDED') return 'timeout'
  if (name === 'ALREADY_EXISTS') return 'invalid_request'
  return status === 499 ? 'overloaded' : undefined
}

/** "The input token count (1048577) exceeds the maximum number of tokens allowed (1048576)"; Vertex AI has other words. */
function countsOf(message: string = ''): { readonly tokens?: number; readonly limit?: number } {
  const counts = /input token count\D{0,20}(\d{1,15})\D{0,100}?(\d{1,15})/i.exec(message)
  return counts === null ? {} : { tokens: Number(counts[1]), limit: Number(counts[2]) }
}

/** `google.rpc.RetryInfo`: seconds with a fraction, such as `32.5s`. */
function retryDelayOf(details: readonly Fields[]): number | undefined {
  for (const { retryDelay } of details) {
    const seconds = typeof retryDelay === 'string' ? /^(\d{1,9}(?:\.\d{1,9})?)s$/.exec(retryDelay)?.[1] : undefined
    if (seconds !== undefined) return Math.ceil(Number(seconds) * 1000)
  }
  return undefined
}

/** `google.rpc.BadRequest`: the first field that is wrong, in the vendor's spelling. */
function pathOf(details: readonly Fields[]): Pick<ModelErrorDetails, 'path'> {
  for (const { fieldViolations } of details) {
    const { field } = Array.isArray(fieldViolations) ? fieldsOf(fieldViolations[0]) : {}
    if (typeof field === 'string' && field !== '') return { path: field }
  }
  return {}
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
}
