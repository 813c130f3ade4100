import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { ItemContext, Outcome, StepContext, StepInputs, TurnContext } from '../step-context.ts'
import type { WorkOptions } from '../work-options.ts'

type Outputs = Readonly<Record<string, unknown>>

/** What a registered function is given. Of a map it has an item, of a loop a value. */
export type RegisteredContext<Input = unknown> = StepContext<Input, Outputs> &
  Partial<ItemContext<unknown> & TurnContext<unknown>>

/** What a registered condition is given. `until` is also told of the value and the turn. */
export type ConditionInputs<Input = unknown> = StepInputs<Input, Outputs> & Partial<TurnContext<unknown>>

/** A step that a YAML text may name: what it does, and how it is undone. */
export interface RegisteredStep<Input = unknown> extends WorkOptions {
  /** Checks the outputs that the step needs, by the names that it knows them by, before it runs. Default: they are not checked. */
  readonly needs?: StandardSchemaV1 | undefined
  /** Checks what the step gives; the output is what the schema makes of it. Default: it is not checked. */
  readonly output?: StandardSchemaV1 | undefined
  /** Does the work. Methods take parameters of a narrower type: say what is needed, and check it by `needs`. */
  run(context: RegisteredContext<Input>): unknown
  /** Undoes it, tried as often and for as long as the step. Default: the step has no effect. */
  compensate?(context: RegisteredContext<Input> & Outcome<unknown>): unknown
  /** The step has an effect that nothing undoes. Default: `false`. */
  readonly irreversible?: boolean | undefined
  /** Default: `<runId>/<key>`. */
  idempotencyKey?(inputs: ConditionInputs<Input>): string | PromiseLike<string>
}
