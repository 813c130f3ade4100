import type { StepReport } from './step-report.ts'

/**
 * What happens in a run. `at` is in milliseconds since the epoch, `duration` in milliseconds.
 *
 * A run begins with `run-start` and ends with `run-end`. Each `step-start` is followed by exactly one of `step-end`,
 * `step-failed` and `step-aborted` of the same step.
 */
export type PipelineEvent =
  | { type: 'run-start'; pipeline: string; at: number }
  | { type: 'step-start'; pipeline: string; step: string; at: number }
  | { type: 'step-end'; pipeline: string; step: string; at: number; duration: number }
  | { type: 'step-failed'; pipeline: string; step: string; at: number; duration: number; error: unknown }
  | { type: 'step-aborted'; pipeline: string; step: string; at: number; duration: number }
  | {
      type: 'run-end'
      pipeline: string
      at: number
      duration: number
      status: 'completed' | 'failed' | 'aborted'
      steps: StepReport[]
    }
