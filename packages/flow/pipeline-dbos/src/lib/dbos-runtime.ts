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

/** Makes the tables of DBOS, where nobody has yet. */
export async function migrateDbos(database: Database): Promise<void> {
  const { rows } = await database.query<{ ready: boolean }>('SELECT to_regclass($1) IS NOT NULL AS ready', [
    `${database.schema}.queues`,
  ])
  if (rows[0]?.ready !== true) await DBOS.migrate(database.url, { schemaName: database.schema.slice(1, -1) })
}

/**
 * Begins to work on what is in the queues. DBOS is there once per process.
 *
 * @returns Ends it.
 */
export async function launchDbos(
  database: Database,
  options: { readonly executorId: string; readonly queues: readonly string[]; readonly workflows: DbosWorkflows },
): Promise<() => Promise<void>> {
  const { executorId, queues, workflows } = options
  const stop = (): Promise<void> => DBOS.shutdown({ deregister: true })
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
    await DBOS.launch()
    return stop
  } catch (error) {
    await stop()
    throw error
  }
}

/** Whether DBOS is at work in this process. */
export function isDbosLaunched(): boolean {
  return DBOS.isInitialized()
}
