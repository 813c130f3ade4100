import {
  type JournalEntry,
  type JournalSession,
  type RunStatus,
  RunTakenOverError,
  statusAfter,
  type StoredRun,
} from '@empire/pipeline'
import { jsonText } from '@empire/record'
import type { Database } from './database.ts'
import type { Holder } from './holder.ts'
import { pipelineDbosEvents } from './pipeline-dbos-events.ts'

interface SessionOptions extends StoredRun {
  readonly sessionId: string
  readonly onRelease: () => void
}

interface Waiting {
  readonly text: string
  readonly status: RunStatus | undefined
  resolve(): void
  reject(reason: unknown): void
}

/** Writes to a run that is taken. Entries that come while one statement is on its way go together with the next. */
export function createSession(
  database: Database,
  holder: Holder,
  { run, entries, sessionId, onRelease }: SessionOptions,
): JournalSession {
  const { runId } = run
  const { schema } = database
  const runs = `${schema}.pipeline_runs`
  let number = entries.length
  let waiting: Waiting[] = []
  let writing: Promise<void> | undefined
  let fault: { readonly reason: unknown } | undefined
  let releasing: Promise<void> | undefined

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      try {
        // oxlint-disable-next-line typescript/only-throw-error -- what was thrown before
        if (fault !== undefined) throw fault.reason
        await store(batch)
        for (const { resolve } of batch) resolve()
      } catch (reason) {
        fault ??= { reason }
        for (const { reject } of batch) reject(reason)
      }
    }
    writing = undefined
  }

  async function store(batch: readonly Waiting[]): Promise<void> {
    const status = batch.findLast((entry) => entry.status !== undefined)?.status
    // The row of the run is locked until the entries are written, so that nobody takes it over between.
    const held =
      status === undefined
        ? `SELECT FROM ${runs} WHERE run_id = $1 AND session = $2 FOR SHARE`
        : `UPDATE ${runs} SET status = $5 WHERE run_id = $1 AND session = $2 RETURNING 1`
    // Prepared: half of the time goes into planning otherwise.
    const { rowCount } = await database.prepared(
      status === undefined ? 'append' : 'append-status',
      `WITH held AS (${held}) INSERT INTO ${schema}.pipeline_entries
       SELECT $1, $3::int + ordinality, text FROM held, unnest($4::text[]) WITH ORDINALITY AS e (text, ordinality)`,
      [runId, sessionId, number, batch.map(({ text }) => text), ...(status === undefined ? [] : [status])],
    )
    if (rowCount !== batch.length) throw new RunTakenOverError(runId)
    number += batch.length
  }

  async function release(): Promise<void> {
    await writing
    onRelease()
    await giveBack(database, runId, sessionId, holder)
  }

  return Object.freeze<JournalSession>({
    run,
    entries,
    append(entry: JournalEntry) {
      if (releasing !== undefined) throw new TypeError(`append: run ${JSON.stringify(runId)} was released already.`)
      return new Promise<void>((resolve, reject) => {
        waiting.push({ text: jsonText(entry), status: statusAfter(entry), resolve, reject })
        writing ??= writeAll()
      })
    },
    release: () => (releasing ??= release()),
  })
}

/**
 * Lets go of a run, unless another has it by now. The run is free also if the database cannot be told. It was no attempt that has ended
 * its worker.
 */
export async function giveBack(database: Database, runId: string, sessionId: string, holder: Holder): Promise<void> {
  try {
    await database.query(
      `UPDATE ${database.schema}.pipeline_runs SET session = NULL, holder = NULL, attempts = attempts - 1
       WHERE run_id = $1 AND session = $2`,
      [runId, sessionId],
    )
  } catch (error) {
    holder.lost.add(sessionId)
    const message = database.clean((error as Error).message)
    pipelineDbosEvents.trouble.publish({ task: 'release', error: new Error(message) })
  }
}
