import type { PipelineShape } from './pipeline-shape.ts'
import type { RunOptions } from './run-options.ts'
import type { RunResult } from './run-result.ts'
import type { Decision, LoopDefinition, MapDefinition, StepDefinition, UseDefinition } from './step-definition.ts'

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

/** The outputs of the steps that a step names in its `needs`. */
export type Needs<Outputs, Need extends keyof Outputs> = { [Name in Need]: Outputs[Name] }

/** The output of a step: also `undefined` where a condition may skip it. */
export type OutputWhen<Output, When> = [When] extends [never] ? Output : Output | undefined

/**
 * A graph of steps, defined once and run any number of times, also at the same time. Immutable.
 *
 * `Input` is what steps see, `RawInput` what `run` takes: they differ where the input schema transforms.
 */
export interface Pipeline<Input, Outputs = Record<never, never>, RawInput = Input> {
  readonly name: string
  /** What it is made of, as JSON. */
  readonly shape: PipelineShape
  /**
   * A new pipeline with one step more.
   *
   * A step can only need steps that were defined before it, so the graph has no circles.
   *
   * @throws {TypeError} When the name is empty, taken, or has one of `/ [ ]` in it, a need is not an earlier step, or an option is not
   * what it has to be.
   */
  step<
    const Name extends string,
    Output,
    const Need extends keyof Outputs & string = never,
    When extends Decision = never,
  >(
    name: NewStepName<Name, Outputs>,
    definition: StepDefinition<Input, Needs<Outputs, Need>, Need, Output, When>,
  ): Pipeline<Input, WithOutput<Outputs, Name, OutputWhen<Awaited<Output>, When>>, RawInput>
  /**
   * A new pipeline with a step for each item of a collection, so many of them at a time.
   *
   * @throws {TypeError} As `step` does.
   */
  map<
    const Name extends string,
    Item,
    Output,
    const Need extends keyof Outputs & string = never,
    When extends Decision = never,
  >(
    name: NewStepName<Name, Outputs>,
    definition: MapDefinition<Input, Needs<Outputs, Need>, Need, Item, Output, When>,
  ): Pipeline<Input, WithOutput<Outputs, Name, OutputWhen<Awaited<Output>[], When>>, RawInput>
  /**
   * A new pipeline with a step that is repeated until its value is right, so many times at most.
   *
   * @throws {TypeError} As `step` does.
   */
  loop<
    const Name extends string,
    Value,
    const Need extends keyof Outputs & string = never,
    When extends Decision = never,
  >(
    name: NewStepName<Name, Outputs>,
    definition: LoopDefinition<Input, Needs<Outputs, Need>, Need, Value, When>,
  ): Pipeline<Input, WithOutput<Outputs, Name, OutputWhen<Value, When>>, RawInput>
  /**
   * A new pipeline with another as one of its steps.
   *
   * @throws {TypeError} As `step` does.
   */
  use<
    const Name extends string,
    InnerInput,
    InnerOutputs,
    InnerRawInput,
    const Need extends keyof Outputs & string = never,
    When extends Decision = never,
  >(
    name: NewStepName<Name, Outputs>,
    definition: UseDefinition<
      Input,
      Needs<Outputs, Need>,
      Need,
      Pipeline<InnerInput, InnerOutputs, InnerRawInput>,
      InnerRawInput,
      When
    >,
  ): Pipeline<
    Input,
    WithOutput<Outputs, Name, OutputWhen<{ [Key in keyof InnerOutputs]: InnerOutputs[Key] }, When>>,
    RawInput
  >
  /**
   * Runs every step once, each as soon as the steps that it needs are done; or goes on with the run of that `runId` in the journal.
   *
   * When a step fails or the signal is aborted, what runs is stopped and awaited, and what was done is undone. Then it rejects with
   * `StepFailedError` or the reason of the signal, untouched; with `RollbackIncompleteError` when something could not be undone.
   * Before any step, it rejects with `InvalidInputError`, `RunBusyError`, `PipelineChangedError` or `RunInputChangedError`; with
   * `JournalFailedError` when the run cannot be kept: it has stopped then, and may be resumed.
   */
  run(input: RawInput, options?: RunOptions): Promise<RunResult<Outputs>>
}
