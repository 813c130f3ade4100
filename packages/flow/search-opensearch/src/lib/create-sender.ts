import { onAbort } from '@empire/clock'
import { describeValue } from '@empire/errors'
import { SearchError } from '@empire/search'
import type { OpenSearchClient, OpenSearchRequest } from './opensearch-client.ts'
import { toSearchError } from './to-search-error.ts'

/** How a request is sent. */
export interface SendOptions {
  readonly signal: AbortSignal | undefined
  /** A status that is an answer, not a failure. */
  readonly expected?: number | undefined
  /** Milliseconds for work that lasts as long as there is data; the client does not send it twice. Default: as the client has it. */
  readonly timeout?: number | undefined
  /** Whether a body that lists failures is an answer, whatever its status. Default: `false`. */
  readonly listsFailures?: boolean | undefined
}

/** Sends a request, and gives the body of the answer, or `undefined` for the expected status. */
export type Send = <Body>(request: OpenSearchRequest, options: SendOptions) => Promise<Body | undefined>

/** Sends with a client: aborts end the request on the wire, failures are `SearchError`. */
export function createSender(client: OpenSearchClient, index: string): Send {
  return async <Body>(
    request: OpenSearchRequest,
    { signal, expected, timeout, listsFailures = false }: SendOptions,
  ): Promise<Body | undefined> => {
    signal?.throwIfAborted()
    const sent = client.transport.request(request, {
      ...(expected === undefined ? {} : { ignore: [expected] }),
      ...(timeout === undefined ? {} : { requestTimeout: timeout, maxRetries: 0 }),
    })
    const stopListening =
      signal && onAbort(signal, () => (sent as Promise<unknown> & { readonly abort?: () => void }).abort?.())
    try {
      const { body, statusCode } = await sent
      signal?.throwIfAborted()
      if (statusCode === expected && expected !== undefined) return undefined
      if (typeof body === 'object' && body !== null) return body as Body
      throw new SearchError(
        'backend_failed',
        `OpenSearch must answer with JSON, got ${describeValue(body)}. Check what "connection" leads to.`,
        { details: { backend: 'opensearch', index } },
      )
    } catch (error) {
      signal?.throwIfAborted()
      const { body } = (error ?? {}) as { readonly body?: { readonly failures?: readonly unknown[] } | string }
      if (listsFailures && typeof body === 'object' && (body?.failures?.length ?? 0) > 0) return body as Body
      throw error instanceof SearchError ? error : toSearchError(error, index)
    } finally {
      stopListening?.()
    }
  }
}
