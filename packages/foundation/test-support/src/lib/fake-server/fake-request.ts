import { inspect } from 'node:util'
import { redact } from '@empire/redaction'

/** How a request ended. `client-left`: the client closed the connection before it had everything. */
export type FakeRequestOutcome = 'pending' | 'finished' | 'cut' | 'client-left'

/** What becomes of a request; the server keeps it up to date. */
export interface RequestState {
  sent: number
  outcome: FakeRequestOutcome
}

interface Received {
  readonly index: number
  readonly method: string
  readonly target: string
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: Uint8Array
}

/**
 * A request that a fake server has received. It has what was sent as it was sent; printed, inspected or written as
 * JSON it shows it without secrets.
 */
export class FakeRequest {
  readonly #received: Received
  readonly #state: RequestState
  readonly #text: string

  constructor(received: Received, state: RequestState) {
    this.#received = received
    this.#state = state
    this.#text = new TextDecoder().decode(received.bytes)
  }

  /** Its number on this server, from 0. */
  get index(): number {
    return this.#received.index
  }

  /** In capital letters. */
  get method(): string {
    return this.#received.method
  }

  /** Path and query as they were sent; in `url`, steps such as `..` have been taken. */
  get target(): string {
    return this.#received.target
  }

  /** With the address of the server. */
  get url(): URL {
    return new URL(this.#received.url)
  }

  /** Without the query. */
  get path(): string {
    return this.#received.url.pathname
  }

  /** By their names in small letters. */
  get headers(): Readonly<Record<string, string>> {
    return this.#received.headers
  }

  /** The body as bytes. */
  get bytes(): Uint8Array {
    return this.#received.bytes
  }

  /** The body as text. */
  get body(): string {
    return this.#text
  }

  /** The body as JSON, a new value at each read; undefined when it is none. */
  get json(): unknown {
    try {
      return JSON.parse(this.#text)
    } catch {
      return undefined
    }
  }

  /** How many frames of the reply have been sent, half a frame before a cut included. */
  get sent(): number {
    return this.#state.sent
  }

  /** How it ended. */
  get outcome(): FakeRequestOutcome {
    return this.#state.outcome
  }

  /** What it is, without secrets. */
  toJSON(): Record<string, unknown> {
    const { index, method, headers } = this.#received
    return redact({
      index,
      method,
      url: this.#received.url.href,
      headers,
      body: this.json ?? this.#text,
      sent: this.sent,
      outcome: this.outcome,
    })
  }

  /** What is printed of it: without secrets. */
  [inspect.custom](): string {
    return `FakeRequest ${inspect(this.toJSON(), { depth: 8 })}`
  }
}
