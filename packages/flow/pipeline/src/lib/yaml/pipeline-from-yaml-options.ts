import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { Pipeline } from '../pipeline.ts'
import type { ConditionInputs, RegisteredStep } from './registered-step.ts'

/** What a text may name. */
export interface PipelineFromYamlOptions<Input, Schema extends StandardSchemaV1 = StandardSchemaV1> {
  /** What steps do, by the names that `run` gives; a step without `run` does what is registered by its own name. */
  readonly steps: Readonly<Record<string, RegisteredStep<Input>>>
  /** What `when` and `until` ask. Default: none. */
  readonly conditions?: Readonly<Record<string, RegisteredCondition<Input>>> | undefined
  /** What `pipeline` runs inside. Default: none. */
  // oxlint-disable-next-line typescript/no-explicit-any -- what a pipeline takes is contravariant: no other type fits all
  readonly pipelines?: Readonly<Record<string, Pipeline<any, any, any>>> | undefined
  /** Checks the input of the pipeline, as that of `definePipeline` does. Default: any input passes. */
  readonly input?: Schema | undefined
  /** What the text is called in messages. Default: `pipeline.yaml`. */
  readonly file?: string | undefined
}

/** A condition that a text may name. */
export type RegisteredCondition<Input> = (inputs: ConditionInputs<Input>) => boolean | PromiseLike<boolean>
