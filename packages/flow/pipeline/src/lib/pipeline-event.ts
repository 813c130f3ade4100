import type { NotUndone, RunEndStatus } from './journal-entry.ts'
import type { PipelineShape } from './pipeline-shape.ts'
import type { StepReport } from './step-report.ts'

/**
 * What happens in a run. `at` is in milliseconds since the epoch, `duration` in milliseconds.
 *
 * A run begins with `run-start` and ends with `run-end`; where a listener throws at the end of one that has completed, it is rolled
 * back and ends again. The first `step-start` of a key is followed by exactly one of `step-end`,
 * `step-failed` and `step-aborted`, with a `step-retry` and a `step-start` for each further attempt between. A step that fails before
 * its work begins, for its breaker refused it or its condition threw, has no `step-start`.
 */
export type PipelineEvent = EventOfRun & (RunEvent | (EventOfStep & StepEvent))

interface EventOfRun {
  /** The name of the outermost pipeline. */
  pipeline: string
  runId: string
  at: number
}

interface EventOfStep {
  /** The step: `fetch`, or `review/fetch` of a pipeline inside. */
  step: string
  /** The unit of work: like `step`, but `pages[3]` for an item of a map or a turn of a loop. */
  key: string
}

type RunEvent =
  /** `shape`: what the pipeline is made of. */
  | { type: 'run-start'; resumed: boolean; shape: PipelineShape }
  /** What was done is undone from here on; only where there is something to undo. */
  | { type: 'rollback-start'; reason: unknown }
  | { type: 'rollback-end'; duration: number; notUndone: readonly NotUndone[] }
  /** `suspended`: it stopped as it was, to be resumed. */
  | { type: 'run-end'; duration: number; status: RunEndStatus | 'suspended'; steps: StepReport[] }

type StepEvent =
  /** `size`: how many items a map has. */
  | { type: 'step-start'; attempt: number; size?: number }
  /** An attempt failed, and another follows after `delay`. */
  | { type: 'step-retry'; attempt: number; delay: number; error: unknown }
  | { type: 'step-end'; attempt: number; duration: number }
  /** So many items of a map are done; of a loop so many turns, and `size` is the most there may be. */
  | { type: 'step-progress'; done: number; size: number }
  | { type: 'step-skipped' }
  | { type: 'step-failed'; attempt: number; duration: number; error: unknown }
  | { type: 'step-aborted'; attempt: number; duration: number }
  /** It was done before the run was resumed, and is not run again. */
  | { type: 'step-restored' }
  | { type: 'compensate-start'; attempt: number }
  | { type: 'compensate-retry'; attempt: number; delay: number; error: unknown }
  | { type: 'compensate-end'; attempt: number; duration: number }
  | { type: 'compensate-failed'; attempt: number; duration: number; error: unknown }
