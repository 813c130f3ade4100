import { parseRetryAfter } from '@empire/resilience'
import { IngestError } from '../ingest-error.ts'
import { messageOf } from '../message-of.ts'

/** The error for an answer that has no content. */
export function statusError(path: string, status: number, headers: Headers, now: number): IngestError {
  const retryAfter = parseRetryAfter(headers, { now })
  if (status === 404 || status === 410) {
    return new IngestError('gone', path, `the server does not have it any more (status ${status}).`, { skipped: true })
  }
  if (status === 401 || status === 403) {
    return new IngestError('refused', path, `the server refuses it (status ${status}). Check "headers".`)
  }
  if (status === 429) {
    return new IngestError('too_many_requests', path, 'the server asks for fewer requests (status 429).', {
      retryable: true,
      retryAfter,
    })
  }
  if (status === 408 || status === 425 || status >= 500) {
    return new IngestError('server_failed', path, `the server failed (status ${status}).`, {
      retryable: true,
      retryAfter,
    })
  }
  return new IngestError('unreadable', path, `expected content, got status ${status}.`)
}

/** The error for a request or a body that broke. */
export function networkError(path: string, error: unknown): IngestError {
  if (error instanceof IngestError) return error
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
  // Where a name has several addresses, what failed says nothing but a code.
  const { code } = (cause ?? {}) as { readonly code?: unknown }
  const reason = messageOf(cause).trim() || (typeof code === 'string' ? code : messageOf(error))
  return new IngestError('unreachable', path, `cannot be fetched: ${reason}`, {
    cause: error,
    retryable: true,
  })
}

/** A body is larger than it may be. */
export function bodyTooLarge(path: string, maxBytes: number): IngestError {
  return new IngestError('too_large', path, `more than the ${maxBytes} bytes that "maxBytes" allows.`)
}
