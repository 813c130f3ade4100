import type { AuditedInputs } from '../audit/audit-entry.ts'
import type { NotUndone } from '../journal-entry.ts'
import type { PipelineShape } from '../pipeline-shape.ts'
import type { StoredReason } from '../stored-reason.ts'

/** A run to explain: what `journal.read(runId)` or `readAudit(store, runId)` gives. */
export interface ExplainedRun {
  readonly run: {
    readonly runId: string
    readonly pipeline: string
    readonly shape: PipelineShape
    readonly at: number
  }
  readonly entries: readonly ExplainedEntry[]
}

/** What journals and audits both say of something that happened. */
export interface ExplainedEntry {
  readonly type: string
  readonly at: number
  readonly actor?: string
  readonly key?: string
  readonly attempt?: number
  readonly size?: number
  /** Of an audit: the hashes of what the unit worked with. */
  readonly inputs?: AuditedInputs
  /** Of an audit the hash of what the unit gave, of a journal the value itself. */
  readonly output?: unknown
  readonly error?: StoredReason
  readonly reason?: StoredReason
  readonly status?: string
  readonly notUndone?: readonly NotUndone[]
  /** Of a migration: what stands for all that came before. */
  readonly entries?: readonly ExplainedEntry[]
  readonly shape?: PipelineShape
}
