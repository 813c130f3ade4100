import type { RunOptions, RunResult } from './run-result.ts'

/** What a step is given. */
export interface StepContext<Input, Needs> {
  /** The input of the run, as the schema of the pipeline gave it. Shared by all steps of the run. */
  readonly input: Input
  /** The outputs of the steps named in `needs`, by name. */
  readonly needs: Needs
  /** Aborts when the caller gives up or another step fails. The run waits for the step in both cases. */
  readonly signal: AbortSignal
}

/** What a step needs and does. */
export interface StepDefinition<Input, Outputs, Need extends keyof Outputs, Output> {
  /** Names of earlier steps whose outputs this one waits for. Default: none, and the step starts at once. */
  readonly needs?: readonly Need[] | undefined
  /** Does the work, at most once a run. What it returns, or resolves to, is the output of the step. */
  readonly run: (context: StepContext<Input, { [Name in Need]: Outputs[Name] }>) => Output
}

/** A name that no step has yet; a name that is taken becomes a type that no argument fits, and that says why. */
export type NewStepName<Name extends string, Outputs> = string extends keyof Outputs
  ? Name
  : Name extends keyof Outputs
    ? { error: `There is a step "${Name}" already` }
    : Name

/** The outputs with one more; outputs that are known as values by any name stay what they are. */
export type WithOutput<Outputs, Name extends string, Output> = string extends keyof Outputs
  ? Outputs
  : Outputs & { [Key in Name]: Output }

/**
 * A graph of steps, defined once and run any number of times, also at the same time. Immutable.
 *
 * `Input` is what steps see, `RawInput` what `run` takes: they differ where the input schema transforms.
 */
export interface Pipeline<Input, Outputs = Record<never, never>, RawInput = Input> {
  readonly name: string
  /**
   * A new pipeline with one step more.
   *
   * A step can only need steps that were defined before it, so the graph has no circles.
   *
   * @throws {TypeError} When the name is empty or taken, or a need is not an earlier step.
   */
  step<const Name extends string, Output, const Need extends keyof Outputs & string = never>(
    name: NewStepName<Name, Outputs>,
    definition: StepDefinition<Input, Outputs, Need, Output>,
  ): Pipeline<Input, WithOutput<Outputs, Name, Awaited<Output>>, RawInput>
  /**
   * Runs every step once, each as soon as the steps that it needs are done.
   *
   * Rejects with `InvalidInputError`, with `StepFailedError` when a step fails, or with the reason of the signal,
   * untouched; in each case only after every step that was started has settled.
   */
  run(input: RawInput, options?: RunOptions): Promise<RunResult<Outputs>>
}
