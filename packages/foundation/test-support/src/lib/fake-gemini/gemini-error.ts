import type { FakeFailure } from '../fake-server/fake-api.ts'

const names: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ABORTED',
  429: 'RESOURCE_EXHAUSTED',
  499: 'CANCELLED',
  500: 'INTERNAL',
  501: 'UNIMPLEMENTED',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
}

/** The body of an error in the words of the API. Seconds to wait are stated as they are there, in the details, too. */
export function geminiError({ status = 503, message, retryAfter }: FakeFailure): Record<string, unknown> {
  const name = names[status] ?? (status < 500 ? 'FAILED_PRECONDITION' : 'UNAVAILABLE')
  const details =
    typeof retryAfter === 'number'
      ? { details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${retryAfter}s` }] }
      : {}
  return { error: { code: status, message, status: name, ...details } }
}
