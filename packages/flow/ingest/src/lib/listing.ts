import { abortable } from '@empire/clock'

/** What is listed one by one, until it ends or fails. */
export class Listing<Found> {
  readonly #iterator: AsyncIterator<Found, unknown>
  readonly #signal: AbortSignal | undefined
  #open = true
  #failure: { readonly error: unknown } | undefined

  constructor(found: AsyncIterable<Found>, signal: AbortSignal | undefined) {
    this.#iterator = found[Symbol.asyncIterator]()
    this.#signal = signal
  }

  /** What ended it before its end. */
  get failure(): { readonly error: unknown } | undefined {
    return this.#failure
  }

  /** The next one, `undefined` at the end or after a failure. Rejects with `signal.reason` only. */
  async next(): Promise<Found | undefined> {
    if (!this.#open) return undefined
    try {
      const found = await abortable(this.#iterator.next(), this.#signal)
      if (found.done !== true) return found.value
    } catch (error) {
      this.#signal?.throwIfAborted()
      this.#failure = { error }
    }
    this.#open = false
    return undefined
  }

  /** Leaves it, if it has not ended. */
  async close(): Promise<void> {
    if (!this.#open) return
    this.#open = false
    try {
      await abortable(this.#iterator.return?.(), this.#signal)
    } catch {
      // As in `for await`, the error that is under way counts.
    }
  }
}
