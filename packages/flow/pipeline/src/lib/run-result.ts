import type { PipelineEvent } from './pipeline-event.ts'
import type { FinishedStep } from './step-report.ts'

/** How one run is watched and stopped. */
export interface RunOptions {
  /** Stops the run: no further step starts, and running steps see it on their own signal. */
  signal?: AbortSignal | undefined
  /**
   * Hears each event at the moment it happens, in order. No step waits for a promise that it gives, but the end of the
   * run does.
   *
   * A listener that throws or rejects stops the run: it is not called again, running steps are aborted and awaited, and
   * the run rejects with what was thrown, unless it was failing already.
   */
  onEvent?: ((event: PipelineEvent) => void) | undefined
  /** Milliseconds since the epoch; if it throws, so ends the run. Default: the clock of the platform, with fractions. */
  now?: (() => number) | undefined
}

/** What a run gives when every step is done. */
export interface RunResult<Outputs> {
  /** The output of each step, by name. */
  outputs: { [Name in keyof Outputs]: Outputs[Name] }
  /** One report per step, in the order of definition. */
  steps: FinishedStep[]
}
