/** The body of a reply. Whoever does not iterate it to its end has to cancel it. */
export interface HttpBody extends AsyncIterable<Uint8Array> {
  cancel(): Promise<void>
}

/** An answer with content, or that there is nothing new (status 304). */
export interface HttpReply {
  readonly status: number
  readonly headers: Headers
  /** Where redirects led to. */
  readonly url: URL
  readonly body: HttpBody
}

/** A request. */
export interface HttpRequest {
  /** What messages say. */
  readonly path: string
  /** Besides those of the settings. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Where the headers of the settings may go to. Default: the origin of the URL. */
  readonly origin?: string | undefined
  /** Default: that of the settings. */
  readonly maxRedirects?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** Sends a request and gives its reply to `use`. */
export type SendRequest = <Value>(
  url: URL,
  request: HttpRequest,
  use: (reply: HttpReply) => Promise<Value>,
) => Promise<Value>
