import type { RunStatus } from './journal.ts'
import type { JournalEntry } from './journal-entry.ts'

/** Where a run stands after an entry, for journals that keep it beside the entries; `undefined` if the entry does not change it. */
export function statusAfter(entry: JournalEntry): RunStatus | undefined {
  switch (entry.type) {
    case 'run-end':
      return entry.status
    case 'rollback-start':
    case 'step-failed':
      return 'rolling-back'
    case 'migrated':
      return statusOf(entry.entries)
    default:
      return undefined
  }
}

/** Where a run stands by all that is stored of it. */
export function statusOf(entries: readonly JournalEntry[]): RunStatus {
  for (const entry of entries.toReversed()) {
    const status = statusAfter(entry)
    if (status !== undefined) return status
  }
  return 'running'
}
