import type { Database } from './database.ts'

/** Makes the tables that are missing. Of several processes that do so at once, one does. */
export async function prepareSchema(database: Database): Promise<void> {
  const { schema } = database
  const { rows } = await database.query<{ ready: boolean }>(`SELECT to_regclass($1) IS NOT NULL AS ready`, [
    `${schema}.pipeline_entries`,
  ])
  if (rows[0]?.ready === true) return
  await database.exclusively('tables', () =>
    database.query(`
      CREATE SCHEMA IF NOT EXISTS ${schema};
      -- Who may have runs: a worker, or a journal by itself.
      CREATE TABLE IF NOT EXISTS ${schema}.pipeline_holders (
        holder text PRIMARY KEY,
        expires timestamptz NOT NULL
      );
      CREATE TABLE IF NOT EXISTS ${schema}.pipeline_runs (
        run_id text PRIMARY KEY,
        number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        pipeline text NOT NULL,
        at double precision NOT NULL,
        -- As the journal has it.
        status text NOT NULL DEFAULT 'running',
        -- queued: nobody has begun it. stopped: it has an outcome without an end, and may be started again.
        state text NOT NULL CHECK (state IN ('queued', 'begun', 'ended', 'stopped')),
        run text NOT NULL,
        session text,
        holder text,
        queue text,
        attempts integer NOT NULL DEFAULT 0,
        starts integer NOT NULL DEFAULT 1,
        cancelled text,
        outcome text
      );
      CREATE INDEX IF NOT EXISTS pipeline_runs_by_pipeline ON ${schema}.pipeline_runs (pipeline, number);
      CREATE INDEX IF NOT EXISTS pipeline_runs_by_status ON ${schema}.pipeline_runs (status, number);
      CREATE TABLE IF NOT EXISTS ${schema}.pipeline_entries (
        run_id text NOT NULL,
        number integer NOT NULL,
        text text NOT NULL,
        PRIMARY KEY (run_id, number)
      );`),
  )
}
