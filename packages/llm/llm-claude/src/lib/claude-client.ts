/** What is sent with one call. */
export interface ClaudeCallOptions {
  readonly body?: Readonly<Record<string, unknown>> | undefined
  readonly query?: Readonly<Record<string, string | number>> | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly signal?: AbortSignal | undefined
  readonly stream?: boolean | undefined
  readonly maxRetries?: number
  readonly timeout?: number
}

/** A call that was begun. */
export interface ClaudeCall {
  /** The response as it came. Rejects for a status that says no. */
  asResponse(): Promise<Response>
}

/**
 * What is needed of an SDK: that of Anthropic, of its Bedrock and its Vertex package, and any other that sends what it is
 * given and throws errors with `status`, `headers` and `error`.
 */
export interface ClaudeClient {
  /** Sends a request with a body. */
  post(path: string, options: ClaudeCallOptions): ClaudeCall
  /** Sends a request without one. */
  get(path: string, options: ClaudeCallOptions): ClaudeCall
}
