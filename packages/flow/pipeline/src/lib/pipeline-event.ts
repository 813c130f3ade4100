import type { NotUndone, RunEndStatus } from './journal-entry.ts'
import type { StepReport } from './step-report.ts'

/**
 * What happens in a run. `at` is in milliseconds since the epoch, `duration` in milliseconds.
 *
 * A run begins with `run-start` and ends with `run-end`. Each `step-start` of attempt 1 is followed by exactly one of `step-end`,
 * `step-failed` and `step-aborted` of the same `step`, with a `step-retry` and a `step-start` for each further attempt between.
 * `step` is the key of the unit of work: `fetch`, `pages[3]` for an item of a map or a turn of a loop, `review/fetch` for a step of a
 * pipeline inside.
 */
export type PipelineEvent = { pipeline: string; runId: string; at: number } & (
  | { type: 'run-start'; resumed: boolean }
  /** `size`: how many items a map has. */
  | { type: 'step-start'; step: string; attempt: number; size?: number }
  /** An attempt failed, and another follows after `delay`. */
  | { type: 'step-retry'; step: string; attempt: number; delay: number; error: unknown }
  | { type: 'step-end'; step: string; attempt: number; duration: number }
  /** One item of a map more is done: `done` of `size`. Turns of a loop: `size` is the most there may be. */
  | { type: 'step-progress'; step: string; done: number; size: number }
  | { type: 'step-skipped'; step: string }
  | { type: 'step-failed'; step: string; attempt: number; duration: number; error: unknown }
  | { type: 'step-aborted'; step: string; attempt: number; duration: number }
  /** It was done before the run was resumed, and is not run again. */
  | { type: 'step-restored'; step: string }
  | { type: 'rollback-start'; reason: unknown }
  | { type: 'compensate-start'; step: string; attempt: number }
  | { type: 'compensate-retry'; step: string; attempt: number; delay: number; error: unknown }
  | { type: 'compensate-end'; step: string; attempt: number; duration: number }
  | { type: 'compensate-failed'; step: string; attempt: number; duration: number; error: unknown }
  | { type: 'rollback-end'; duration: number; notUndone: readonly NotUndone[] }
  /** `suspended`: it stopped in mid-run, to be resumed. */
  | { type: 'run-end'; duration: number; status: RunEndStatus | 'suspended'; steps: StepReport[] }
)
