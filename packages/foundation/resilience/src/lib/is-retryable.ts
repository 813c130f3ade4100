import { EmpireError } from '@empire/errors'
import { isAbort } from './is-abort.ts'
import { isObject } from './is-object.ts'

/**
 * Whether the same call may succeed later: what `retry` asks unless told otherwise.
 *
 * - an `EmpireError` says so itself, by `retryable`;
 * - an error with an HTTP status (`status`, `statusCode` or `response.status`) may if that is 408, 425, 429 or 5xx;
 * - an abort may not, nor a mistake of the programmer: a `ReferenceError`, a `SyntaxError`, or a `TypeError` without a
 *   cause (`fetch` reports network failures as a `TypeError` with one);
 * - everything else may.
 */
export function isRetryable(error: unknown): boolean {
  if (EmpireError.isInstance(error)) return error.retryable
  if (isAbort(error) || isMistake(error)) return false
  const status = statusOf(error)
  return status === undefined || status === 408 || status === 425 || status === 429 || status >= 500
}

function isMistake(error: unknown): boolean {
  if (error instanceof TypeError) return error.cause === undefined
  return error instanceof ReferenceError || error instanceof SyntaxError
}

function statusOf(error: unknown): number | undefined {
  if (!isObject(error)) return undefined
  const candidates = [error.status, error.statusCode, isObject(error.response) ? error.response.status : undefined]
  return candidates.find((status) => typeof status === 'number' && status >= 400 && status <= 599) as number | undefined
}
