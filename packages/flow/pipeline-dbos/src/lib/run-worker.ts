import type { Clock } from '@empire/clock'
import { EmpireError } from '@empire/errors'
import type { Journal, JournalRun, Migrate, RunObserver } from '@empire/pipeline'
import { contentHash } from '@empire/record'
import type { AnyPipeline } from './any-pipeline.ts'
import type { Database } from './database.ts'
import type { Holder } from './holder.ts'
import { type Outcome, storeFailure } from './outcome.ts'
import { pipelineDbosEvents } from './pipeline-dbos-events.ts'
import { RunAbandonedError } from './run-abandoned-error.ts'
import type { BegunRun, RunTable } from './run-table.ts'
import type { RunWatcher } from './run-watcher.ts'

/** What a worker works with. */
export interface RunWorkerOptions {
  readonly pipelines: ReadonlyMap<string, AnyPipeline>
  readonly database: Database
  readonly table: RunTable
  readonly journal: Journal
  readonly holder: Holder
  readonly watcher: RunWatcher
  readonly migrate: Readonly<Record<string, Migrate>>
  readonly observers: readonly RunObserver[]
  readonly maxAttempts: number
  readonly clock: Clock
  /** Suspends what is at work. */
  readonly signal: AbortSignal
}

/** Another worker has to take the run, in so many milliseconds. */
interface HandedBack {
  readonly type: 'handed-back'
  readonly pause: number
}

/** How it went with a run: it has an outcome, the worker stops, another worker has to take it, or there is no such run any more. */
export type WorkEnd = Outcome | HandedBack | 'suspended' | 'gone'

/** What says that the run has not come to an end, and goes on as soon as its journal is there for us. */
const passing: ReadonlySet<string> = new Set(['run_busy', 'run_taken_over', 'journal_failed'])

/** Milliseconds before what has failed is tried again: twice as many each time. */
export const shortestPause = 50
export const longestPause = 10_000

/** Brings runs to their end, as often as that takes: whoever asks DBOS for a run is told the same. */
export function createRunWorker(options: RunWorkerOptions): (runId: string, pipeline: string) => Promise<WorkEnd> {
  const { pipelines, database, table, clock, signal, maxAttempts, watcher } = options

  return async function work(runId, name) {
    for (let pause = shortestPause; !signal.aborted; pause = Math.min(pause * 2, longestPause)) {
      try {
        const pipeline = pipelines.get(name)
        const outcome = pipeline === undefined ? await refuseUnknown(runId, name) : await attempt(runId, pipeline)
        if (outcome === 'gone' || outcome?.type === 'handed-back') return outcome
        if (outcome !== undefined && (await table.finish(runId, outcome, options.holder))) {
          watcher.tell(runId, { outcome })
          return outcome
        }
      } catch (error) {
        if (signal.aborted) return 'suspended'
        tellTrouble(error)
      }
      // Its rejection is that of the signal, which ends the loop.
      await clock.sleep(pause, { signal }).catch(() => {})
    }
    return 'suspended'
  }

  /** `undefined`: not yet. */
  async function attempt(runId: string, pipeline: AnyPipeline): Promise<Outcome | 'gone' | undefined> {
    const { shape } = pipeline
    const define = (started: JournalRun): JournalRun => ({ ...started, shape, fingerprint: contentHash(shape) })
    const begun = await table.begin(runId, define)
    if (begun === undefined) return (await table.watch([runId]))[0]?.outcome ?? 'gone'
    try {
      const result = await run(pipeline, begun)
      return { type: 'result', result }
    } catch (error) {
      if (signal.aborted && error === signal.reason) throw error
      if (!EmpireError.isInstance(error) || !passing.has(error.code)) return storeFailure(error)
      if (error.code !== 'run_busy') tellTrouble(error)
      return undefined
    }
  }

  async function run(pipeline: AnyPipeline, { run: { runId, input }, cancelled }: BegunRun) {
    const controller = new AbortController()
    if (cancelled !== undefined) controller.abort(cancelled)
    const unwatch = watcher.watch(runId, { onCancel: (reason) => controller.abort(reason) })
    try {
      return await pipeline.run(input, {
        runId,
        journal: options.journal,
        signal: controller.signal,
        suspend: signal,
        observers: options.observers,
        migrate: Object.hasOwn(options.migrate, pipeline.name) ? options.migrate[pipeline.name] : undefined,
      })
    } finally {
      unwatch()
    }
  }

  function tellTrouble(error: unknown): void {
    const message = database.clean(error instanceof Error ? error.message : String(error))
    pipelineDbosEvents.trouble.publish({ task: 'run', error: new Error(message) })
  }

  async function refuseUnknown(runId: string, pipeline: string): Promise<Outcome | HandedBack> {
    const attempts = await table.countAttempt(runId)
    if (attempts >= maxAttempts)
      return storeFailure(new RunAbandonedError({ runId, pipeline, attempts }, 'unknown-pipeline'))
    return { type: 'handed-back', pause: Math.min(shortestPause * 2 ** Math.min(attempts, 20), longestPause) }
  }
}
