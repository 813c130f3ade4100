import { type Clock, linkSignal } from '@empire/clock'
import { ModelError } from '../model-error.ts'

/** A signal that is aborted with the caller's, or when the time is over. */
export interface Deadline {
  readonly signal: AbortSignal
  /** What the signal is aborted with when the time is over. */
  readonly error: ModelError
  readonly isOver: boolean
  /** Forgets the timer and the caller's signal. */
  stop(): void
}

export function createDeadline(time: number | undefined, clock: Clock, outer: AbortSignal | undefined): Deadline {
  const { signal, abort, unlink } = linkSignal(outer)
  const stopped = new AbortController()
  const error = new ModelError('timeout', `The ${time} ms for all steps of the loop are over.`, {
    details: { milliseconds: time },
  })
  if (time !== undefined && time !== Infinity) {
    // What rejects the wait is `stop`.
    clock.sleep(time, { signal: stopped.signal }).then(
      () => abort(error),
      () => {},
    )
  }
  return {
    signal,
    error,
    get isOver() {
      return signal.reason === error
    },
    stop() {
      unlink()
      stopped.abort('stopped')
    },
  }
}
