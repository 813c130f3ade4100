import type { ContentHash } from './content-hash.ts'

/** One step of a run. All of it is JSON data. */
export interface Step {
  /** What was done: `model`, `tool`, `render`. */
  readonly kind: string
  /** What it was done with. */
  readonly inputs?: unknown
  /** What came out. Absent when nothing did. */
  readonly output?: unknown
  /** What does not change the meaning: durations, attempts, costs, verdicts. Default: `{}`. */
  readonly meta?: Readonly<Record<string, unknown>> | undefined
  /** Addresses of the steps that this one builds on; those of another store, too. Default: none. */
  readonly parents?: readonly ContentHash[] | undefined
}

/** One step of a run as it stands in a record, without secrets. */
export interface RecordedStep extends Step {
  /** The address of kind, inputs, output and parents: the same step of another run has the same. */
  readonly id: ContentHash
  /** The run that it belongs to. */
  readonly run: string
  /** When it was recorded, in milliseconds since 1970. */
  readonly at: number
  readonly meta: Readonly<Record<string, unknown>>
  readonly parents: readonly ContentHash[]
}

/** The addresses of a step that was recorded. */
export interface StepReceipt {
  /** The address of the step, for the `parents` of those that build on it. */
  readonly id: ContentHash
  /** The address of its inputs, if it has any. */
  readonly inputs: ContentHash | undefined
  /** The address of its output, if it has one. */
  readonly output: ContentHash | undefined
}
