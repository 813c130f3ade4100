import { abortable, onAbort } from '@empire/clock'
import type { DBOSClient } from '@dbos-inc/dbos-sdk'
import { describeValue, EmpireError } from '@empire/errors'
import { expectJson, type JournalRun, RunNotFoundError } from '@empire/pipeline'
import { contentHash } from '@empire/record'
import type { AnyPipeline } from './any-pipeline.ts'
import type { Database } from './database.ts'
import { names } from './dbos-runtime.ts'
import { type DeploySettings, hint } from './deploy-options.ts'
import type { CancelOptions, Deployment, StartedRun, StartOptions, WaitOptions } from './deployment.ts'
import { expectKnown, expectMilliseconds, expectName, expectObject } from './expect-option.ts'
import { createHolder } from './holder.ts'
import { journalOn } from './journal-on.ts'
import { type Outcome, settle } from './outcome.ts'
import { defaultQueue } from './queue-options.ts'
import { registerQueues } from './register-queues.ts'
import { RunTable } from './run-table.ts'
import { RunWatcher } from './run-watcher.ts'
import { createScheduler } from './scheduler.ts'
import { startWorker } from './start-worker.ts'
import { UnsupportedError } from './unsupported-error.ts'

interface DeploymentParts {
  readonly settings: DeploySettings
  readonly database: Database
  readonly client: DBOSClient
  readonly tearDown: () => Promise<void>
}

const greatestPriority = 2_147_483_647

/** The deployment on a database that is prepared, with its worker if it has one. */
export async function createDeployment(parts: DeploymentParts): Promise<Deployment> {
  const { settings, database, client, tearDown } = parts
  const { pipelines, queues, clock, pollInterval } = settings
  const closing = new AbortController()
  const { signal: closed } = closing
  const table = new RunTable(database)
  const watcher = new RunWatcher(table, database, { clock, interval: pollInterval, signal: closed })
  const holder = createHolder(database, settings)
  const reader = journalOn({ database, holder, isOwner: false })
  const scheduler = createScheduler(client, start)
  const workerParts = { settings, database, client, table, watcher, holder, scheduler, signal: closed }
  const stopWorker = settings.work.length > 0 ? await startWorker(workerParts) : undefined
  await registerQueues(client, settings)
  let end: Promise<void> | undefined

  async function start(pipeline: AnyPipeline, input: unknown, options: StartOptions = {}): Promise<StartedRun<never>> {
    const { runId = crypto.randomUUID(), queue = defaultQueue, priority = 0, delay = 0, signal } = options
    closed.throwIfAborted()
    expectDeployed('start', pipeline)
    checkStart(options, queues)
    signal?.throwIfAborted()
    expectJson(input, `The input of pipeline ${JSON.stringify(pipeline.name)}`)
    const { name, shape } = pipeline
    const given = input === undefined ? undefined : { input }
    const run: JournalRun = {
      runId,
      pipeline: name,
      fingerprint: contentHash(shape),
      shape,
      at: clock.now(),
      ...given,
    }
    await database.transaction(async (connection) => {
      const number = await table.start(connection, run, queue)
      if (number === undefined) return
      const enqueueing = {
        queueName: queue,
        workflowName: names.run,
        workflowID: workflowIdOf(runId, number),
        appVersion: names.version,
        priority,
        ...(delay > 0 && { delaySeconds: delay / 1000 }),
        attributes: { pipeline: name, runId },
      }
      await client.enqueueInTransaction(connection, enqueueing, runId, name)
    })
    return {
      runId,
      result: async (wait) => (await result(runId, wait)) as never,
      cancel: (cancelOptions) => cancel(runId, cancelOptions),
    }
  }

  async function result(runId: string, { signal }: WaitOptions = {}) {
    closed.throwIfAborted()
    signal?.throwIfAborted()
    const outcome = Promise.withResolvers<Outcome>()
    // It may be rejected before it is waited for, and after.
    outcome.promise.catch(() => {})
    const unwatch = watcher.watch(runId, { onOutcome: outcome.resolve })
    const stopListening = onAbort(closed, () => outcome.reject(closed.reason))
    try {
      if (!(await table.has(runId))) throw new RunNotFoundError(runId)
      return settle(await abortable(outcome.promise, signal))
    } finally {
      unwatch()
      stopListening()
    }
  }

  async function cancel(runId: string, { reason }: CancelOptions = {}): Promise<void> {
    closed.throwIfAborted()
    const number = await table.cancel(runId, reason)
    // It has ended already; this takes it out of the queue.
    if (number !== undefined) await database.track(client.cancelWorkflow(workflowIdOf(runId, number)))
  }

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

  async function close(): Promise<void> {
    closing.abort(new DOMException('The deployment was closed.', 'AbortError'))
    try {
      await stopWorker?.()
      await watcher.settled()
      await reader.close()
    } finally {
      await tearDown()
    }
  }

  return Object.freeze<Deployment>({
    start: start as Deployment['start'],
    result,
    cancel,
    async run(pipeline, input, { runId, signal, onEvent } = {}) {
      if (onEvent !== undefined) {
        throw new UnsupportedError('"onEvent"', 'Subscribe to pipelineEvents in the workers, or read the journal.')
      }
      const started = await start(pipeline, input, { runId, signal })
      const cancelling = Promise.withResolvers<never>()
      const stopListening =
        signal && onAbort(signal, () => void started.cancel().catch((error: unknown) => cancelling.reject(error)))
      try {
        return await Promise.race([started.result(), cancelling.promise])
      } catch (error) {
        if (signal?.aborted === true && EmpireError.isInstance(error) && error.code === 'run_cancelled') {
          throw signal.reason
        }
        throw error
      } finally {
        stopListening?.()
      }
    },
    list: (filter = {}) => table.list(filter),
    read: async (runId) => reader.read(runId),
    async schedule(name, pipeline, options) {
      closed.throwIfAborted()
      expectDeployed('schedule', pipeline)
      await database.track(scheduler.add(name, pipeline, options as never))
    },
    unschedule: async (name) => database.track(scheduler.remove(name)),
    close: () => (end ??= close()),
  })
}

/** Each start of a run is a workflow of its own. */
function workflowIdOf(runId: string, start: number): string {
  return `run:${start}:${runId}`
}

function checkStart(options: StartOptions, queues: ReadonlyMap<string, unknown>): void {
  expectObject('start: "options"', options)
  expectKnown('start', options, ['runId', 'queue', 'priority', 'delay', 'signal'])
  const { runId, queue, priority, delay } = options
  if (runId !== undefined) expectName('start: "runId"', runId)
  if (queue !== undefined && !queues.has(queue)) {
    throw new TypeError(
      `start: there is no queue ${JSON.stringify(queue)} in this deployment.${hint(String(queue), queues)}`,
    )
  }
  if (priority !== undefined && !(Number.isInteger(priority) && priority >= 0 && priority <= greatestPriority)) {
    throw new TypeError(
      `start: "priority" must be a whole number from 0 to ${greatestPriority}, got ${describeValue(priority)}.`,
    )
  }
  if (delay !== undefined) expectMilliseconds('start: "delay"', delay)
}
