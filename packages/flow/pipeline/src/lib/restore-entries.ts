import type { JournalEntry } from './journal-entry.ts'

/** What a journal has of one unit of work. */
export interface RestoredUnit {
  /** How often it was started. */
  attempts: number
  state: 'started' | 'completed' | 'skipped' | 'failed' | 'aborted'
  output: unknown
  /** How many items a map has. */
  size: number | undefined
  /** If it has one of its own. */
  idempotencyKey: string | undefined
  startedAt: number
  endedAt: number
  undoAttempts: number
  undo: 'started' | 'done' | 'failed' | undefined
  /** Why it could not be undone. */
  undoMessage: string | undefined
}

/** What a journal has of each unit of work, by key. */
export function restoreEntries(entries: readonly JournalEntry[]): Map<string, RestoredUnit> {
  const units = new Map<string, RestoredUnit>()
  for (const entry of entries) {
    if (!('key' in entry) || entry.key === undefined) continue
    let unit = units.get(entry.key)
    if (unit === undefined) units.set(entry.key, (unit = unstarted(entry.at)))
    restoreEntry(unit, entry)
  }
  return units
}

/** The entries that count: those since the last migration, with what it made of those before. */
export function effectiveEntries(entries: readonly JournalEntry[]): readonly JournalEntry[] {
  const last = entries.findLastIndex(({ type }) => type === 'migrated')
  const migration = entries[last]
  return migration?.type === 'migrated' ? [...migration.entries, ...entries.slice(last + 1)] : entries
}

function unstarted(at: number): RestoredUnit {
  return {
    attempts: 0,
    state: 'started',
    output: undefined,
    size: undefined,
    idempotencyKey: undefined,
    startedAt: at,
    endedAt: at,
    undoAttempts: 0,
    undo: undefined,
    undoMessage: undefined,
  }
}

function restoreEntry(unit: RestoredUnit, entry: JournalEntry): void {
  unit.endedAt = entry.at
  switch (entry.type) {
    case 'step-start':
      unit.attempts = Math.max(unit.attempts, entry.attempt)
      unit.state = 'started'
      unit.size = entry.size
      unit.idempotencyKey ??= entry.idempotencyKey
      return
    case 'step-end':
      unit.state = 'completed'
      unit.output = entry.output
      return
    case 'step-skipped':
      unit.state = 'skipped'
      return
    case 'step-failed':
      unit.state = 'failed'
      return
    case 'step-aborted':
      unit.state = 'aborted'
      return
    case 'compensate-start':
      unit.undo = 'started'
      unit.undoAttempts = Math.max(unit.undoAttempts, entry.attempt)
      return
    case 'compensate-end':
      unit.undo = 'done'
      return
    case 'compensate-failed':
      unit.undo = 'failed'
      unit.undoMessage = entry.error.type === 'error' ? entry.error.message : undefined
  }
}
