import { abortable } from '@empire/clock'
import type { DBOSClient } from '@dbos-inc/dbos-sdk'
import type { AnyPipeline } from './any-pipeline.ts'
import { createDatabase, type Database, unavailable } from './database.ts'
import { createDbosClient, hasDbosTables, migrateDbos } from './dbos-runtime.ts'
import { EmpireError } from '@empire/errors'
import { checkDeployOptions, type DeployOptions } from './deploy-options.ts'
import type { Deployment } from './deployment.ts'
import { createDeployment } from './create-deployment.ts'
import { prepareSchema } from './prepare-schema.ts'
import { claimProcess } from './start-worker.ts'

/**
 * Deploys pipelines on a database: this process starts runs, and works on them unless told otherwise. Deploy the same pipelines in
 * as many processes as you like.
 *
 * A process works for one deployment at a time.
 *
 * @throws {TypeError} When an option is not what it has to be, or this process works for another deployment.
 * @throws {DatabaseUnavailableError} When PostgreSQL does not answer or lets nobody in.
 */
export async function deploy(pipelines: readonly AnyPipeline[], options: DeployOptions): Promise<Deployment> {
  const settings = checkDeployOptions(pipelines, options)
  const { signal, work, databaseUrl, schema, connections } = settings
  signal?.throwIfAborted()
  const database = createDatabase('deploy', { databaseUrl, schema, connections })
  const isWorker = work.length > 0
  const giveUpProcess = isWorker ? claimProcess() : () => {}
  let client: DBOSClient | undefined
  let tearingDown: Promise<void> | undefined
  const tearDown = (): Promise<void> => (tearingDown ??= tearDownOnce())
  const building = build()
  try {
    return await abortable(building, signal)
  } catch (error) {
    if (signal?.aborted === true) {
      // Nobody waits for it any more, and the database may never answer.
      database.cut()
      void building.then(
        (deployment) => deployment.close(),
        () => {},
      )
    }
    throw error
  }

  async function tearDownOnce(): Promise<void> {
    try {
      await client?.destroy()
      await database.close()
    } finally {
      giveUpProcess()
    }
  }

  async function build(): Promise<Deployment> {
    try {
      await prepareSchema(database)
      await makeDbosTables(database, isWorker)
      client = await createDbosClient(database)
      return await createDeployment({ settings, database, client, tearDown })
    } catch (error) {
      await tearDown()
      throw EmpireError.isInstance(error) ? error : unavailable(database, error)
    }
  }
}

/** Before a worker begins, so that its queues are there: DBOS looks for others once a second. */
async function makeDbosTables(database: Database, isWorker: boolean): Promise<void> {
  // Whoever is just making them is waited for.
  if (await database.exclusively('launch', () => hasDbosTables(database))) return
  const giveUpProcess = isWorker ? () => {} : claimProcess()
  try {
    await migrateDbos(database)
  } finally {
    giveUpProcess()
  }
}
