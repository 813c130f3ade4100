import { expectOpen } from './expect-open.ts'
import type { Journal, JournalRun, JournalSession, RunFilter, RunStatus, RunSummary } from './journal.ts'
import type { JournalEntry } from './journal-entry.ts'
import { RunBusyError } from './run-busy-error.ts'
import { RunTakenOverError } from './run-taken-over-error.ts'
import { statusAfter } from './run-status.ts'

interface Kept {
  readonly run: string
  /** As text: what steps do to their outputs afterwards does not reach them. */
  readonly entries: string[]
  status: RunStatus
  holder: object | undefined
}

/** A journal that lasts as long as the process: to suspend and resume runs in it, and for tests. */
export function createMemoryJournal(): Journal {
  const runs = new Map<string, Kept>()

  return Object.freeze<Journal>({
    open(run) {
      let kept = runs.get(run.runId)
      if (kept?.holder !== undefined) throw new RunBusyError(run.runId)
      if (kept === undefined) {
        kept = { run: JSON.stringify(run), entries: [], status: 'running', holder: undefined }
        runs.set(run.runId, kept)
      }
      return sessionOf(kept)
    },
    read(runId) {
      const kept = runs.get(runId)
      return kept === undefined ? undefined : { run: parseRun(kept), entries: parseEntries(kept) }
    },
    list: (filter = {}) => summaries([...runs.values()].toReversed(), filter),
    close() {
      for (const kept of runs.values()) kept.holder = undefined
    },
  })
}

function sessionOf(kept: Kept): JournalSession {
  const holder = {}
  kept.holder = holder
  const run = parseRun(kept)
  let isReleased = false
  return Object.freeze<JournalSession>({
    run,
    entries: parseEntries(kept),
    append(entry) {
      expectOpen(isReleased, run.runId)
      if (kept.holder !== holder) throw new RunTakenOverError(run.runId)
      kept.entries.push(JSON.stringify(entry))
      kept.status = statusAfter(entry) ?? kept.status
    },
    release() {
      isReleased = true
      if (kept.holder === holder) kept.holder = undefined
    },
  })
}

function parseRun({ run }: Kept): JournalRun {
  return JSON.parse(run) as JournalRun
}

function parseEntries({ entries }: Kept): JournalEntry[] {
  return entries.map((text) => JSON.parse(text) as JournalEntry)
}

async function* summaries(all: readonly Kept[], { pipeline, status }: RunFilter): AsyncGenerator<RunSummary> {
  for (const kept of all) {
    const run = parseRun(kept)
    if (pipeline !== undefined && run.pipeline !== pipeline) continue
    if (status !== undefined && kept.status !== status) continue
    yield { runId: run.runId, pipeline: run.pipeline, at: run.at, status: kept.status }
  }
}
