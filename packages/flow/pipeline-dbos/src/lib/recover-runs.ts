import type { DBOSClient } from '@dbos-inc/dbos-sdk'
import type { Database } from './database.ts'
import { pipelineDbosEvents } from './pipeline-dbos-events.ts'

/** Puts back into their queues the runs whose worker has ended. Of several workers that do so at once, one does. */
export async function recoverRuns(database: Database, client: DBOSClient): Promise<void> {
  const { schema } = database
  // The lock lasts as long as the transaction, in which nothing else happens.
  await database.transaction(async (connection) => {
    const { rows } = await connection.query<{ locked: boolean }>(
      'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS locked',
      [`empire recovery ${schema}`],
    )
    if (rows[0]?.locked !== true) return
    // Asked for before the holders, who are there before they work.
    const pending = await client.listWorkflows({ status: 'PENDING', loadInput: false, loadOutput: false })
    if (pending.length === 0) return
    const { rows: live } = await connection.query<{ holder: string }>(
      `SELECT holder FROM ${schema}.pipeline_holders WHERE expires > clock_timestamp()`,
    )
    const holders = new Set(live.map(({ holder }) => holder))
    const left = pending.filter(({ executorId }) => executorId === undefined || !holders.has(executorId))
    const byQueue = Map.groupBy(left, ({ queueName }) => queueName)
    for (const [queueName, workflows] of byQueue) {
      const ids = workflows.map(({ workflowID }) => workflowID)
      await client.resumeWorkflows(ids, queueName === undefined ? undefined : { queueName })
    }
    if (left.length > 0) pipelineDbosEvents.recovered.publish({ runs: left.length })
    // The signs of life of those who ended long ago.
    await connection.query(
      `DELETE FROM ${schema}.pipeline_holders WHERE expires < clock_timestamp() - interval '1 day'`,
    )
  })
}
