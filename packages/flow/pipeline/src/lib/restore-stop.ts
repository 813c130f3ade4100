import type { JournalRun } from './journal.ts'
import type { JournalEntry } from './journal-entry.ts'
import { RollbackIncompleteError } from './rollback-incomplete-error.ts'
import type { Stop } from './run-state.ts'
import { StepFailedError } from './step-failed-error.ts'
import { reviveReason } from './store-reason.ts'

type RunEnd = Extract<JournalEntry, { type: 'run-end' }>

/** Why a run was stopping, by the first entry that says so. */
export function restoreStop(
  entries: readonly JournalEntry[],
  { pipeline, runId, shape }: Pick<JournalRun, 'pipeline' | 'runId' | 'shape'>,
): Stop | undefined {
  const first = entries.find(({ type }) => type === 'step-failed' || type === 'rollback-start')
  if (first?.type === 'step-failed') return failureOf(first.key, reviveReason(first.error))
  if (first?.type !== 'rollback-start') return undefined
  const { key, status } = first
  const reason = reviveReason(first.reason)
  return key === undefined ? { status, reason } : failureOf(key, reason)

  function failureOf(step: string, cause: unknown): Stop {
    const begun = new Set(entries.map((entry) => ('key' in entry ? entry.key : undefined)))
    const notStarted = shape.steps.map(({ name }) => name).filter((name) => !begun.has(name))
    const error = new StepFailedError({ pipeline, runId, step, cause, notStarted, suppressed: [] })
    return { status: 'failed', reason: error, key: step }
  }
}

/** What a run that has ended rejected with. */
export function restoreFailure(
  { notUndone = [] }: RunEnd,
  stop: Stop | undefined,
  run: { readonly pipeline: string; readonly runId: string },
): { readonly reason: unknown } {
  if (notUndone.length === 0) return { reason: stop?.reason }
  return { reason: new RollbackIncompleteError({ ...run, cause: stop?.reason, notUndone, failures: [] }) }
}
