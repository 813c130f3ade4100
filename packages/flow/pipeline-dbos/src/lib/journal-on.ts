import { EmpireError } from '@empire/errors'
import {
  expectRunFilter,
  type Journal,
  type JournalEntry,
  type JournalRun,
  type JournalSession,
  RunBusyError,
  type RunFilter,
  type RunStatus,
  type RunSummary,
} from '@empire/pipeline'
import { jsonText } from '@empire/record'
import { createSession, giveBack } from './create-session.ts'
import type { Database, Row } from './database.ts'
import { type Holder, isHeld } from './holder.ts'
import { RunAbandonedError } from './run-abandoned-error.ts'
import { prepareSchema } from './prepare-schema.ts'

const pageSize = 256

/** What a journal shares with those it works for. */
export interface JournalParts {
  readonly database: Database
  readonly holder: Holder
  /** Makes the tables when it is first used, and closes the database. */
  readonly isOwner: boolean
  /** How often a run is taken before it is given up. Default: as often as you like. */
  readonly maxAttempts?: number | undefined
}

/** A journal in that database, whose sessions last as long as the holder gives signs of life. */
export function journalOn({ database, holder, isOwner, maxAttempts = Infinity }: JournalParts): Journal {
  const { schema } = database
  const sessions = new Set<JournalSession>()
  let preparing: Promise<void> | undefined
  let end: Promise<void> | undefined

  async function prepare(): Promise<void> {
    if (!isOwner) return
    // What failed is tried again.
    await (preparing ??= prepareSchema(database).catch((error: unknown) => {
      preparing = undefined
      throw error
    }))
  }

  async function readEntries(runId: string): Promise<JournalEntry[]> {
    const { rows } = await database.query<{ text: string }>(
      `SELECT text FROM ${schema}.pipeline_entries WHERE run_id = $1 ORDER BY number`,
      [runId],
    )
    return rows.map(({ text }) => JSON.parse(text) as JournalEntry)
  }

  async function close(): Promise<void> {
    await Promise.all([...sessions].map((session) => session.release()))
    await holder.stop()
    if (isOwner) await database.close()
  }

  return Object.freeze<Journal>({
    async open(run) {
      await prepare()
      await holder.start()
      const sessionId = crypto.randomUUID()
      const taken = await take(database, run, sessionId, holder).catch(async (error: unknown) => {
        // It may have been taken all the same: an answer can be lost on its way.
        if (!EmpireError.isInstance(error)) await giveBack(database, run.runId, sessionId, holder)
        throw error
      })
      if (taken.attempts > maxAttempts) {
        await giveBack(database, run.runId, sessionId, holder)
        throw new RunAbandonedError({ ...taken.run, attempts: taken.attempts - 1 }, 'no-end')
      }
      const entries = await readEntries(run.runId).catch(async (error: unknown) => {
        await giveBack(database, run.runId, sessionId, holder)
        throw error
      })
      const onRelease = (): void => void sessions.delete(session)
      const session = createSession(database, holder, { run: taken.run, entries, sessionId, onRelease })
      sessions.add(session)
      return session
    },
    async read(runId) {
      await prepare()
      // One statement, for a run goes on while it is read.
      const { rows } = await database.query<{ run: string; text: string | null }>(
        `SELECT run, text FROM ${schema}.pipeline_runs r LEFT JOIN ${schema}.pipeline_entries e USING (run_id)
         WHERE run_id = $1 AND r.state <> 'queued' ORDER BY e.number`,
        [runId],
      )
      const [first] = rows
      if (first === undefined) return undefined
      const texts = rows.flatMap(({ text }) => text ?? [])
      return {
        run: JSON.parse(first.run) as JournalRun,
        entries: texts.map((text) => JSON.parse(text) as JournalEntry),
      }
    },
    async *list(filter = {}) {
      expectRunFilter(filter)
      await prepare()
      yield* listRuns(database, filter)
    },
    async remove(runId) {
      await prepare()
      // One of a deployment is known to its queue: that is for purge().
      const { rowCount } = await database.query(
        `WITH removed AS (
           DELETE FROM ${schema}.pipeline_runs r WHERE run_id = $1 AND queue IS NULL AND NOT ${isHeld(schema, 'r', '$2')}
           RETURNING run_id
         ), entries AS (
           DELETE FROM ${schema}.pipeline_entries e USING removed WHERE e.run_id = removed.run_id
         )
         SELECT FROM removed`,
        [runId, [...holder.lost]],
      )
      if (rowCount === 1) return true
      const { rowCount: held } = await database.query(
        `SELECT FROM ${schema}.pipeline_runs WHERE run_id = $1 AND queue IS NULL`,
        [runId],
      )
      if (held === 1) throw new RunBusyError(runId)
      return false
    },
    close: () => (end ??= close()),
  })
}

/** Makes the run this session's, in one statement: it has a row of one holder, or of nobody, or none. */
async function take(
  { query, schema }: Database,
  run: JournalRun,
  sessionId: string,
  holder: Holder,
): Promise<{ readonly run: JournalRun; readonly attempts: number }> {
  const { runId, pipeline, at } = run
  const { rows } = await query<{ run: string; attempts: number }>(
    `INSERT INTO ${schema}.pipeline_runs AS r (run_id, pipeline, at, state, run, session, holder, attempts)
     VALUES ($1, $2, $3, 'begun', $4, $5, $6, 1)
     ON CONFLICT (run_id) DO UPDATE SET session = excluded.session, holder = excluded.holder,
       attempts = r.attempts + CASE WHEN r.session = ANY ($7) THEN 0 ELSE 1 END
     WHERE NOT ${isHeld(schema, 'r', '$7')}
     RETURNING run, attempts`,
    [runId, pipeline, at, jsonText(run), sessionId, holder.id, [...holder.lost]],
  )
  const [taken] = rows
  if (taken !== undefined) return { run: JSON.parse(taken.run) as JournalRun, attempts: taken.attempts }
  const { rows: held } = await query<{ left: number }>(
    `SELECT extract(epoch FROM expires - clock_timestamp())::float8 * 1000 AS left
     FROM ${schema}.pipeline_runs JOIN ${schema}.pipeline_holders USING (holder) WHERE run_id = $1`,
    [runId],
  )
  throw new RunBusyError(runId, { retryAfter: Math.max(0, Math.ceil(held[0]?.left ?? 0)) })
}

interface ListedRow extends Row {
  readonly number: string
  readonly run_id: string
  readonly pipeline: string
  readonly at: number
  readonly status: RunStatus
}

async function* listRuns({ query, schema }: Database, { pipeline, status }: RunFilter): AsyncGenerator<RunSummary> {
  let last: string | null = null
  for (;;) {
    const { rows }: { rows: ListedRow[] } = await query<ListedRow>(
      `SELECT number, run_id, pipeline, at, status FROM ${schema}.pipeline_runs
       WHERE state <> 'queued' AND ($1::bigint IS NULL OR number < $1)
         AND ($2::text IS NULL OR pipeline = $2) AND ($3::text IS NULL OR status = $3)
       ORDER BY number DESC LIMIT ${pageSize}`,
      [last, pipeline ?? null, status ?? null],
    )
    for (const row of rows) {
      yield { runId: row.run_id, pipeline: row.pipeline, at: row.at, status: row.status }
      last = row.number
    }
    if (rows.length < pageSize) return
  }
}
