import { describeValue, EmpireError } from '@empire/errors'
import { redact, redactText } from '@empire/redaction'
import { expectJson } from './expect-json.ts'
import { readError } from './read-error.ts'
import type { StoredReason } from './stored-reason.ts'

/** What was thrown as JSON, for the journal, without the secrets in it. */
export function storeReason(reason: unknown): StoredReason {
  const error = readError(reason)
  if (error === undefined) {
    return { type: 'value', value: isJson(reason) ? redact(reason) : redactText(describeValue(reason)) }
  }
  const { name, message, code, details, retryable } = error
  return {
    type: 'error',
    name,
    message: redactText(message),
    ...(code !== undefined && { code: redactText(code) }),
    ...(details !== undefined && isJson(details) && { details: redact(details) }),
    ...(retryable !== undefined && { retryable }),
  }
}

/** Those that the platform aborts with: of the same class again, `isRetryable` and others know them by it. */
const platformAborts: ReadonlySet<string> = new Set(['AbortError', 'TimeoutError'])

/**
 * An error, or a value, like the one that was stored. Of an `EmpireError` it has code, message, details, and whether it is retryable; of
 * others the code if that is a string. An `AbortError` or `TimeoutError` of the platform is a `DOMException`, as that of an `AbortSignal`.
 */
export function reviveReason(stored: StoredReason): unknown {
  if (stored.type === 'value') return stored.value
  const { name, message, code, details, retryable } = stored
  if (code !== undefined && retryable !== undefined) {
    return Object.assign(new EmpireError(code, message, { details, retryable }), { name })
  }
  if (platformAborts.has(name)) return new DOMException(message, name)
  return Object.assign(new Error(message), { name, ...(code !== undefined && { code }) })
}

function isJson(value: unknown): boolean {
  try {
    expectJson(value, 'It')
    return true
  } catch {
    return false
  }
}
