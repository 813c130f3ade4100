/** What is asked of a server. */
export interface OpenSearchRequest {
  readonly method: 'DELETE' | 'GET' | 'POST' | 'PUT'
  readonly path: string
  readonly querystring?: { readonly [name: string]: string | number | boolean }
  readonly body?: { readonly [name: string]: unknown }
  /** Lines of JSON, each with its line feed. */
  readonly bulkBody?: string
}

/** What a server answered. */
export interface OpenSearchResponse {
  readonly body: unknown
  readonly statusCode: number | null
}

/**
 * What is used of a client: that of `@opensearch-project/opensearch` is one, however it signs its requests. The promise of a request has
 * `abort` there, which ends it on the wire.
 */
export interface OpenSearchClient {
  readonly transport: {
    /** Sends a request. Rejects for a status that is an error, unless it is to be ignored. */
    // oxlint-disable-next-line typescript/method-signature-style -- the official client has overloads, which only a method fits
    request(
      params: OpenSearchRequest,
      options?: { ignore?: number[]; requestTimeout?: number; maxRetries?: number },
    ): Promise<OpenSearchResponse>
  }
  /** Lets go of its connections. */
  close(): Promise<unknown>
}
