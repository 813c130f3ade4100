import type { Clock } from '@empire/clock'
import { jsonText } from '@empire/record/content'
import { expectOpen } from './expect-open.ts'
import type { JournalSession, StoredRun } from './journal.ts'
import type { JournalEntry } from './journal-entry.ts'
import type { JournalDatabase } from './journal-database.ts'
import type { RunOwner } from './run-owner.ts'
import { statusAfter } from './run-status.ts'
import { RunTakenOverError } from './run-taken-over-error.ts'

interface SessionOptions extends StoredRun {
  readonly owner: RunOwner
  readonly lease: number
  readonly clock: Clock
  readonly onRelease: () => void
}

/** Writes to a run that is taken, and gives signs of life until it is released. */
export function createSqliteSession(
  database: JournalDatabase,
  { run, entries, owner, lease, clock, onRelease }: SessionOptions,
): JournalSession {
  const { runId } = run
  const ownerText = JSON.stringify(owner)
  const released = new AbortController()
  let number = entries.length
  let fault: unknown
  void giveSigns().catch((error: unknown) => (fault ??= error))

  return Object.freeze<JournalSession>({
    run,
    entries,
    append(entry) {
      expectOpen(released.signal.aborted, runId)
      if (fault !== undefined) throw fault
      try {
        store(entry)
      } catch (error) {
        fault = error
        throw error
      }
    },
    release() {
      if (released.signal.aborted) return
      released.abort()
      onRelease()
      database.release.run(runId, ownerText)
    },
  })

  function store(entry: JournalEntry): void {
    const status = statusAfter(entry)
    if (status === undefined) insert(entry)
    else
      database.transaction(() => {
        insert(entry)
        database.setStatus.run(status, runId)
      })
  }

  function insert(entry: JournalEntry): void {
    const { changes } = database.insertEntry.run({ runId, number: number + 1, text: jsonText(entry), owner: ownerText })
    if (changes === 0) throw new RunTakenOverError(runId)
    number++
  }

  async function giveSigns(): Promise<void> {
    const { signal } = released
    while (!signal.aborted) {
      await clock.sleep(lease / 3, { signal }).catch((error: unknown) => {
        if (!signal.aborted) throw error
      })
      if (signal.aborted) return
      const { changes } = database.renew.run(clock.now() + lease, runId, ownerText)
      if (changes === 0) throw new RunTakenOverError(runId)
    }
  }
}
