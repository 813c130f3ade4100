import type { DBOSClient } from '@dbos-inc/dbos-sdk'
import { abortable } from '@empire/clock'
import { expectKnownKeys } from '@empire/errors'
import { type Database, reached } from './database.ts'
import { names } from './dbos-runtime.ts'
import type { PurgeOptions } from './deployment.ts'
import { expectMilliseconds, expectObject } from './expect-option.ts'

/** Of one transaction, so that none lasts long. */
const batchSize = 500

/** Milliseconds for which what a schedule has started is known, for the workers that have yet to come to that time. */
const scheduleMemory = 3_600_000

const nowMilliseconds = '(extract(epoch FROM now()) * 1000)'

/** Removes runs that have ended, and the workflows of all their starts. @returns How many runs. */
export async function purgeRuns(database: Database, client: DBOSClient, options: PurgeOptions): Promise<number> {
  expectObject('purge: "options"', options)
  expectKnownKeys('purge: "options"', options, ['olderThan', 'signal'])
  const { olderThan, signal } = options
  expectMilliseconds('purge: "olderThan"', olderThan)
  for (let purged = 0; ;) {
    signal?.throwIfAborted()
    const batch = await abortable(reached(database, purgeBatch(database, client, olderThan)), signal)
    if (batch === undefined) return purged
    purged += batch
  }
}

/** @returns How many runs; `undefined` when nothing was left. */
async function purgeBatch(database: Database, client: DBOSClient, olderThan: number): Promise<number | undefined> {
  const workflows = await findEnded(database, olderThan)
  if (workflows.length === 0) return undefined
  const purged = await removeRuns(database, workflows)
  // Last, for by them the rest is found again if this ends between.
  await database.track(client.deleteWorkflows(workflows))
  return purged
}

/** By their workflows, which know when they ended. Those by which a rate is counted stay. */
async function findEnded({ query, schema }: Database, olderThan: number): Promise<string[]> {
  const { rows } = await query<{ id: string }>(
    `SELECT workflow_uuid AS id FROM ${schema}.workflow_status w LEFT JOIN ${schema}.queues q ON q.name = w.queue_name
     WHERE completed_at <= ${nowMilliseconds} - $1::float8
       AND (w.name = $2 OR w.name = $3 AND completed_at <= ${nowMilliseconds} - $4::float8)
       AND NOT (rate_limited AND started_at_epoch_ms > ${nowMilliseconds} - coalesce(rate_limit_period_sec, 0) * 1000)
     ORDER BY completed_at LIMIT ${batchSize}`,
    [olderThan, names.run, names.schedule, scheduleMemory],
  )
  return rows.map(({ id }) => id)
}

async function removeRuns({ query, schema }: Database, workflows: readonly string[]): Promise<number> {
  const { rows } = await query<{ count: number }>(
    `WITH ended AS (
       SELECT attributes->>'runId' AS run_id, workflow_uuid FROM ${schema}.workflow_status WHERE workflow_uuid = ANY ($1)
     ), runs AS (
       DELETE FROM ${schema}.pipeline_runs r USING ended
       WHERE r.run_id = ended.run_id AND r.state = 'ended' AND workflow_uuid = 'run:' || r.starts || ':' || r.run_id
       RETURNING r.run_id
     ), entries AS (
       DELETE FROM ${schema}.pipeline_entries e USING runs WHERE e.run_id = runs.run_id
     )
     SELECT count(*)::int AS count FROM runs`,
    [workflows],
  )
  return rows[0]?.count ?? 0
}
