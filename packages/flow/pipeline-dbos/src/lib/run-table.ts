import {
  expectRunFilter,
  type JournalRun,
  RunInputChangedError,
  RunNotFoundError,
  type RunStatus,
} from '@empire/pipeline'
import { canonicalJson } from '@empire/record'
import type { PoolClient } from 'pg'
import type { Database, Row } from './database.ts'
import { type Holder, isHeld } from './holder.ts'
import { type Outcome, storeFailure } from './outcome.ts'
import { OtherPipelineError } from './other-pipeline-error.ts'
import { RunCancelledError } from './run-cancelled-error.ts'

/** A run that a worker takes up. */
export interface BegunRun {
  readonly run: JournalRun
  /** Why it was cancelled. */
  readonly cancelled: RunCancelledError | undefined
}

/** What is new of a run that somebody watches. */
export interface WatchedRun {
  readonly runId: string
  readonly cancelled: RunCancelledError | undefined
  readonly outcome: Outcome | undefined
}

/** Which runs to list. Default: all. */
export interface DeployedRunFilter {
  /** The name of the pipeline. */
  readonly pipeline?: string | undefined
  readonly status?: DeployedRunStatus | undefined
}

/** `queued`: no worker has begun it. `stopped`: it was refused or given up before its end; to start it again goes on with it. */
export type DeployedRunStatus = RunStatus | 'queued' | 'stopped'

/** A deployed run in a list. */
export interface DeployedRunSummary {
  readonly runId: string
  readonly pipeline: string
  readonly queue: string
  /** When it was started, in milliseconds since the epoch. */
  readonly at: number
  readonly status: DeployedRunStatus
}

const pageSize = 256

interface ListedRow extends Row, DeployedRunSummary {
  readonly number: string
}

/** Where deployments keep their runs: beside the journal, in its table. */
export class RunTable {
  readonly #database: Database
  readonly #runs: string

  constructor(database: Database) {
    this.#database = database
    this.#runs = `${database.schema}.pipeline_runs`
  }

  /**
   * Writes a new run, or prepares one that has stopped to go on.
   *
   * @returns Which start of this run it is; `undefined` if it needs none, for it was started before.
   * @throws {RunInputChangedError | OtherPipelineError} When there is another run of that id.
   */
  async start(client: PoolClient, run: JournalRun, queue: string): Promise<number | undefined> {
    const { runId, pipeline, at } = run
    const { rowCount } = await client.query(
      `INSERT INTO ${this.#runs} (run_id, pipeline, at, state, run, queue) VALUES ($1, $2, $3, 'queued', $4, $5)
       ON CONFLICT (run_id) DO NOTHING`,
      [runId, pipeline, at, JSON.stringify(run), queue],
    )
    if (rowCount === 1) return 1
    const { rows } = await client.query<{ run: string; state: string; pipeline: string }>(
      `SELECT run, state, pipeline FROM ${this.#runs} WHERE run_id = $1 FOR UPDATE`,
      [runId],
    )
    const [there] = rows
    if (there === undefined) throw new RunNotFoundError(runId)
    if (there.pipeline !== pipeline) throw new OtherPipelineError(runId, there.pipeline, pipeline)
    const { input } = JSON.parse(there.run) as JournalRun
    if (canonicalJson({ input }) !== canonicalJson({ input: run.input }))
      throw new RunInputChangedError(pipeline, runId)
    if (there.state !== 'stopped') return undefined
    const { rows: restarted } = await client.query<{ starts: number }>(
      `UPDATE ${this.#runs} SET state = 'begun', queue = $2, outcome = NULL, cancelled = NULL, attempts = 0, starts = starts + 1
       WHERE run_id = $1 RETURNING starts`,
      [runId, queue],
    )
    return restarted[0]?.starts
  }

