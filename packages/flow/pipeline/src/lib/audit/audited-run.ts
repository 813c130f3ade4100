import type { PipelineShape } from '../pipeline-shape.ts'
import type { RunStatus } from '../journal.ts'
import type { AuditEntry } from './audit-entry.ts'

/** A run as an audit has it. */
export interface AuditedRun {
  readonly run: {
    readonly runId: string
    /** The name of the pipeline. */
    readonly pipeline: string
    /** What the pipeline is made of; of a run that was resumed, what it was at last. */
    readonly shape: PipelineShape
    /** When it was begun, in milliseconds since the epoch. */
    readonly at: number
  }
  /** In the order in which they were written. */
  readonly entries: readonly AuditEntry[]
}

/** A run in the list of an audit. */
export interface AuditedRunSummary {
  readonly runId: string
  readonly pipeline: string
  readonly at: number
  /** `suspended`: it is to be resumed. One whose process was killed is `running` or `rolling-back`. */
  readonly status: RunStatus | 'suspended'
}
