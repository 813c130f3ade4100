import type { Pipeline } from './pipeline.ts'
import type { PipelineExecutor } from './pipeline-executor.ts'

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

/** The executor under test. */
export interface ExecutorCasesOptions {
  /** A place of its own for each case, empty at first. */
  create(): ExecutorPlace | Promise<ExecutorPlace>
  /** Whether runs survive the executor: `close` in mid-run, then `open` and the same `runId` go on. Default: `false`. */
  readonly durable?: boolean | undefined
  /** Whether `onEvent` hears of all that happens. Default: `true`. */
  readonly events?: boolean | undefined
}

/** What pipelines need of an executor, for any test runner: `for (const { name, run } of executorCases({ create })) it(name, run)`. */
export function executorCases({ create }: ExecutorCasesOptions): ExecutorCase[] {
  void create
  return []
}
