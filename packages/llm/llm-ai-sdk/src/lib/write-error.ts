import { APICallError } from '@ai-sdk/provider'
import { EmpireError } from '@empire/errors'

/**
 * An error of ours as the AI SDK has them: it then tries again what may succeed, and waits as long as the vendor asks.
 * The error itself is its `cause`. Anything else, such as the reason of an abort, comes back as it is.
 */
export function writeError(error: unknown): unknown {
  if (!EmpireError.isInstance(error)) return error
  const { status, retryAfter } = error.details
  return new APICallError({
    message: error.message,
    url: '',
    requestBodyValues: {},
    cause: error,
    data: { code: error.code },
    isRetryable: error.retryable,
    ...(typeof status === 'number' ? { statusCode: status } : {}),
    ...(typeof retryAfter === 'number' ? { responseHeaders: { 'retry-after-ms': String(retryAfter) } } : {}),
  })
}
