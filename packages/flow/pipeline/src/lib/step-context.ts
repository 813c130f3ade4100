/** What decides about a step is given: its condition, its collection, its first value, its key. Decide by `input` and `needs` alone. */
export interface StepInputs<Input, Needs> {
  /** The input of the run, as the schema of the pipeline gave it. Shared by all steps of the run. */
  readonly input: Input
  /** The outputs of the steps named in `needs`, by name. */
  readonly needs: Needs
  readonly runId: string
  /** Aborts when the caller gives up or another step fails. */
  readonly signal: AbortSignal
}

/** What a step is given. */
export interface StepContext<Input, Needs> extends StepInputs<Input, Needs> {
  /**
   * Aborts when the caller gives up, another step fails, or the time of this attempt is over. The run waits for the step in the
   * first two cases, and for a moment in the third.
   */
  readonly signal: AbortSignal
  /** 1 for the first; goes on counting when a run is resumed. */
  readonly attempt: number
  /** The same for every attempt of this unit of work, also after a resume: pass it to what must not act twice. */
  readonly idempotencyKey: string
}

/** What comes with one item of a map. */
export interface ItemContext<Item> {
  readonly item: Item
  /** From 0, in the order of the collection. */
  readonly index: number
}

/** What comes with one turn of a loop. */
export interface TurnContext<Value> {
  /** What the turn before gave; at first the initial value. */
  readonly value: Value
  /** From 0. */
  readonly turn: number
}

/** What a compensation is told besides the context of the step. Its signal is not that of the run, which is aborted. */
export interface Outcome<Output> {
  /** What the step gave. `undefined` where it failed or was stopped, and may have acted. */
  readonly output: Output | undefined
}
