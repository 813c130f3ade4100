import type { DBOSClient } from '@dbos-inc/dbos-sdk'
import { describeValue, expectKnownKeys } from '@empire/errors'
import { expectJson, type JournalRun } from '@empire/pipeline'
import { contentHash } from '@empire/record'
import type { AnyPipeline } from './any-pipeline.ts'
import { type Database, reached } from './database.ts'
import { names } from './dbos-runtime.ts'
import { type DeploySettings, hint } from './deploy-options.ts'
import type { StartOptions } from './deployment.ts'
import { expectMilliseconds, expectName, expectObject } from './expect-option.ts'
import { defaultQueue } from './queue-options.ts'
import type { RunTable } from './run-table.ts'

/** Where runs wait for a worker. */
export interface RunQueue {
  /** Durable when it resolves. @returns The id of the run. */
  put(pipeline: AnyPipeline, input: unknown, options?: StartOptions): Promise<string>
  /** Asks that a run be stopped, and takes it out if nobody has begun it. */
  cancel(runId: string, reason: string | undefined): Promise<void>
  /** @throws {TypeError} For what is no pipeline of this deployment, and for options that are none. */
  check(where: string, pipeline: AnyPipeline, options: StartOptions): void
}

interface RunQueueParts {
  readonly settings: DeploySettings
  readonly database: Database
  readonly client: DBOSClient
  readonly table: RunTable
}

const greatestPriority = 2_147_483_647

/** Runs in our table, and for each start of one a workflow of DBOS: both or none. */
export function createRunQueue({ settings, database, client, table }: RunQueueParts): RunQueue {
  const { pipelines, queues, clock } = settings

  function expectDeployed(where: string, pipeline: AnyPipeline): void {
    const name: unknown = pipeline?.name
    if (typeof name !== 'string') {
      throw new TypeError(`${where}: "pipeline" must be a pipeline, got ${describeValue(pipeline)}.`)
    }
    const deployed = pipelines.get(name)
    if (deployed === pipeline) return
    const what =
      deployed === undefined
        ? `there is no pipeline "${name}" in this deployment.${hint(name, pipelines)}`
        : `this deployment has another pipeline "${name}". Pass the one that was deployed.`
    throw new TypeError(`${where}: ${what}`)
  }

  function check(where: string, pipeline: AnyPipeline, options: StartOptions): void {
    expectDeployed(where, pipeline)
    checkStart(where, options, queues)
  }

  return {
    check,
    async put(pipeline, input, options = {}) {
      check('start', pipeline, options)
      const { runId = crypto.randomUUID(), queue = defaultQueue, priority = 0, delay = 0, signal } = options
      signal?.throwIfAborted()
      const { name, shape } = pipeline
      expectJson(input, `The input of pipeline ${JSON.stringify(name)}`)
      const run = { runId, pipeline: name, fingerprint: contentHash(shape), shape, at: clock.now() }
      const given: JournalRun = input === undefined ? run : { ...run, input }
      const putting = database.transaction(async (connection) => {
        const start = await table.start(connection, given, queue)
        if (start === undefined) return
        const enqueueing = {
          queueName: queue,
          workflowName: names.run,
          workflowID: workflowIdOf(runId, start),
          appVersion: names.version,
          priority,
          ...(delay > 0 && { delaySeconds: delay / 1000 }),
          attributes: { pipeline: name, runId },
        }
        await client.enqueueInTransaction(connection, enqueueing, runId, name)
      })
      await reached(database, putting)
      return runId
    },
    async cancel(runId, reason) {
      const start = await table.cancel(runId, reason)
      // It has ended by now.
      if (start !== undefined) await database.track(client.cancelWorkflow(workflowIdOf(runId, start)))
    },
  }
}

/** Each start of a run is a workflow of its own. */
function workflowIdOf(runId: string, start: number): string {
  return `run:${start}:${runId}`
}

function checkStart(where: string, options: StartOptions, queues: ReadonlyMap<string, unknown>): void {
  expectObject(`${where}: "options"`, options)
  expectKnownKeys(`${where}: "options"`, options, ['runId', 'queue', 'priority', 'delay', 'signal'])
  const { runId, queue, priority, delay } = options
  if (runId !== undefined) expectName(`${where}: "runId"`, runId)
  if (queue !== undefined && !queues.has(queue)) {
    const asked = JSON.stringify(queue)
    throw new TypeError(`${where}: there is no queue ${asked} in this deployment.${hint(String(queue), queues)}`)
  }
  if (priority !== undefined && !(Number.isInteger(priority) && priority >= 0 && priority <= greatestPriority)) {
    throw new TypeError(
      `${where}: "priority" must be a whole number from 0 to ${greatestPriority}, got ${describeValue(priority)}.`,
    )
  }
  if (delay !== undefined) expectMilliseconds(`${where}: "delay"`, delay)
}
