import type { StoredReason } from '../stored-reason.ts'
import type { ExplainedEntry } from './explained-run.ts'

/** From when to when something was done, in milliseconds since the epoch. */
export interface Span {
  readonly what: 'work' | 'undo'
  readonly start: number
  /** Equal to `start` where the end is not known: the process was killed, or a journal does not say when an attempt failed. */
  end: number
}

/** What became of one unit of work. */
export interface UnitHistory {
  state: 'running' | 'completed' | 'skipped' | 'failed' | 'aborted'
  attempts: number
  undo: 'running' | 'done' | 'failed' | undefined
  undoAttempts: number
  /** How many items a map has. */
  size: number | undefined
  error: StoredReason | undefined
  undoError: StoredReason | undefined
  readonly spans: Span[]
  /** What has begun and not ended. */
  open: Span | undefined
}

export function emptyHistory(): UnitHistory {
  return {
    state: 'running',
    attempts: 0,
    undo: undefined,
    undoAttempts: 0,
    size: undefined,
    error: undefined,
    undoError: undefined,
    spans: [],
    open: undefined,
  }
}

/** Adds what an entry says. */
export function addEntry(unit: UnitHistory, { type, at, attempt = 1, size, error }: ExplainedEntry): void {
  switch (type) {
    case 'step-start':
      unit.state = 'running'
      unit.attempts = Math.max(unit.attempts, attempt)
      unit.size = size ?? unit.size
      begin(unit, 'work', at)
      return
    case 'compensate-start':
      unit.undo = 'running'
      unit.undoAttempts = Math.max(unit.undoAttempts, attempt)
      begin(unit, 'undo', at)
      return
    case 'step-end':
    case 'step-restored':
      unit.state = 'completed'
      break
    case 'step-skipped':
      unit.state = 'skipped'
      break
    case 'step-aborted':
      unit.state = 'aborted'
      break
    case 'step-failed':
      unit.state = 'failed'
      unit.error = error
      break
    case 'compensate-end':
      unit.undo = 'done'
      break
    case 'compensate-failed':
      unit.undo = 'failed'
      unit.undoError = error
  }
  if (unit.open !== undefined) unit.open.end = at
  unit.open = undefined
}

function begin(unit: UnitHistory, what: Span['what'], at: number): void {
  unit.open = { what, start: at, end: at }
  unit.spans.push(unit.open)
}
