import type { Clock } from '@empire/clock'
import type { Migrate } from './migrate.ts'
import type { Journal } from './journal.ts'
import type { PipelineEvent } from './pipeline-event.ts'
import type { RunObserver } from './run-observer.ts'

/** How one run is named, watched, stopped and kept. */
export interface RunOptions {
  /**
   * Names the run, in events, idempotency keys and the journal. With a journal that has it, the run goes on where it was, or gives
   * again what it gave. Default: a random UUID.
   */
  runId?: string | undefined
  /**
   * Stops the run: no further step starts, running steps see it on their own signal, and what was done is undone. Where it was aborted
   * before, a new run does nothing, and one that the journal has is undone.
   */
  signal?: AbortSignal | undefined
  /**
   * Hears each event at the moment it happens, in order. No step waits for a promise that it gives, but the end of the
   * run does.
   *
   * A listener that throws or rejects stops the run: it is not called again, running steps are aborted and awaited, what was done is
   * undone, and the run rejects with what was thrown, unless it was failing already.
   */
  onEvent?: ((event: PipelineEvent) => void) | undefined
  /** Hear each event with the values behind it; the work waits for the promises they give. Default: none. */
  observers?: readonly RunObserver[] | undefined
  /** Where the run is kept, so that it can be resumed. Inputs and outputs have to be JSON then. Default: nowhere. */
  journal?: Journal | undefined
  /**
   * Makes entries of another definition of the pipeline into entries of this one. Default: a run of another definition is refused
   * with `pipeline_changed`.
   */
  migrate?: Migrate | undefined
  /**
   * Stops the run without undoing anything, to go on later: running steps are aborted and awaited, and the run rejects with the
   * reason of this signal. Only with a journal.
   */
  suspend?: AbortSignal | undefined
  /** Its time stamps events; if it throws, so ends the run. It also measures timeouts, retries and breakers. Default: the platform's. */
  clock?: Clock | undefined
  /** A number from 0 up to 1, excluded, for the waits between retries. Default: `Math.random`. */
  random?: (() => number) | undefined
}
