import { describeValue } from '@empire/errors'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { createPlan, type Plan } from './create-plan.ts'
import { createStep } from './create-step.ts'
import { runPlan } from './run-plan.ts'
import type { Pipeline } from './pipeline.ts'
import { StepList } from './step-list.ts'

/** What holds for all runs of a pipeline. */
export interface PipelineOptions<Schema extends StandardSchemaV1 = StandardSchemaV1> {
  /** Checks the input before the first step, and gives the steps what it makes of it. Default: any input passes. */
  input?: Schema | undefined
}

/**
 * An empty pipeline, to add steps to.
 *
 * The type of the input is that of the schema, or is given: `definePipeline<{ question: string }>('answer')`.
 *
 * @throws {TypeError} When the name is empty or the schema is no Standard Schema.
 */
export function definePipeline<Schema extends StandardSchemaV1>(
  name: string,
  options: { input: Schema },
): Pipeline<StandardSchemaV1.InferOutput<Schema>, Record<never, never>, StandardSchemaV1.InferInput<Schema>>
export function definePipeline<Input = void>(
  name: string,
  options?: PipelineOptions<StandardSchemaV1<unknown, Input>>,
): Pipeline<Input>
export function definePipeline(name: string, { input }: PipelineOptions = {}): Pipeline<unknown> {
  if (typeof name !== 'string' || name === '') {
    throw new TypeError(`definePipeline: "name" must be a non-empty string, got ${describeValue(name)}.`)
  }
  if (input !== undefined && typeof input?.['~standard']?.validate !== 'function') {
    throw new TypeError(`definePipeline: "input" must be a Standard Schema, got ${describeValue(input)}.`)
  }
  return build(name, input, StepList.empty)
}

function build(name: string, schema: StandardSchemaV1 | undefined, steps: StepList): Pipeline<unknown> {
  let plan: Plan | undefined
  const pipeline: Pipeline<unknown, Record<string, unknown>> = {
    name,
    step(stepName, definition) {
      // Only the caller knows the types of the outputs; here they are values by name.
      return build(name, schema, steps.append(createStep(name, steps, stepName, definition))) as never
    },
    run: (input, options) => {
      plan ??= createPlan(name, schema, steps.toArray())
      return runPlan(plan, input, options)
    },
  }
  return Object.freeze(pipeline)
}
