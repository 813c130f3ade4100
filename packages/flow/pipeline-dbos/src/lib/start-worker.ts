import { DBOS, type DBOSClient } from '@dbos-inc/dbos-sdk'
import { EmpireError } from '@empire/errors'
import type { Database } from './database.ts'
import { isDbosLaunched, launchDbos } from './dbos-runtime.ts'
import type { DeploySettings } from './deploy-options.ts'
import { RunNotFoundError } from '@empire/pipeline'
import { handBack } from './hand-back.ts'
import type { Holder } from './holder.ts'
import { journalOn } from './journal-on.ts'
import { pipelineDbosEvents } from './pipeline-dbos-events.ts'
import { recoverRuns } from './recover-runs.ts'
import { createRunWorker, longestPause, shortestPause } from './run-worker.ts'
import type { RunTable } from './run-table.ts'
import type { RunWatcher } from './run-watcher.ts'
import type { Scheduler } from './scheduler.ts'

let isClaimed = false

/** DBOS is there once per process. @returns Gives the process up. @throws {TypeError} When somebody has it. */
export function claimProcess(): () => void {
  if (isClaimed || isDbosLaunched()) {
    throw new TypeError(
      'deploy: this process works for another deployment, or runs DBOS by itself, and can only do one of that. Close it first, or deploy with "work: false".',
    )
  }
  isClaimed = true
  return () => {
    isClaimed = false
  }
}

/** What a worker shares with its deployment. */
export interface WorkerParts {
  readonly settings: DeploySettings
  readonly database: Database
  readonly client: DBOSClient
  readonly table: RunTable
  readonly watcher: RunWatcher
  readonly holder: Holder
  readonly scheduler: Scheduler
  /** Of the deployment: aborted when it is closed. */
  readonly signal: AbortSignal
}

/** Works on the runs in the queues. @returns Waits until nothing is left, once the signal was aborted. */
export async function startWorker(parts: WorkerParts): Promise<() => Promise<void>> {
  const { settings, database, client, table, watcher, holder, scheduler, signal } = parts
  const { pipelines, migrate, observers, maxAttempts, clock, lease } = settings
  const atWork = new Set<Promise<unknown>>()
  let isIdle = true
  // Of the journal only the sessions end here: its database is the deployment's, and so is its holder.
  const journal = journalOn({ database, holder, isOwner: false, maxAttempts })
  const work = createRunWorker({
    pipelines,
    database,
    table,
    journal,
    holder,
    watcher,
    migrate,
    observers,
    maxAttempts,
    clock,
    signal,
  })

  async function run(runId: string, pipeline: string): Promise<void> {
    const working = work(runId, pipeline).then((end) => {
      if (end === 'suspended') isIdle = false
      return end
    })
    atWork.add(working)
    const end = await working.finally(() => atWork.delete(working))
    if (end === 'suspended') return suspend()
    if (end === 'gone') throw new RunNotFoundError(runId)
    if (end.type === 'handed-back') return toOthers(end.pause)
    if (end.type === 'error') throw describeFailure(end.error.reason)
  }

  /** DBOS must not take it for ended. */
  function suspend(): Promise<never> {
    isIdle = false
    return never()
  }

  async function toOthers(pause: number): Promise<void> {
    isIdle = false
    if (DBOS.workflowID !== undefined) await handBack(database, DBOS.workflowID, pause)
  }

  async function schedule(at: Date, name: string): Promise<void> {
    if (signal.aborted) return suspend()
    const firing = fire(at, name)
    atWork.add(firing)
    const fired = await firing.finally(() => atWork.delete(firing))
    if (fired === 'suspended') return suspend()
    if (!fired) return toOthers(handBackPause)
  }

  /** When the workflow that asks was put into its queue. */
  async function putAt(): Promise<number> {
    const { workflowID } = DBOS
    return (workflowID === undefined ? undefined : await client.getWorkflow(workflowID))?.createdAt ?? 0
  }

  /** As often as the database fails: its time does not come again. */
  async function fire(at: Date, name: string): Promise<boolean | 'suspended'> {
    for (let pause = shortestPause; !signal.aborted; pause = Math.min(pause * 2, longestPause)) {
      try {
        return await scheduler.fire(name, at, putAt)
      } catch (thrown) {
        const error = thrown instanceof Error ? thrown : new Error(String(thrown))
        pipelineDbosEvents.trouble.publish({ task: 'schedule', error: new Error(database.clean(error.message)) })
        if (!EmpireError.isInstance(error) || !error.retryable) throw error
        // Its rejection is that of the signal, which ends the loop.
        await clock.sleep(pause, { signal }).catch(() => {})
      }
    }
    return 'suspended'
  }

  async function recover(): Promise<void> {
    await recoverRuns(database).catch((error: Error) =>
      pipelineDbosEvents.trouble.publish({ task: 'recover', error: new Error(database.clean(error.message)) }),
    )
  }

  async function recoverAlways(): Promise<void> {
    while (!signal.aborted) {
      await recover()
      // Its rejection is that of the signal, which ends the loop.
      await clock.sleep(lease / 3, { signal }).catch(() => {})
    }
  }

  await holder.start()
  const workflows = { run, schedule }
  const stopDbos = await launchDbos(database, { executorId: holder.id, queues: settings.work, workflows }).catch(
    async (error: unknown) => {
      await journal.close()
      throw error
    },
  )
  const recovering = recoverAlways()

  return async () => {
    await Promise.allSettled(atWork)
    await recovering
    try {
      await stopDbos({ isIdle })
    } finally {
      // What was taken between.
      await Promise.allSettled(atWork)
      await journal.close()
    }
    // The others need not wait until this one is missed.
    await recover()
  }
}

const handBackPause = 1_000

/** DBOS forgets who waits for it when it is shut down. */
function never(): Promise<never> {
  return new Promise(() => {})
}

function describeFailure(reason: { readonly type: string; readonly name?: string; readonly message?: string }): Error {
  return Object.assign(new Error(reason.message ?? 'The run failed.'), { name: reason.name ?? 'Error' })
}
