import { AsyncLocalStorage } from 'node:async_hooks'
import type { Closure } from './closure.ts'
import type { Watch } from './watch.ts'

const loading = new AsyncLocalStorage<Flight>()

/** One load, and all who wait for it. */
export class Flight implements Watch {
  beginning: number
  readonly closure: Closure
  /** Ids of the keys that its value depends on. */
  readonly dependencies: readonly string[]
  readonly result: Promise<unknown>
  readonly #end = Promise.withResolvers<unknown>()
  readonly #controller = new AbortController()
  readonly #search = Promise.withResolvers<void>()
  /** The loads that this one waits for. */
  readonly #awaited = new Set<Flight>()
  #seats = 0

  constructor(beginning: number, closure: Closure, dependencies: readonly string[]) {
    this.beginning = beginning
    this.closure = closure
    this.dependencies = dependencies
    this.result = this.#end.promise
    // Who refreshes a value in the background waits for no answer.
    this.result.catch(() => {})
  }

  /** The one whose load asks. */
  static get current(): Flight | undefined {
    return loading.getStore()
  }

  /** Aborted when nobody waits any more. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Resolves when it is known that there is no fresh value; a stale one is in memory by then. */
  get searched(): Promise<void> {
    return this.#search.promise
  }

  /** @param onEnd Called when the work is over, or everyone has left before that. */
  start(work: () => Promise<unknown>, onEnd: () => void): void {
    let isOver = false
    const end = (settle: () => void): void => {
      if (isOver) return
      isOver = true
      onEnd()
      settle()
    }
    // Work that does not listen goes on, but nobody waits for it.
    this.signal.addEventListener('abort', () => end(() => this.#end.reject(this.signal.reason)), { once: true })
    work().then(
      (value) => end(() => this.#end.resolve(value)),
      (error: unknown) => end(() => this.#end.reject(error)),
    )
  }

  /** Runs what asks the cache for other values, in the name of this load. */
  enter<Result>(run: () => Result): Result {
    return loading.run(this, run)
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

  /** Says that this load waits for another one, until the returned function is called. */
  await(other: Flight): () => void {
    this.#awaited.add(other)
    return () => void this.#awaited.delete(other)
  }

  /** Whether this load can only end after another one. */
  isWaitingFor(other: Flight): boolean {
    const reachable = new Set<Flight>([this])
    for (const flight of reachable) {
      if (flight === other) return true
      for (const next of flight.#awaited) reachable.add(next)
    }
    return false
  }
}
