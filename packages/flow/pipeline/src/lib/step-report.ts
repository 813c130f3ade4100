/** How it went for one step of a run. */
export type StepReport = FinishedStep | UnstartedStep

/** A step that was started, or that its condition skipped. */
export interface FinishedStep {
  name: string
  /** `aborted`: it gave up on its signal. A step that finished in spite of the signal is `completed`. */
  status: 'completed' | 'failed' | 'aborted' | 'skipped'
  /** Milliseconds since the epoch. */
  startedAt: number
  /** Milliseconds, retries included. */
  duration: number
}

/** A step that was not reached before the run stopped. */
export interface UnstartedStep {
  name: string
  status: 'not-started'
}
