import type { BreakerState } from '@empire/resilience'
import type { NotUndone } from '../journal-entry.ts'
import type { PipelineEvent } from '../pipeline-event.ts'
import type { StoredReason } from '../stored-reason.ts'
import type { HashOrReason } from './hash-value.ts'

/**
 * One entry of an audit: what happened, when, by whom, and to which unit of work. `step-progress` and events that nobody needs to
 * prove are not in it.
 */
export interface AuditEntry {
  readonly type: AuditedType
  /** Milliseconds since the epoch. */
  readonly at: number
  /** Who ran the pipeline, as `createAudit` was told. */
  readonly actor?: string
  /** The unit of work: `fetch`, `pages[3]`, or `review/fetch` of a pipeline inside. Absent for what concerns the whole run. */
  readonly key?: string
  /** The step of an item or a turn: `pages` of `pages[3]`. */
  readonly step?: string
  readonly attempt?: number
  /** How many items a map has. */
  readonly size?: number
  /** Milliseconds. */
  readonly duration?: number
  /** Milliseconds until the next attempt. */
  readonly delay?: number
  /** What the unit works with, at its start. What is `undefined` is absent. */
  readonly inputs?: AuditedInputs
  /** What the unit gave, where it is completed or restored. Absent: `undefined`. */
  readonly output?: HashOrReason
  /** What it must not act twice by; where it is not `<runId>/<key>`. */
  readonly idempotencyKey?: string
  /** The breaker that the unit is behind, as it was at that moment. */
  readonly breaker?: { readonly name: string; readonly state: BreakerState }
  /** What was thrown, without secrets. */
  readonly error?: StoredReason
  /** Why the run was rolled back, without secrets. */
  readonly reason?: StoredReason
  /** Whether the run had begun before. */
  readonly resumed?: boolean
  /** How the run ended. */
  readonly status?: Extract<PipelineEvent, { type: 'run-end' }>['status']
  /** What a rollback had to leave. */
  readonly notUndone?: readonly NotUndone[]
}

/** What of a run is audited. */
export type AuditedType = Exclude<PipelineEvent['type'], 'step-progress'>

/** What a unit of work is given, by hash. */
export interface AuditedInputs {
  /** The input of the run, or of the pipeline inside that the step belongs to. Absent for items and turns, as are `needs`: they stand at the start of their step. */
  readonly input?: HashOrReason | undefined
  /** The outputs of the steps that it needs, by name: each is that step's `output`. */
  readonly needs?: Readonly<Record<string, HashOrReason | undefined>>
  /** The item of a map, the value of a loop before this turn. */
  readonly item?: HashOrReason | undefined
}
