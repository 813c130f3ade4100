import type { Pipeline, PipelineExecutor, RunResult, StoredRun } from '@empire/pipeline'
import type { DeployedRunFilter, DeployedRunSummary } from './run-table.ts'

/** Pipelines that run on the workers of a database. */
export interface Deployment extends PipelineExecutor {
  /**
   * Puts a run into a queue. Durable when it resolves: a worker will run it, and if that ends another one.
   *
   * With the `runId` of a run that exists it is that run; one that has stopped goes on.
   *
   * @throws {RunInputChangedError | OtherPipelineError} When the run of that id has another input, or another pipeline.
   * @throws {DatabaseUnavailableError} When PostgreSQL does not answer; so do the others. Nobody knows then whether it was done: do it
   * again with the same `runId`.
   */
  start<Input, Outputs, RawInput>(
    pipeline: Pipeline<Input, Outputs, RawInput>,
    input: RawInput,
    options?: StartOptions,
  ): Promise<StartedRun<Outputs>>
  /**
   * Waits for the end of a run, and gives or throws what it gave: errors as copies with the same `code`, `message` and `details`.
   *
   * @throws {RunNotFoundError}
   */
  result(runId: string, options?: WaitOptions): Promise<RunResult<Record<string, unknown>>>
  /**
   * Asks that a run be stopped and undone. It ends with `run_cancelled` when that is done, or with `rollback_incomplete`; wait for it
   * with `result`. One that nobody has begun ends at once; one that has ended stays as it is.
   *
   * @throws {RunNotFoundError}
   */
  cancel(runId: string, options?: CancelOptions): Promise<void>
  /** The runs that were started, the latest first. */
  list(filter?: DeployedRunFilter): AsyncIterable<DeployedRunSummary>
  /** What the journal has of a run that was begun. */
  read(runId: string): Promise<StoredRun | undefined>
  /**
   * Starts a run at each time that the schedule names, however many workers there are: with the id `<name>@<time>`. Kept in the
   * database until `unschedule`; a schedule of that name is replaced. Workers call this each time they are deployed, for `input` is
   * a function. Heard by other workers within half a minute.
   *
   * @throws {TypeError} When an option is not what it has to be.
   */
  schedule<Input, Outputs, RawInput>(
    name: string,
    pipeline: Pipeline<Input, Outputs, RawInput>,
    options: ScheduleOptions<RawInput>,
  ): Promise<void>
  /** Ends a schedule. Runs that it has started go on. */
  unschedule(name: string): Promise<void>
  /**
   * Removes runs that ended long ago, with their journals, and what DBOS has of them: otherwise they are kept for ever. Those that
   * have stopped stay. To start a run of an id that was removed runs it again.
   *
   * @returns How many.
   * @throws {TypeError} When an option is not what it has to be.
   */
  purge(options: PurgeOptions): Promise<number>
  /**
   * Takes no more runs. Those at work here are suspended, not undone, and put back into their queues. Whoever waits here is rejected
   * with an `AbortError`. Resolves when nothing of this deployment is left: no connection, no timer. A database that does not answer
   * is waited for no longer than a `lease`. May be called twice.
   */
  close(): Promise<void>
}

/** How a run waits for its turn. */
export interface StartOptions {
  /** Default: a random UUID. */
  readonly runId?: string | undefined
  /** Default: `default`. */
  readonly queue?: string | undefined
  /** From 0, the default and the first, up to 2,147,483,647. */
  readonly priority?: number | undefined
  /** Milliseconds before it may begin, counted in seconds. Default: 0. */
  readonly delay?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** How long to wait for a run. */
export interface WaitOptions {
  /** Ends the waiting, and not the run. */
  readonly signal?: AbortSignal | undefined
}

/** Why a run is cancelled. */
export interface CancelOptions {
  /** In words: part of the message of the error. */
  readonly reason?: string | undefined
}

/** Which runs to remove. */
export interface PurgeOptions {
  /** Milliseconds since their end, by the clock of the database. */
  readonly olderThan: number
  readonly signal?: AbortSignal | undefined
}

/** A run that was put into a queue. */
export interface StartedRun<Outputs> {
  readonly runId: string
  /** As `result` of the deployment, with the types of the pipeline. */
  result(options?: WaitOptions): Promise<RunResult<Outputs>>
  /** As `cancel` of the deployment. */
  cancel(options?: CancelOptions): Promise<void>
}

/** When and with what a schedule starts runs. */
export interface ScheduleOptions<RawInput> {
  /** Five fields, minute to day of week, or six with seconds before: `0 3 * * *`. */
  readonly cron: string
  /** The input of the run that is due at that time. */
  input(at: Date): RawInput
  /** Of the fields, as `Europe/Vienna`. Default: UTC. */
  readonly timeZone?: string | undefined
  /** Whether times that passed while no worker was there are made up for. Default: `false`. */
  readonly catchUp?: boolean | undefined
  /** Default: `default`. */
  readonly queue?: string | undefined
  /** As of `start`. Default: 0. */
  readonly priority?: number | undefined
}
