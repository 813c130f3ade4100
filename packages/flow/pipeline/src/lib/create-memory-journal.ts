import type { jsonText } from '@empire/record/content'
import { expectOpen } from './expect-open.ts'
import { expectRunFilter } from './expect-run-filter.ts'
import type { Journal, JournalRun, JournalSession, RunFilter, RunStatus, RunSummary } from './journal.ts'
import type { JournalEntry } from './journal-entry.ts'
import { RunBusyError } from './run-busy-error.ts'
import { statusAfter } from './run-status.ts'

interface Kept {
  readonly run: string
  /** As text: what steps do to their outputs afterwards does not reach them. */
  readonly entries: string[]
  status: RunStatus
  isHeld: boolean
}

/** A journal that lasts as long as the process: to suspend and resume runs in it, and for tests. */
export function createMemoryJournal(): Journal {
  const runs = new Map<string, Kept>()
  let sessions = new Set<JournalSession>()

  return Object.freeze<Journal>({
    async open(run) {
      // For those alone who use it: this file is part of what every pipeline loads.
      const { jsonText: write } = await import('@empire/record/content')
      let kept = runs.get(run.runId)
      if (kept?.isHeld === true) throw new RunBusyError(run.runId)
      if (kept === undefined) {
        kept = { run: write(run), entries: [], status: 'running', isHeld: false }
        runs.set(run.runId, kept)
      }
      const session = sessionOf(kept, write, () => sessions.delete(session))
      sessions.add(session)
      return session
    },
    read(runId) {
      const kept = runs.get(runId)
      return kept === undefined ? undefined : { run: parseRun(kept), entries: parseEntries(kept) }
    },
    list: (filter = {}) => summaries([...runs.values()].toReversed(), filter),
    remove(runId) {
      if (runs.get(runId)?.isHeld === true) throw new RunBusyError(runId)
      return runs.delete(runId)
    },
    async close() {
      const open = sessions
      sessions = new Set()
      for (const session of open) await session.release()
    },
  })
}

function sessionOf(kept: Kept, write: typeof jsonText, onRelease: () => void): JournalSession {
  kept.isHeld = true
  const run = parseRun(kept)
  let isReleased = false
  return Object.freeze<JournalSession>({
    run,
    entries: parseEntries(kept),
    append(entry) {
      expectOpen(isReleased, run.runId)
      kept.entries.push(write(entry))
      kept.status = statusAfter(entry) ?? kept.status
    },
    release() {
      if (isReleased) return
      isReleased = true
      kept.isHeld = false
      onRelease()
    },
  })
}

function parseRun({ run }: Kept): JournalRun {
  return JSON.parse(run) as JournalRun
}

function parseEntries({ entries }: Kept): JournalEntry[] {
  return entries.map((text) => JSON.parse(text) as JournalEntry)
}

async function* summaries(all: readonly Kept[], filter: RunFilter): AsyncGenerator<RunSummary> {
  expectRunFilter(filter)
  const { pipeline, status } = filter
  for (const kept of all) {
    const run = parseRun(kept)
    if (pipeline !== undefined && run.pipeline !== pipeline) continue
    if (status !== undefined && kept.status !== status) continue
    yield { runId: run.runId, pipeline: run.pipeline, at: run.at, status: kept.status }
  }
}
