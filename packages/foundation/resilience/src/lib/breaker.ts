/** What a task of a breaker is told. */
export interface BreakerContext {
  /** The `signal` that was passed to `run`, to be passed on. */
  readonly signal?: AbortSignal | undefined
}

/** `closed`: calls are made. `open`: they are refused. `half-open`: one call is made on trial, the others are refused. */
export type BreakerState = 'closed' | 'open' | 'half-open'

/** Stops calling a service that fails, and finds out when it is well again. */
export interface Breaker {
  /** The name under which it is shared. */
  readonly name: string | undefined
  /** An open breaker whose time is over is `half-open`: the next call will be let through. */
  readonly state: BreakerState
  /**
   * Runs `task` and gives what it gives.
   *
   * A task that is aborted counts neither way; one that fails because time was up (a reason or error named
   * `TimeoutError`) has failed.
   *
   * A refused call rejects with a `BreakerOpenError`, `breaker_open`.
   */
  run<Value>(task: (context: BreakerContext) => Value | PromiseLike<Value>, options?: BreakerContext): Promise<Value>
}
