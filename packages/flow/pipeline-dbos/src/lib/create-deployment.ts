import { abortable, callAfter, onAbort } from '@empire/clock'
import type { DBOSClient } from '@dbos-inc/dbos-sdk'
import { describeValue, EmpireError, expectKnownKeys } from '@empire/errors'
import type { AnyPipeline } from './any-pipeline.ts'
import { type Database, reached } from './database.ts'
import type { DeploySettings } from './deploy-options.ts'
import type { CancelOptions, Deployment, StartedRun, StartOptions, WaitOptions } from './deployment.ts'
import { expectName, expectObject } from './expect-option.ts'
import { createHolder } from './holder.ts'
import { journalOn } from './journal-on.ts'
import { type Outcome, settle } from './outcome.ts'
import { purgeRuns } from './purge-runs.ts'
import { registerQueues } from './register-queues.ts'
import { createRunQueue } from './run-queue.ts'
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

/** The deployment on a database that is prepared, with its worker if it has one. */
export async function createDeployment(parts: DeploymentParts): Promise<Deployment> {
  const { settings, database, client, tearDown } = parts
  const { clock, pollInterval } = settings
  const closing = new AbortController()
  const { signal: closed } = closing
  const table = new RunTable(database)
  const watcher = new RunWatcher(table, database, { clock, interval: pollInterval, signal: closed })
  const holder = createHolder(database, settings)
  const reader = journalOn({ database, holder, isOwner: false })
  const queue = createRunQueue({ settings, database, client, table })
  const scheduler = createScheduler(client, queue, clock)
  const workerParts = { settings, database, client, table, watcher, holder, scheduler, signal: closed }
  await registerQueues(client, settings)
  const stopWorker = settings.work.length > 0 ? await startWorker(workerParts) : undefined
  let end: Promise<void> | undefined

  async function start(pipeline: AnyPipeline, input: unknown, options?: StartOptions): Promise<StartedRun<never>> {
    closed.throwIfAborted()
    const runId = await abortable(queue.put(pipeline, input, options), options?.signal)
    return {
      runId,
      result: async (wait) => (await result(runId, wait)) as never,
      cancel: (cancelOptions) => cancel(runId, cancelOptions),
    }
  }

  async function result(runId: string, options: WaitOptions = {}) {
    expectName('result: "runId"', runId)
    expectObject('result: "options"', options)
    expectKnownKeys('result: "options"', options, ['signal'])
    const { signal } = options
    closed.throwIfAborted()
    signal?.throwIfAborted()
    const outcome = Promise.withResolvers<Outcome>()
    // It may be rejected before it is waited for, and after.
    outcome.promise.catch(() => {})
    const unwatch = watcher.watch(runId, { onOutcome: outcome.resolve })
    const stopListening = onAbort(closed, () => outcome.reject(closed.reason))
    try {
      // One that has ended is not waited for until the others are asked for again.
      const found = reached(database, table.outcomeOf(runId)).then((known) => known ?? outcome.promise)
      return settle(await abortable(Promise.race([outcome.promise, found]), signal))
    } finally {
      unwatch()
      stopListening()
    }
  }

  async function cancel(runId: string, options: CancelOptions = {}): Promise<void> {
    expectName('cancel: "runId"', runId)
    expectObject('cancel: "options"', options)
    expectKnownKeys('cancel: "options"', options, ['reason'])
    const { reason } = options
    if (reason !== undefined && typeof reason !== 'string') {
      throw new TypeError(`cancel: "reason" must be a string, got ${describeValue(reason)}.`)
    }
    closed.throwIfAborted()
    await reached(database, queue.cancel(runId, reason))
  }

  async function close(): Promise<void> {
    closing.abort(new DOMException('The deployment was closed.', 'AbortError'))
    // By then its runs are those of others.
    const answered = callAfter(clock, settings.lease, () => database.cut())
    try {
      await stopWorker?.()
      await watcher.settled()
      await reader.close()
    } finally {
      await tearDown().finally(answered)
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
    async *list(filter = {}) {
      const listed = table.list(filter)
      for (;;) {
        const next = await reached(database, listed.next())
        if (next.done === true) return
        yield next.value
      }
    },
    async read(runId) {
      expectName('read: "runId"', runId)
      return reached(database, Promise.resolve(reader.read(runId)))
    },
    async schedule(name, pipeline, options) {
      closed.throwIfAborted()
      await reached(database, database.track(scheduler.add(name, pipeline, options as never)))
    },
    async unschedule(name) {
      expectName('unschedule: "name"', name)
      await reached(database, database.track(scheduler.remove(name)))
    },
    async purge(options) {
      closed.throwIfAborted()
      return purgeRuns(database, client, options)
    },
    close: () => (end ??= close()),
  })
}
