import { readSteps, type RecordStore, type RecordedStep } from '@empire/record'
import type { PipelineShape } from '../pipeline-shape.ts'
import type { AuditEntry, AuditedType } from './audit-entry.ts'
import { auditKind } from './audit-kind.ts'
import type { AuditedRun, AuditedRunSummary } from './audited-run.ts'

interface ReadOptions {
  readonly signal?: AbortSignal | undefined
}

/**
 * One run of an audit; `undefined` if there is none of that id. The store is verified as it is read, from its beginning.
 *
 * @throws {RecordDamagedError} `record_damaged`, when something in the store was changed.
 */
export async function readAudit(
  store: RecordStore,
  runId: string,
  { signal }: ReadOptions = {},
): Promise<AuditedRun | undefined> {
  const entries: AuditEntry[] = []
  let run: AuditedRun['run'] | undefined
  for await (const step of readSteps(store, { run: runId, signal })) {
    if (!step.kind.startsWith(auditKind)) continue
    entries.push(entryOf(step))
    const shape = shapeOf(step)
    if (shape !== undefined) run = { runId, pipeline: shape.name, shape, at: run?.at ?? step.at }
  }
  return run === undefined ? undefined : { run, entries }
}

/** The runs of an audit, the latest first. The store is verified as it is read. @throws {RecordDamagedError} As `readAudit` does. */
export async function listAudit(store: RecordStore, { signal }: ReadOptions = {}): Promise<AuditedRunSummary[]> {
  const runs = new Map<string, AuditedRunSummary>()
  for await (const step of readSteps(store, { signal })) {
    if (!step.kind.startsWith(auditKind)) continue
    const known = runs.get(step.run)
    const pipeline = known?.pipeline ?? shapeOf(step)?.name
    if (pipeline === undefined) continue
    const status = statusAfter(entryOf(step)) ?? known?.status ?? 'running'
    runs.set(step.run, { runId: step.run, pipeline, at: known?.at ?? step.at, status })
  }
  return [...runs.values()].toReversed()
}

function entryOf({ kind, at, meta }: RecordedStep): AuditEntry {
  return { ...meta, type: kind.slice(auditKind.length) as AuditedType, at }
}

function shapeOf({ kind, inputs }: RecordedStep): PipelineShape | undefined {
  return kind === `${auditKind}run-start` ? (inputs as PipelineShape) : undefined
}

function statusAfter({ type, status, resumed }: AuditEntry): AuditedRunSummary['status'] | undefined {
  switch (type) {
    case 'run-start':
      return resumed === true ? undefined : 'running'
    case 'step-start':
      return 'running'
    case 'rollback-start':
    case 'step-failed':
      return 'rolling-back'
    case 'run-end':
      return status
    default:
      return undefined
  }
}
