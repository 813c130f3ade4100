import type { NotUndone } from '../journal-entry.ts'
import type { PipelineShape } from '../pipeline-shape.ts'
import type { StoredReason } from '../stored-reason.ts'
import type { ExplainedEntry, ExplainedRun } from './explained-run.ts'
import { addEntry, emptyHistory, type UnitHistory } from './unit-history.ts'

/** What happened in a run, by unit of work. */
export interface RunTimeline {
  /** How it ended, or where it stands by what is known. */
  readonly status: string
  readonly actors: readonly string[]
  readonly startedAt: number
  /** When the last that is known happened. */
  readonly endedAt: number
  readonly rollbackAt: number | undefined
  readonly reason: StoredReason | undefined
  readonly notUndone: readonly NotUndone[]
  /** What the pipeline was made of at last. */
  readonly shape: PipelineShape
  readonly units: ReadonlyMap<string, UnitHistory>
}

/** Puts together what the entries say. */
export function runTimeline({ run, entries }: ExplainedRun): RunTimeline {
  const units = new Map<string, UnitHistory>()
  const actors = new Set<string>()
  let status = 'running'
  let endedAt = run.at
  let rollbackAt: number | undefined
  let reason: StoredReason | undefined
  let notUndone: readonly NotUndone[] = []

  for (const entry of effective(entries)) {
    const { type, at, actor, key } = entry
    endedAt = Math.max(endedAt, at)
    if (actor !== undefined) actors.add(actor)
    if (type === 'run-end') {
      status = entry.status ?? status
      notUndone = entry.notUndone ?? notUndone
    } else if (type === 'rollback-start') {
      status = 'rolling-back'
      rollbackAt ??= at
      // A journal that has the step has its error with the step.
      reason ??= entry.reason
    } else if (type === 'rollback-end') notUndone = entry.notUndone ?? notUndone
    else if (type === 'run-start') {
      // What was at work when the process was killed has no end that is known.
      for (const unit of units.values()) unit.open = undefined
      if (rollbackAt === undefined) status = 'running'
    } else if (key !== undefined) {
      let unit = units.get(key)
      if (unit === undefined) units.set(key, (unit = emptyHistory()))
      addEntry(unit, entry)
    }
  }
  if (status === 'running' || status === 'rolling-back') {
    for (const { open } of units.values()) if (open !== undefined) open.end = endedAt
  } else if (status !== 'suspended') endGroups(units)
  const shape = entries.findLast(({ type }) => type === 'migrated')?.shape ?? run.shape
  return { shape, status, actors: [...actors], startedAt: run.at, endedAt, rollbackAt, reason, notUndone, units }
}

/** Of a map, a loop or a pipeline inside whose parts have failed or were stopped, a journal has no end. Parts come after it. */
function endGroups(units: ReadonlyMap<string, UnitHistory>): void {
  for (const [key, unit] of [...units].toReversed()) {
    const group = units.get(key.slice(0, Math.max(0, key.endsWith(']') ? key.lastIndexOf('[') : key.lastIndexOf('/'))))
    if (group?.open === undefined) continue
    const { state, open } = group
    group.state = unit.state === 'failed' || state === 'failed' ? 'failed' : 'aborted'
    for (const { what, end } of unit.spans) if (what === 'work') open.end = Math.max(open.end, end)
  }
}

/** A migration stands for all that came before it. */
function effective(entries: readonly ExplainedEntry[]): readonly ExplainedEntry[] {
  const last = entries.findLastIndex(({ type }) => type === 'migrated')
  const migrated = entries[last]?.entries
  return migrated === undefined ? entries : [...migrated, ...entries.slice(last + 1)]
}
