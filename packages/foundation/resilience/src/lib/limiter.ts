import type { Clock } from '@empire/clock'
import type { Rate, RemainingRate } from './meter.ts'

/** What a limiter limits: what is left out is without limit. */
export interface LimiterOptions {
  /** How many reservations are held at the same time. Default: `Infinity`. */
  concurrency?: number | undefined
  /** How many reservations are granted in any span of the interval. Default: no limit. */
  requests?: Rate | undefined
  /** How many tokens are granted in any span of the interval. Default: no limit. */
  tokens?: Rate | undefined
  /** Default: the platform's. */
  clock?: Clock | undefined
}

/** How much a piece of work needs, and how urgently. */
export interface ReserveOptions {
  /** What the work will use at most; a whole number from 0 up. Default: 0. */
  tokens?: number | undefined
  /** Greater goes first; a whole number from -1000 to 1000. Default: 0. */
  priority?: number | undefined
  /** Leaves the line. Its reason is thrown untouched. */
  signal?: AbortSignal | undefined
}

/** What a server says that it will still accept, as read from its response headers. */
export interface ServerLimits {
  /** Default: it says nothing of them. */
  requests?: RemainingRate | undefined
  /** Default: it says nothing of them. */
  tokens?: RemainingRate | undefined
}

/** A place within the limits, held until it is settled or cancelled. What comes after that has no effect. */
export interface Reservation {
  /** The `signal` that was passed in, to be passed on. */
  readonly signal: AbortSignal | undefined
  /**
   * The work is over. `tokens` is what it really used: what was reserved in excess is free at once, what was used in
   * excess counts from now. Default: what was reserved.
   */
  settle(actual?: { tokens?: number | undefined }): void
  /** The work was not begun: everything is free at once. */
  cancel(): void
  /** Slows the limiter down to what the server has just said. Until `resetAfter` is over, or it says something else. */
  observe(limits: ServerLimits): void
}

/** Admits work in order of priority and arrival, never more than its limits allow. */
export interface Limiter {
  /** How many reservations are held. */
  readonly running: number
  /** How many wait for theirs. */
  readonly waiting: number
  /**
   * Waits for a place. Whoever takes one must settle or cancel it, however the work ends: `run` does.
   *
   * Rejects with a `ReservationTooLargeError` when `tokens` is more than the limit of a whole interval.
   */
  reserve(options?: ReserveOptions): Promise<Reservation>
  /**
   * Waits for a place, runs `task`, gives what it gives, and settles the reservation unless the task has.
   *
   * The place is held until the task ends, also when `signal` is aborted: a task that does not listen still runs.
   */
  run<Value>(task: (reservation: Reservation) => Value | PromiseLike<Value>, options?: ReserveOptions): Promise<Value>
}
