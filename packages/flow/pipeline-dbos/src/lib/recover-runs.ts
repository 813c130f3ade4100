import type { Database } from './database.ts'
import { pipelineDbosEvents } from './pipeline-dbos-events.ts'

/**
 * Puts back into their queues the runs whose worker has ended. Of several workers that do so at once, one does.
 *
 * It does what `resumeWorkflows` of DBOS does, which has no end while the database is away.
 */
export async function recoverRuns(database: Database): Promise<void> {
  const { schema } = database
  await database.transaction(async (connection) => {
    const { rows } = await connection.query<{ locked: boolean }>(
      'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS locked',
      [`empire recovery ${schema}`],
    )
    if (rows[0]?.locked !== true) return
    // What somebody is just writing to has a worker. Holders are there before they work, so none is missing here.
    const { rowCount } = await connection.query(
      `UPDATE ${schema}.workflow_status SET status = 'ENQUEUED', owner_xid = NULL, recovery_attempts = 0,
         queue_name = coalesce(queue_name, '_dbos_internal_queue'), started_at_epoch_ms = NULL, completed_at = NULL,
         updated_at = (extract(epoch FROM clock_timestamp()) * 1000)::bigint
       WHERE workflow_uuid IN (
         SELECT workflow_uuid FROM ${schema}.workflow_status w WHERE status = 'PENDING' AND NOT EXISTS (
           SELECT FROM ${schema}.pipeline_holders h WHERE h.holder = w.executor_id AND h.expires > clock_timestamp()
         ) FOR UPDATE SKIP LOCKED
       )`,
    )
    if (rowCount !== null && rowCount > 0) pipelineDbosEvents.recovered.publish({ runs: rowCount })
    // The signs of life of those who ended long ago.
    await connection.query(
      `DELETE FROM ${schema}.pipeline_holders WHERE expires < clock_timestamp() - interval '1 day'`,
    )
  })
}
