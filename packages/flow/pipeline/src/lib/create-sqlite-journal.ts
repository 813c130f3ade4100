import { describeValue, expectKnownKeys } from '@empire/errors'
import { existsSync } from 'node:fs'
import { type Clock, wallClock } from '@empire/clock'
import { jsonText } from '@empire/record/content'
import { expectBoolean, expectMilliseconds, expectObject, expectText } from './expect-option.ts'
import { expectRunFilter } from './expect-run-filter.ts'
import type { Journal, JournalRun, JournalSession, RunFilter, RunSummary, StoredRun } from './journal.ts'
import type { JournalEntry } from './journal-entry.ts'
import { openDatabase, type JournalDatabase } from './journal-database.ts'
import { RunBusyError } from './run-busy-error.ts'
import { createOwner, hasEnded, type RunOwner } from './run-owner.ts'
import { createSqliteSession } from './create-sqlite-session.ts'

/** Which file, and how safely it is written. */
export interface SqliteJournalOptions {
  /** The file of the database. It and its folders are made when it is first used; only its owner may read it. */
  readonly path: string
  /** Whether an entry also survives the loss of power, at the cost of one sync to disk each. Default: `false`. */
  readonly durable?: boolean | undefined
  /** How long a write waits for one of another process, in milliseconds. Default: 5,000. */
  readonly busyTimeout?: number | undefined
  /**
   * Milliseconds without a sign of life after which a run may be taken over. A holder on the same machine whose process has ended is
   * not waited for. Default: 30,000.
   */
  readonly lease?: number | undefined
  /** Its times are compared with those of other processes. Default: the system's. */
  readonly clock?: Clock | undefined
}

/** A journal in a SQLite database. Several processes may use it. */
export function createSqliteJournal(options: SqliteJournalOptions): Journal {
  const where = 'createSqliteJournal'
  expectObject(`${where}: "options"`, options as unknown, 'an object')
  expectKnownKeys(`${where}: "options"`, options, ['path', 'durable', 'busyTimeout', 'lease', 'clock'])
  const { path, durable = false, busyTimeout = 5_000, lease = 30_000, clock = wallClock } = options
  expectText(`${where}: "path"`, path)
  expectBoolean(`${where}: "durable"`, durable)
  if (!Number.isSafeInteger(busyTimeout) || busyTimeout < 0) {
    throw new TypeError(
      `${where}: "busyTimeout" must be a whole number of milliseconds, got ${describeValue(busyTimeout)}.`,
    )
  }
  expectMilliseconds(`${where}: "lease"`, lease)
  if (lease === 0) throw new TypeError(`${where}: "lease" must be above 0, or nobody would have the run.`)

  const sessions = new Set<JournalSession>()
  let opening: Promise<JournalDatabase> | undefined
  // One that cannot be opened is tried again.
  const database = (): Promise<JournalDatabase> =>
    (opening ??= openDatabase({ path, durable, busyTimeout }).catch((error: unknown) => {
      opening = undefined
      throw error
    }))

  return Object.freeze<Journal>({
    async open(run) {
      const opened = await database()
      const owner = createOwner()
      const taken = take(opened, run, owner, { now: clock.now(), lease })
      const session = createSqliteSession(opened, {
        ...taken,
        owner,
        lease,
        clock,
        onRelease: () => sessions.delete(session),
      })
      sessions.add(session)
      return session
    },
    async read(runId) {
      if (opening === undefined && !existsSync(path)) return undefined
      return readRun(await database(), runId)
    },
    async *list(filter = {}) {
      expectRunFilter(filter)
      if (opening === undefined && !existsSync(path)) return
      yield* listRuns(await database(), filter)
    },
    async remove(runId) {
      if (opening === undefined && !existsSync(path)) return false
      const opened = await database()
      return opened.transaction(() => {
        if (!expectFree(opened, runId, clock.now())) return false
        opened.deleteRun.run(runId)
        opened.deleteEntries.run(runId)
        return true
      })
    },
    async close() {
      for (const session of sessions) await session.release()
      const closing = opening
      opening = undefined
      ;(await closing)?.close()
    },
  })
}

/** Makes the run this session's, in one transaction. */
function take(
  database: JournalDatabase,
  run: JournalRun,
  owner: RunOwner,
  { now, lease }: { readonly now: number; readonly lease: number },
): StoredRun {
  return database.transaction(() => {
    const { runId, pipeline, at } = run
    const isThere = expectFree(database, runId, now)
    if (isThere) database.takeRun.run(JSON.stringify(owner), now + lease, runId)
    else database.insertRun.run(runId, pipeline, at, jsonText(run), JSON.stringify(owner), now + lease)
    return readRun(database, runId) as StoredRun
  })
}

/** @returns Whether there is such a run. @throws {RunBusyError} When somebody has it. */
function expectFree(database: JournalDatabase, runId: string, now: number): boolean {
  const row = database.ownerOf.get(runId) as { owner: string | null; expires: number } | undefined
  if (row === undefined) return false
  const { owner, expires } = row
  if (owner === null || expires <= now || hasEnded(JSON.parse(owner) as RunOwner)) return true
  throw new RunBusyError(runId, { retryAfter: expires - now })
}

function readRun(database: JournalDatabase, runId: string): StoredRun | undefined {
  const row = database.selectRun.get(runId) as { run: string } | undefined
  if (row === undefined) return undefined
  const entries = database.selectEntries.all(runId) as unknown as readonly { text: string }[]
  return {
    run: JSON.parse(row.run) as JournalRun,
    entries: entries.map(({ text }) => JSON.parse(text) as JournalEntry),
  }
}

const pageSize = 256

function* listRuns(database: JournalDatabase, { pipeline, status }: RunFilter): Generator<RunSummary> {
  for (let last = Number.MAX_SAFE_INTEGER; ;) {
    const filter = { last, pipeline: pipeline ?? null, status: status ?? null, most: pageSize }
    const rows = database.selectRuns.all(filter) as unknown as readonly (RunSummary & { number: number })[]
    for (const { number, ...summary } of rows) {
      yield summary
      last = number
    }
    if (rows.length < pageSize) return
  }
}
