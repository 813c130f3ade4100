import { DBOS, DBOSClient } from '@dbos-inc/dbos-sdk'
import { createDbosLogger } from './dbos-logger.ts'
import type { Database } from './database.ts'

/** The names by which workers know what is in the queues of DBOS. All workers have the same, whatever they were deployed with. */
export const names = { application: 'pipelines', version: 'pipelines', run: 'pipeline', schedule: 'schedule' } as const

/** What the workflows of a worker do. */
export interface DbosWorkflows {
  run(runId: string, pipeline: string): Promise<void>
  schedule(at: Date, schedule: string): Promise<void>
}

/** What starts, asks and schedules: in workers, and where nothing is worked on. */
export async function createDbosClient(database: Database): Promise<DBOSClient> {
  return DBOSClient.create({
    systemDatabaseUrl: database.url,
    systemDatabasePool: database.pool,
    systemDatabaseSchemaName: database.schema.slice(1, -1),
    applicationName: names.application,
    logger: createDbosLogger(database),
  })
}

/** Whether DBOS has its tables. */
export async function hasDbosTables({ query, schema }: Database): Promise<boolean> {
  const { rows } = await query<{ ready: boolean }>('SELECT to_regclass($1) IS NOT NULL AS ready', [`${schema}.queues`])
  return rows[0]?.ready === true
}

/** Makes the tables of DBOS. To launch it for that is the way that says nothing on the console. */
export async function migrateDbos(database: Database): Promise<void> {
  const workflows = { run: async () => {}, schedule: async () => {} }
  await launchDbos(database, { executorId: 'migration', queues: [], workflows })
  await stop()
}

/**
 * Begins to work on what is in the queues. DBOS is there once per process.
 *
 * @returns Ends it. `isIdle`: nothing is suspended, so DBOS soon has written what has ended.
 */
export async function launchDbos(
  database: Database,
  options: { readonly executorId: string; readonly queues: readonly string[]; readonly workflows: DbosWorkflows },
): Promise<(options?: { readonly isIdle?: boolean }) => Promise<void>> {
  const { executorId, queues, workflows } = options
  DBOS.registerWorkflow((runId: string, pipeline: string) => workflows.run(runId, pipeline), {
    name: names.run,
    // How often is up to us: DBOS would leave the run to nobody.
    maxRecoveryAttempts: 1_000_000,
  })
  DBOS.registerWorkflow((at: Date, schedule: string) => workflows.schedule(at, schedule), { name: names.schedule })
  DBOS.setConfig({
    name: names.application,
    applicationVersion: names.version,
    executorID: executorId,
    systemDatabaseUrl: database.url,
    systemDatabasePool: database.pool,
    systemDatabaseSchemaName: database.schema.slice(1, -1),
    logger: createDbosLogger(database),
    useListenNotify: false,
    listenQueues: [...queues],
  })
  try {
    await database.exclusively('launch', () => DBOS.launch())
    return stop
  } catch (error) {
    await stop()
    throw error
  }
}

/**
 * Milliseconds for DBOS to write what has ended. Without it others look at those runs again, and see that they have ended. It also waits
 * for what it has taken up since.
 */
const patience = 500

async function stop({ isIdle = false }: { readonly isIdle?: boolean } = {}): Promise<void> {
  await DBOS.shutdown({ deregister: true, ...(isIdle && { workflowCompletionTimeoutMS: patience }) })
}

/** Whether DBOS is at work in this process. */
export function isDbosLaunched(): boolean {
  return DBOS.isInitialized()
}
