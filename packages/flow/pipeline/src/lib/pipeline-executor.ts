import type { Pipeline } from './pipeline.ts'
import type { PipelineEvent } from './pipeline-event.ts'
import type { RunResult } from './run-result.ts'

/** What runs pipelines: this process, this process with a journal, or workers elsewhere. */
export interface PipelineExecutor {
  /**
   * Runs a pipeline to its end, and gives or throws what its own `run` would.
   *
   * Where runs are durable, a `runId` that exists is gone on with, or waited for, or gives again what it gave; errors may come back as
   * copies with the same `code`, `message` and `details`.
   */
  run<Input, Outputs, RawInput>(
    pipeline: Pipeline<Input, Outputs, RawInput>,
    input: RawInput,
    options?: ExecutorRunOptions,
  ): Promise<RunResult<Outputs>>
  /** Stops taking runs. Those that are at work are suspended: not rolled back, and gone on with by whoever opens the place again. */
  close(): void | Promise<void>
}

/** How one run is named, watched and stopped, by any executor. */
export interface ExecutorRunOptions {
  /** Default: a random UUID. */
  readonly runId?: string | undefined
  /** Cancels the run: it is rolled back, and then rejects with the reason of the signal, untouched. */
  readonly signal?: AbortSignal | undefined
  /** Hears the events of the run, as far as the executor tells them. */
  readonly onEvent?: ((event: PipelineEvent) => void) | undefined
}
