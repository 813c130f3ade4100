import type { StandardSchemaV1 } from '@standard-schema/spec'
import { definePipeline } from '../define-pipeline.ts'
import type { Pipeline } from '../pipeline.ts'
import { bindStep } from './bind-step.ts'
import { orderSteps } from './order-steps.ts'
import { type PipelineText, type Placed, readDefinition } from './read-definition.ts'
import { readNeeds } from './read-needs.ts'
import { checkOptions } from './check-options.ts'
import type { PipelineFromYamlOptions } from './pipeline-from-yaml-options.ts'

/** A pipeline of which only the input is known by its type. */
export type PipelineFromYaml<Input, RawInput = Input> = Pipeline<Input, Record<string, unknown>, RawInput>

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
  options: PipelineFromYamlOptions<Input>,
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
    // What is named in a text has no types; the rules are those of pipelines in code, where only the place is not known.
    const add = pipeline[kind] as object as (name: string, definition: object) => typeof pipeline
    pipeline = atPlace(definition, step.value, step.offset, () => add(step.name, bound))
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
  return atPlace(definition, options, offset, () =>
    definePipeline(name as string, settings),
  ) as object as PipelineFromYaml<unknown>
}

/** @param fields Where the options stand: a message names the one that is wrong. */
function atPlace<Value>(
  { fail }: PipelineText,
  fields: ReadonlyMap<string, Placed>,
  offset: number,
  define: () => Value,
): Value {
  try {
    return define()
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    const [, option = ''] = /: "(\w+)"/.exec(error.message) ?? []
    return fail(error.message, fields.get(option)?.offset ?? offset, { cause: error })
  }
}
