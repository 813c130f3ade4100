import { isObject } from './is-object.ts'
import { type HeadersLike, parseRetryAfter } from './parse-retry-after.ts'

/**
 * How long `error` asks to wait, in milliseconds; `undefined` when it does not say.
 *
 * Reads `details.retryAfter` (milliseconds, as this package's own errors have it), else the headers that errors of HTTP
 * clients carry: `headers` or `response.headers`.
 *
 * @param now Milliseconds since the Unix epoch, for a date.
 */
export function retryAfterOf(error: unknown, now: number): number | undefined {
  if (!isObject(error)) return undefined
  const told = isObject(error.details) ? error.details.retryAfter : undefined
  if (typeof told === 'number' && told >= 0) return told
  const headers = error.headers ?? (isObject(error.response) ? error.response.headers : undefined)
  return isObject(headers) ? parseRetryAfter(headers as HeadersLike, { now }) : undefined
}
