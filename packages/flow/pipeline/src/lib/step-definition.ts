import type { ItemContext, Outcome, StepContext, StepInputs, TurnContext } from './step-context.ts'
import type { EffectOptions, Resource, WorkOptions } from './work-options.ts'

/** What a condition answers: `false` skips the step, its output is `undefined`, and the steps that need it run. */
export type Decision = boolean | PromiseLike<boolean>

/** What all kinds of steps have. */
export interface NodeOptions<Inputs, Need, When extends Decision> {
  /** Names of earlier steps whose outputs this one waits for. Default: none, and the step starts at once. */
  readonly needs?: readonly Need[] | undefined
  /** Whether it runs. Default: always. */
  readonly when?: ((inputs: Inputs) => When) | undefined
}

/** What a step needs and does. */
export interface StepDefinition<Input, Needs, Need, Output, When extends Decision = never>
  extends
    NodeOptions<StepInputs<Input, Needs>, Need, When>,
    WorkOptions,
    EffectOptions<StepContext<Input, Needs> & Outcome<Awaited<Output>>> {
  /** Does the work. What it returns, or resolves to, is the output of the step. */
  readonly run: (context: StepContext<Input, Needs>) => Output
  /** Asked once, and kept when the run is resumed. Default: `<runId>/<name>`. */
  readonly idempotencyKey?: ((inputs: StepInputs<Input, Needs>) => string | PromiseLike<string>) | undefined
}

/** A step for each item of a collection. Its output has theirs, in the order of the items. */
export interface MapDefinition<Input, Needs, Need, Item, Output, When extends Decision = never>
  extends
    NodeOptions<StepInputs<Input, Needs>, Need, When>,
    Omit<WorkOptions, 'concurrency'>,
    EffectOptions<StepContext<Input, Needs> & ItemContext<Item> & Outcome<Awaited<Output>>> {
  /** The items. A run that is resumed asks again, and must get the same ones. */
  readonly over: (inputs: StepInputs<Input, Needs>) => Iterable<Item> | PromiseLike<Iterable<Item>>
  /** Does the work for one item. */
  readonly run: (context: StepContext<Input, Needs> & ItemContext<Item>) => Output
  /** How many items are at work at a time; or the resource that each of them uses, with its limit. Default: 10. */
  readonly concurrency?: number | string | Resource | undefined
  /** As of a step, for each item. Default: `<runId>/<name>[<index>]`. */
  readonly idempotencyKey?:
    | ((inputs: StepInputs<Input, Needs> & ItemContext<Item>) => string | PromiseLike<string>)
    | undefined
}

/** A step that is run again, each time with what it gave before. Its output is the last value. */
export interface LoopDefinition<Input, Needs, Need, Value, When extends Decision = never>
  extends
    NodeOptions<StepInputs<Input, Needs>, Need, When>,
    WorkOptions,
    EffectOptions<StepContext<Input, Needs> & TurnContext<Value> & Outcome<Value>> {
  /** The value of the first turn. A run that is resumed asks again, and must get the same. */
  readonly initial: (inputs: StepInputs<Input, Needs>) => Value | PromiseLike<Value>
  /** Does one turn, and gives the value of the next. */
  readonly run: (context: StepContext<Input, Needs> & TurnContext<Value>) => Value | PromiseLike<Value>
  /** Asked after each turn with what it gave, and how many turns there were. `true` ends the loop. */
  readonly until: (inputs: StepInputs<Input, Needs> & TurnContext<Value>) => boolean | PromiseLike<boolean>
  /** How many turns there are at most. One that would need more fails with `loop_limit`. */
  readonly max: number
  /** As of a step, for each turn. Default: `<runId>/<name>[<turn>]`. */
  readonly idempotencyKey?:
    | ((inputs: StepInputs<Input, Needs> & TurnContext<Value>) => string | PromiseLike<string>)
    | undefined
}

/** A pipeline as a step. Its output has the outputs of its steps, by name; a rollback reaches into it. */
export type UseDefinition<Input, Needs, Need, Inner, InnerInput, When extends Decision = never> = NodeOptions<
  StepInputs<Input, Needs>,
  Need,
  When
> & {
  readonly pipeline: Inner
} & (void extends InnerInput
    ? {
        /** Not needed: the pipeline takes none. */
        readonly input?: ((inputs: StepInputs<Input, Needs>) => InnerInput | PromiseLike<InnerInput>) | undefined
      }
    : {
        /** What the pipeline is run with. A run that is resumed asks again, and must get the same. */
        readonly input: (inputs: StepInputs<Input, Needs>) => InnerInput | PromiseLike<InnerInput>
      })
