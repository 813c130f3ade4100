import { describeValue } from '@empire/errors'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { definePipeline } from '../define-pipeline.ts'
import { expectKnown, expectObject, expectText } from '../expect-option.ts'
import type { Pipeline } from '../pipeline.ts'
import { plansOf } from '../pipeline-plans.ts'
import { bindStep } from './bind-step.ts'
import { orderSteps } from './order-steps.ts'
import { type PipelineText, readDefinition } from './read-definition.ts'
import { readNeeds } from './read-needs.ts'
import type { ConditionInputs, RegisteredStep } from './registered-step.ts'

/** A pipeline of which only the input is known by its type. */
export type PipelineFromYaml<Input, RawInput = Input> = Pipeline<Input, Record<string, unknown>, RawInput>

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

/**
 * A pipeline from a text in YAML, whose names are those of registered functions. The steps may stand in any order.
 *
 * What `needs` names is typed as unknown: register steps with a schema of what they need and give, and it is checked when they run.
 *
 * @throws {InvalidPipelineError} `invalid_pipeline`, with line and column, for what is no YAML, an unknown name, a circle, and all that
 * `definePipeline` refuses.
 * @throws {TypeError} When an option is not what it has to be.
 */
export function pipelineFromYaml<Schema extends StandardSchemaV1>(
  text: string,
  options: PipelineFromYamlOptions<StandardSchemaV1.InferOutput<Schema>, Schema> & { readonly input: Schema },
): PipelineFromYaml<StandardSchemaV1.InferOutput<Schema>, StandardSchemaV1.InferInput<Schema>>
export function pipelineFromYaml<Input = unknown>(
  text: string,
  options: PipelineFromYamlOptions<Input, StandardSchemaV1<unknown, Input>>,
): PipelineFromYaml<Input>
export function pipelineFromYaml(text: string, options: PipelineFromYamlOptions<unknown>): PipelineFromYaml<unknown> {
  checkOptions(text, options)
  const definition = readDefinition(text, options.file ?? 'pipeline.yaml')
  const { steps, fail } = definition
  const needs = readNeeds(definition)
  const sorted = orderSteps(needs.map(({ positions }) => ({ needs: positions })))
  if ('circle' in sorted) {
    const path = sorted.circle.map((position) => steps[position]?.name).join(' → ')
    return fail(
      `Expected steps that come before one another, got a circle: ${path}.`,
      steps[sorted.circle[0] ?? 0]?.offset ?? 0,
    )
  }
  let pipeline = beginPipeline(definition, options)
  for (const position of sorted.order) {
    const step = steps[position]
    const stepNeeds = needs[position]
    if (step === undefined || stepNeeds === undefined) continue
    const { kind, bound } = bindStep(step, stepNeeds, definition, options)
    // The same rules as for pipelines in code; only the place is not known there.
    pipeline = atPlace(definition, step.offset, () => pipeline[kind](step.name, bound as never) as typeof pipeline)
  }
  return pipeline
}

function beginPipeline(
  definition: PipelineText,
  { input }: PipelineFromYamlOptions<unknown>,
): PipelineFromYaml<unknown> {
  const { options, fail } = definition
  const { value: name, offset } = options.get('name') ?? fail('Expected "name", the name of the pipeline.', 0)
  const version = options.get('version')?.value
  const settings = {
    input,
    concurrency: options.get('concurrency')?.value as number | undefined,
    // YAML reads 1 as a number.
    version: typeof version === 'number' ? String(version) : (version as string | undefined),
  }
  return atPlace(definition, offset, () =>
    definePipeline(name as string, settings),
  ) as object as PipelineFromYaml<unknown>
}

function atPlace<Value>({ fail }: PipelineText, offset: number, define: () => Value): Value {
  try {
    return define()
  } catch (error) {
    if (error instanceof TypeError) return fail(error.message, offset, { cause: error })
    throw error
  }
}

function checkOptions(text: unknown, options: PipelineFromYamlOptions<unknown>): void {
  if (typeof text !== 'string')
    throw new TypeError(`pipelineFromYaml: "text" must be a string, got ${describeValue(text)}.`)
  expectObject('pipelineFromYaml: "options"', options as unknown, 'an object')
  expectKnown('pipelineFromYaml', options, ['steps', 'conditions', 'pipelines', 'input', 'file'])
  const { steps, conditions = {}, pipelines = {}, file } = options
  expectObject('pipelineFromYaml: "steps"', steps as unknown, 'an object of steps by name')
  for (const [name, step] of Object.entries(steps)) {
    const where = `pipelineFromYaml: step ${JSON.stringify(name)}`
    expectObject(where, step as unknown, 'an object with a "run" function')
    expectKnown(where, step, registeredOptions)
    for (const part of ['needs', 'output'] as const) {
      const schema = step[part]
      if (schema === undefined || typeof schema?.['~standard']?.validate === 'function') continue
      throw new TypeError(`${where}: "${part}" must be a Standard Schema, got ${describeValue(schema)}.`)
    }
    if (typeof step.run !== 'function')
      throw new TypeError(`${where}: "run" must be a function, got ${describeValue(step.run)}.`)
  }
  expectObject('pipelineFromYaml: "conditions"', conditions, 'an object of functions by name')
  for (const [name, condition] of Object.entries(conditions)) {
    if (typeof condition === 'function') continue
    throw new TypeError(
      `pipelineFromYaml: condition ${JSON.stringify(name)} must be a function, got ${describeValue(condition)}.`,
    )
  }
  expectObject('pipelineFromYaml: "pipelines"', pipelines, 'an object of pipelines by name')
  for (const [name, pipeline] of Object.entries(pipelines)) {
    if (plansOf(pipeline) !== undefined) continue
    throw new TypeError(
      `pipelineFromYaml: pipeline ${JSON.stringify(name)} must be made by definePipeline(), got ${describeValue(pipeline)}.`,
    )
  }
  if (file !== undefined) expectText('pipelineFromYaml: "file"', file)
}

const registeredOptions: readonly string[] = [
  'run',
  'needs',
  'output',
  'compensate',
  'irreversible',
  'idempotencyKey',
  'retry',
  'timeout',
  'breaker',
  'concurrency',
]
