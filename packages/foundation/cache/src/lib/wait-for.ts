import { type Clock, onAbort } from '@empire/clock'
import type { Entry } from './entry.ts'
import type { Flight } from './flight.ts'
import { LoadTimeoutError } from './load-timeout-error.ts'

/** How long one caller waits for a load, and what else will do. */
export interface Patience {
  readonly signal?: AbortSignal | undefined
  readonly staleWhileRevalidate?: number | undefined
  readonly staleIfError?: number | undefined
  readonly softTimeout?: number | undefined
  readonly hardTimeout?: number | undefined
}

export interface WaitOptions {
  readonly clock: Clock
  /** The value that is there now if it is at most `limit` milliseconds too old. */
  readonly findStale: (limit: number) => Entry | undefined
}

/** Waits for a load as one of its callers. Without limits to its patience, `flight.result` does the same for less. */
export function waitFor(
  flight: Flight,
  { signal, staleWhileRevalidate, staleIfError, softTimeout, hardTimeout }: Patience,
  { clock, findStale }: WaitOptions,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const leave = flight.join()
    // Most callers set no time, and a controller costs more than all the rest.
    const timers = (softTimeout ?? hardTimeout) === undefined ? undefined : new AbortController()
    let isWaiting = true
    const listening: { stop?: () => void } = {}

    if (staleWhileRevalidate !== undefined) void flight.searched.then(() => answerStale(staleWhileRevalidate))
    if (softTimeout !== undefined) after(softTimeout, () => answerStale(staleIfError))
    if (hardTimeout !== undefined) after(hardTimeout, () => giveUp(hardTimeout))
    flight.result.then(
      (value) => {
        timers?.abort()
        answer(() => resolve(value))
      },
      (error: unknown) => {
        timers?.abort()
        if (!answerStale(staleIfError)) answer(() => reject(error))
      },
    )

    // Last, since the load itself may have aborted it by now.
    if (signal !== undefined) listening.stop = onAbort(signal, abort)

    function answer(settle: () => void): void {
      if (!isWaiting) return
      isWaiting = false
      listening.stop?.()
      settle()
    }

    /** The seat is kept: the load goes on without a caller, until its hard timeout. */
    function answerStale(limit: number | undefined): boolean {
      if (!isWaiting || limit === undefined) return false
      const stale = findStale(limit)
      if (stale === undefined) return false
      answer(() => resolve(stale.value))
      return true
    }

    function abort(): void {
      timers?.abort()
      answer(() => reject(signal?.reason))
      leave(signal?.reason)
    }

    function giveUp(limit: number): void {
      const error = new LoadTimeoutError(limit)
      if (!answerStale(staleIfError)) answer(() => reject(error))
      timers?.abort()
      leave(error)
    }

    function after(milliseconds: number, run: () => void): void {
      clock.sleep(milliseconds, { signal: timers?.signal }).then(run, (error: unknown) => {
        if (timers?.signal.aborted !== true) answer(() => reject(error))
      })
    }
  })
}
