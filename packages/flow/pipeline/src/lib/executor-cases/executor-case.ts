import type { Pipeline } from '../pipeline.ts'
import type { PipelineExecutor } from '../pipeline-executor.ts'

/** One promise of an executor: `run` rejects if it is not kept. */
export interface ExecutorCase {
  readonly name: string
  /** Rejects with an `AssertionError` that says what came instead. */
  run(): Promise<void>
}

/** Where an executor keeps its runs. */
export interface ExecutorPlace {
  /** An executor there that knows these pipelines, again after the one before was closed. */
  open(pipelines: readonly AnyPipeline[]): PipelineExecutor | Promise<PipelineExecutor>
  /** Called at the end of each case, after the executor was closed. Default: nothing. */
  dispose?(): void | Promise<void>
}

/** A pipeline of any types. */
// oxlint-disable-next-line typescript/no-explicit-any -- what a pipeline takes is contravariant: no other type fits all
export type AnyPipeline = Pipeline<any, any, any>

/** A case before it has an executor. */
export interface CaseDefinition {
  readonly name: string
  /** @param open An executor for these pipelines; the one before is closed first. */
  run(open: (...pipelines: AnyPipeline[]) => Promise<PipelineExecutor>): Promise<void>
}

/** Waits for the signal and throws its reason, as work does that can be stopped. */
export function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

/** What a promise rejects with. */
export async function rejectionOf(work: Promise<unknown>): Promise<Error & { code?: string; details?: unknown }> {
  const outcome = await work.then(
    () => new Error('It did not reject.'),
    (error: unknown) => error,
  )
  return outcome as Error
}
