import type { Closure } from './closure.ts'

/** One load, and all who wait for it. */
export class Flight {
  /** The moment of the log since which nothing that it relies on may have changed. */
  beginning: number
  readonly closure: Closure
  /** Ids of the keys that its value depends on. */
  readonly dependencies: readonly string[]
  readonly #controller = new AbortController()
  readonly #search = Promise.withResolvers<void>()
  #result: Promise<unknown> | undefined
  #seats = 0

  constructor(beginning: number, closure: Closure, dependencies: readonly string[]) {
    this.beginning = beginning
    this.closure = closure
    this.dependencies = dependencies
  }

  /** Aborted when nobody waits any more. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Resolves when it is known that there is no fresh value; a stale one is in memory by then. */
  get searched(): Promise<void> {
    return this.#search.promise
  }

  get result(): Promise<unknown> {
    return this.#result as Promise<unknown>
  }

  /** @param onAbandoned Called when everyone has left before the end. */
  start(work: () => Promise<unknown>, onAbandoned: () => void): void {
    this.#result = work()
    // Who refreshes a value in the background waits for no answer.
    this.#result.catch(() => {})
    this.signal.addEventListener('abort', onAbandoned, { once: true })
  }

  reportSearched(): void {
    this.#search.resolve()
  }

  /** Takes a seat. The returned function leaves it: the last one to leave aborts the load. */
  join(): (reason: unknown) => void {
    this.#seats++
    let isSeated = true
    return (reason) => {
      if (!isSeated) return
      isSeated = false
      this.#seats--
      if (this.#seats === 0) this.abort(reason)
    }
  }

  abort(reason: unknown): void {
    this.#controller.abort(reason)
  }
}
