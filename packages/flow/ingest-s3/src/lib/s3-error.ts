import { IngestError } from '@empire/ingest'
import { parseRetryAfter } from '@empire/resilience'

/** What the errors of the SDK carry. */
interface SdkError {
  readonly name?: string
  readonly message?: string
  /** Of the network, such as `ECONNRESET`; of our time-out. */
  readonly code?: unknown
  readonly $metadata?: { readonly httpStatusCode?: number }
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> }
}

const slowDown: ReadonlySet<string> = new Set([
  'SlowDown',
  'Throttling',
  'ThrottlingException',
  'RequestLimitExceeded',
  'TooManyRequestsException',
])

const badToken = /^(?:Expired|Invalid)Token/

/** The error of an item, or of a listing, for whatever the SDK threw. */
export function s3Error(path: string, error: unknown): IngestError {
  if (error instanceof IngestError) return error
  const { name = '', message: said = String(error), code, $metadata, $response } = (error ?? {}) as SdkError
  hideTokens(error)
  const message = said.split('\n', 1)[0]!
  const status = $metadata?.httpStatusCode
  const make = (kind: string, reason: string, retryable = false): IngestError => {
    const retryAfter = $response?.headers === undefined ? undefined : parseRetryAfter($response.headers)
    return new IngestError(kind, path, reason, { cause: error, retryable, retryAfter })
  }
  if (slowDown.has(name) || status === 429 || status === 503) {
    return make('too_many_requests', `S3 asks for fewer requests (${name || status}).`, true)
  }
  if (name === 'NoSuchBucket') return make('no_such_bucket', 'there is no such bucket. Check "bucket" and the region.')
  if (name === 'InvalidObjectState') return make('archived', 'it is archived. Restore it first.')
  if (name === 'PreconditionFailed' || status === 412) {
    return make('changed_while_read', 'it changed while it was read.', true)
  }
  if (status === 404) return make('vanished', 'gone since the bucket was listed.')
  if (status === 401 || status === 403 || badToken.test(name)) {
    return make('refused', `S3 refuses it: ${message} (${name}).`)
  }
  if (name === 'CredentialsProviderError') return make('refused', `there are no credentials (${message}).`)
  // What has none of these was never sent: a mistake in the settings of the client.
  if ($metadata === undefined && typeof code !== 'string') return make('unreadable', `cannot be asked for: ${message}`)
  // Without a status, or with that of a success whose body broke, it was the network.
  const retryable = status === undefined || status < 300 || status >= 500 || status === 408 || name === 'RequestTimeout'
  return make(retryable ? 'unreachable' : 'unreadable', `cannot be read: ${message}`, retryable)
}

/** S3 repeats a session token that is not good any more, under names that nobody knows for secrets. */
function hideTokens(error: unknown): void {
  for (const name of Object.keys(Object(error)))
    if (name.startsWith('Token-')) delete (error as Record<string, unknown>)[name]
}
