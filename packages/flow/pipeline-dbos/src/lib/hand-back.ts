import type { Database } from './database.ts'

/**
 * Puts what this worker has taken back into its queue, for whichever worker comes first after a pause of so many milliseconds: DBOS
 * drops what this one says about it then. Until then it takes no place of what can be worked on.
 */
export async function handBack(database: Database, workflowId: string, pause: number): Promise<void> {
  const now = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint'
  await database.query(
    `UPDATE ${database.schema}.workflow_status SET status = 'DELAYED', delay_until_epoch_ms = ${now} + $2::bigint,
       owner_xid = NULL, recovery_attempts = 0, started_at_epoch_ms = NULL, updated_at = ${now}
     WHERE workflow_uuid = $1 AND status = 'PENDING'`,
    [workflowId, pause],
  )
}