  /** For the worker that takes a run up; `undefined` if it has an outcome. `define` is called for one that nobody has begun. */
  async begin(runId: string, define: (run: JournalRun) => JournalRun): Promise<BegunRun | undefined> {
    for (;;) {
      const { rows } = await this.#database.query<{ run: string; state: string; cancelled: string | null }>(
        `SELECT run, state, cancelled FROM ${this.#runs} WHERE run_id = $1 AND outcome IS NULL`,
        [runId],
      )
      const [row] = rows
      if (row === undefined) return undefined
      const run = JSON.parse(row.run) as JournalRun
      const cancelled = reviveCancelled(runId, row.cancelled)
      if (row.state !== 'queued') return { run, cancelled }
      const defined = define(run)
      const { rowCount } = await this.#database.query(
        // Those that had not its pipeline are no attempts of those that have.
        `UPDATE ${this.#runs} SET state = 'begun', run = $2, attempts = 0 WHERE run_id = $1 AND state = 'queued'`,
        [runId, JSON.stringify(defined)],
      )
      // If not, it was cancelled between.
      if (rowCount === 1) return { run: defined, cancelled }
    }
  }

  /** Counts an attempt that found no pipeline. @returns How many there were. */
  async countAttempt(runId: string): Promise<number> {
    const { rows } = await this.#database.query<{ attempts: number }>(
      `UPDATE ${this.#runs} SET attempts = attempts + 1 WHERE run_id = $1 RETURNING attempts`,
      [runId],
    )
    return rows[0]?.attempts ?? 0
  }

  /** Keeps how a run came out, unless somebody is at it. @returns Whether it has an outcome now. */
  async finish(runId: string, outcome: Outcome, holder: Holder): Promise<boolean> {
    const { rowCount } = await this.#database.query(
      `UPDATE ${this.#runs} SET outcome = coalesce(outcome, $2), state = CASE
         WHEN outcome IS NOT NULL THEN state
         WHEN status IN ('completed', 'failed', 'aborted', 'rollback-incomplete') THEN 'ended'
         ELSE 'stopped' END
       WHERE run_id = $1 AND NOT ${isHeld(this.#database.schema, this.#runs, '$3')}`,
      [runId, JSON.stringify(outcome), [...holder.lost]],
    )
    return rowCount === 1
  }

  /** @returns The number of its start if nobody has begun it and nobody will. @throws {RunNotFoundError} */
  async cancel(runId: string, reason: string | undefined): Promise<number | undefined> {
    const outcome = storeFailure(new RunCancelledError(runId, reason))
    const { rows } = await this.#database.query<{ ended: boolean; starts: number }>(
      `UPDATE ${this.#runs} SET
         cancelled = CASE WHEN outcome IS NULL THEN coalesce(cancelled, $2) ELSE cancelled END,
         status = CASE state WHEN 'queued' THEN 'aborted' ELSE status END,
         outcome = CASE state WHEN 'queued' THEN $3 ELSE outcome END,
         state = CASE state WHEN 'queued' THEN 'ended' ELSE state END
       WHERE run_id = $1 RETURNING outcome = $3 AS ended, starts`,
      [runId, JSON.stringify({ reason }), JSON.stringify(outcome)],
    )
    const [row] = rows
    if (row === undefined) throw new RunNotFoundError(runId)
    return row.ended ? row.starts : undefined
  }

  /** Those of these runs that were cancelled or have an outcome. */
  async watch(runIds: readonly string[]): Promise<WatchedRun[]> {
    const { rows } = await this.#database.query<{ run_id: string; cancelled: string | null; outcome: string | null }>(
      `SELECT run_id, cancelled, outcome FROM ${this.#runs}
       WHERE run_id = ANY($1) AND (outcome IS NOT NULL OR cancelled IS NOT NULL)`,
      [runIds],
    )
    return rows.map(({ run_id: runId, cancelled, outcome }) => ({
      runId,
      cancelled: reviveCancelled(runId, cancelled),
      outcome: outcome === null ? undefined : (JSON.parse(outcome) as Outcome),
    }))
  }

  /** How a run came out; `undefined` if it has not yet. @throws {RunNotFoundError} */
  async outcomeOf(runId: string): Promise<Outcome | undefined> {
    const { rows } = await this.#database.query<{ outcome: string | null }>(
      `SELECT outcome FROM ${this.#runs} WHERE run_id = $1`,
      [runId],
    )
    const [row] = rows
    if (row === undefined) throw new RunNotFoundError(runId)
    return row.outcome === null ? undefined : (JSON.parse(row.outcome) as Outcome)
  }

  /** The runs, the latest first. */
  async *list(filter: DeployedRunFilter): AsyncGenerator<DeployedRunSummary> {
    expectRunFilter(filter, ['queued', 'stopped'])
    const { pipeline, status } = filter
    let last: string | null = null
    for (;;) {
      const { rows }: { rows: ListedRow[] } = await this.#database.query<ListedRow>(
        `SELECT * FROM (
           SELECT number, run_id AS "runId", pipeline, queue, at,
             CASE WHEN state IN ('queued', 'stopped') THEN state ELSE status END AS status
           FROM ${this.#runs} WHERE queue IS NOT NULL AND ($2::text IS NULL OR pipeline = $2)
         ) AS runs
         WHERE ($1::bigint IS NULL OR number < $1) AND ($3::text IS NULL OR status = $3)
         ORDER BY number DESC LIMIT ${pageSize}`,
        [last, pipeline ?? null, status ?? null],
      )
      for (const { number, ...summary } of rows) {
        yield summary
        last = number
      }
      if (rows.length < pageSize) return
    }
  }
}

function reviveCancelled(runId: string, cancelled: string | null): RunCancelledError | undefined {
  if (cancelled === null) return undefined
  return new RunCancelledError(runId, (JSON.parse(cancelled) as { reason?: string }).reason)
}
