import { abortable } from '@empire/clock'
import { describeValue } from '@empire/errors'
import { expectFind, type Find } from './find.ts'

/** What is listed one by one, until it ends or fails. */
export class Listing {
  readonly #iterator: AsyncIterator<Find, unknown>
  readonly #signal: AbortSignal | undefined
  #open = true
  #failure: { readonly error: unknown } | undefined

  constructor(finds: AsyncIterable<Find>, signal: AbortSignal | undefined) {
    if (typeof finds?.[Symbol.asyncIterator] !== 'function') {
      throw new TypeError(`Expected "source.items()" to give an async iterable, got ${describeValue(finds)}.`)
    }
    this.#iterator = finds[Symbol.asyncIterator]()
    this.#signal = signal
  }

  /** What ended it before its end. */
  get failure(): { readonly error: unknown } | undefined {
    return this.#failure
  }

  /** The next one, `undefined` at the end or after a failure. Rejects with `signal.reason` only. */
  async next(): Promise<Find | undefined> {
    if (!this.#open) return undefined
    try {
      const found = await abortable(this.#iterator.next(), this.#signal)
      if (found.done !== true) return await this.#expect(found.value)
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

  async #expect(find: Find): Promise<Find> {
    try {
      return expectFind(find)
    } catch (error) {
      await this.close()
      throw error
    }
  }
}
