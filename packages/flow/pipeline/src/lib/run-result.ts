import type { FinishedStep } from './step-report.ts'

/** What a run gives when every step is done. */
export interface RunResult<Outputs> {
  runId: string
  /** The output of each step, by name. */
  outputs: { [Name in keyof Outputs]: Outputs[Name] }
  /** One report per step, in the order of definition. */
  steps: FinishedStep[]
}
