import type { Clock } from './clock.ts'
import { sleep } from './sleep.ts'
import { startTimer } from './start-timer.ts'

/**
 * Calls `call` once when `ms` milliseconds of the clock are over, unless the returned function is called first. For what is
 * seldom over, such as a limit of time: on the clocks of the platform it costs a timer, and neither a promise nor a signal.
 *
 * What a clock of one's own throws while it sleeps is an unhandled rejection.
 */
export function callAfter(clock: Clock, ms: number, call: () => void): () => void {
  if (clock.sleep === sleep) return startTimer(ms, call)
  const cancel = new AbortController()
  clock.sleep(ms, { signal: cancel.signal }).then(
    () => {
      if (!cancel.signal.aborted) call()
    },
    (error: unknown) => {
      if (!cancel.signal.aborted) throw error
    },
  )
  return () => cancel.abort(cancelled)
}

/** Nobody sees it, and an error would cost a stack. */
const cancelled = 'cancelled'
