import type { JournalEntry, RunEndStatus } from './journal-entry.ts'
import type { PipelineShape } from './pipeline-shape.ts'

/** A run as it was begun, as JSON. */
export interface JournalRun {
  readonly runId: string
  /** The name of the pipeline. */
  readonly pipeline: string
  /** The hash of `shape`. */
  readonly fingerprint: string
  readonly shape: PipelineShape
  /** What `run` was given, before the schema of the pipeline has seen it. Absent if that was `undefined`. */
  readonly input?: unknown
  /** Milliseconds since the epoch. */
  readonly at: number
}

/**
 * Where runs are kept, so that one that was killed goes on where it was.
 *
 * Holds inputs and outputs as they are, also secrets in them: keep it as safe as they are.
 */
export interface Journal {
  /**
   * Takes a run, to write to it alone: creates it, or gives what is stored of it.
   *
   * Of two that open one run the first has it until it releases it, or its process has ended or is taken to have ended; the
   * other is refused. One that comes after takes the run over, and what the former holder still writes is refused.
   *
   * @throws {RunBusyError} `run_busy`, when another has the run. Whoever waits tries again.
   */
  open(run: JournalRun): JournalSession | Promise<JournalSession>
  /** What is stored of a run, also while it is written; `undefined` if there is no such run. */
  read(runId: string): StoredRun | undefined | Promise<StoredRun | undefined>
  /** The runs, the latest first. @throws {TypeError} When the filter has a key or a status that there is not: see `expectRunFilter`. */
  list(filter?: RunFilter): AsyncIterable<RunSummary>
  /**
   * Removes a run and what is stored of it, which is kept for ever otherwise. A run that is begun with its id is a new one.
   *
   * @returns Whether there was such a run.
   * @throws {RunBusyError} `run_busy`, when somebody has the run.
   */
  remove(runId: string): boolean | Promise<boolean>
  /** Lets go of files and connections. Sessions that are open are released. May be called twice. */
  close(): void | Promise<void>
}

/** A run that is taken: only its holder writes to it. */
export interface JournalSession {
  /** The run as it was begun; that of the one who created it. */
  readonly run: JournalRun
  /** What was stored when the session was opened, in order; empty for a new run. */
  readonly entries: readonly JournalEntry[]
  /**
   * Stores an entry after those before it, in the order of the calls. Durable when it returns or resolves: it survives the end
   * of the process.
   *
   * After a failure every later call fails: a journal has no holes.
   *
   * @throws {RunTakenOverError} `run_taken_over`, when another has taken the run; nothing was stored.
   */
  append(entry: JournalEntry): void | Promise<void>
  /** Lets go of the run, after what is being written. May be called twice. */
  release(): void | Promise<void>
}

/** A run and what happened in it. */
export interface StoredRun {
  readonly run: JournalRun
  /** In order. */
  readonly entries: readonly JournalEntry[]
}

/** Which runs to list. Default: all. */
export interface RunFilter {
  readonly pipeline?: string | undefined
  readonly status?: RunStatus | undefined
}

/** A run in a list. */
export interface RunSummary {
  readonly runId: string
  readonly pipeline: string
  /** When it was begun, in milliseconds since the epoch. */
  readonly at: number
  readonly status: RunStatus
}

/** Where a run stands. One that was killed is `running` or `rolling-back` until it is resumed. */
export type RunStatus = 'running' | 'rolling-back' | RunEndStatus
