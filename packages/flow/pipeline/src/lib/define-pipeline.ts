import { describeValue, expectKnownKeys } from '@empire/errors'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { createPlan } from './create-plan.ts'
import { createStep } from './create-step.ts'
import { expectCount, expectObject, expectText } from './expect-option.ts'
import { hasPolicies } from './has-policies.ts'
import { loadPolicies } from './load-policies.ts'
import type { Pipeline } from './pipeline.ts'
import { withPlans } from './pipeline-plans.ts'
import type { PipelineShape, StepKind } from './pipeline-shape.ts'
import type { Plan } from './planned-step.ts'
import { runPlan } from './run-plan.ts'
import { shapeOf } from './shape-of.ts'
import { StepList } from './step-list.ts'

/** What holds for all runs of a pipeline. */
export interface PipelineOptions<Schema extends StandardSchemaV1 = StandardSchemaV1> {
  /** Checks the input before the first step, and gives the steps what it makes of it. Default: any input passes. */
  input?: Schema | undefined
  /** How many steps, items and turns of one run are at work at a time. Default: as many as the graph allows. */
  concurrency?: number | undefined
  /**
   * Part of the fingerprint, by which a stored run knows its pipeline. Change it when functions do something else than before, for
   * they are not looked at. Default: none.
   */
  version?: string | undefined
}

/**
 * An empty pipeline, to add steps to.
 *
 * The type of the input is that of the schema, or is given: `definePipeline<{ question: string }>('answer')`.
 *
 * @throws {TypeError} When the name is empty or an option is not what it has to be.
 */
export function definePipeline<Schema extends StandardSchemaV1>(
  name: string,
  options: PipelineOptions<Schema> & { input: Schema },
): Pipeline<StandardSchemaV1.InferOutput<Schema>, Record<never, never>, StandardSchemaV1.InferInput<Schema>>
export function definePipeline<Input = void>(
  name: string,
  options?: PipelineOptions<StandardSchemaV1<unknown, Input>>,
): Pipeline<Input>
export function definePipeline(name: string, options: PipelineOptions = {}): Pipeline<unknown> {
  expectText('definePipeline: "name"', name)
  expectObject('definePipeline: "options"', options as unknown, 'an object')
  expectKnownKeys('definePipeline: "options"', options, ['input', 'concurrency', 'version'])
  const { input, concurrency = Infinity, version } = options
  if (input !== undefined && typeof input?.['~standard']?.validate !== 'function') {
    throw new TypeError(`definePipeline: "input" must be a Standard Schema, got ${describeValue(input)}.`)
  }
  expectCount('definePipeline: "concurrency"', concurrency)
  if (version !== undefined) expectText('definePipeline: "version"', version)
  return build({ name, schema: input, concurrency, version }, StepList.empty)
}

interface Settings {
  readonly name: string
  readonly schema: StandardSchemaV1 | undefined
  readonly concurrency: number
  readonly version: string | undefined
}

function build(settings: Settings, steps: StepList): Pipeline<unknown> {
  const { name } = settings
  let shape: PipelineShape | undefined
  let ownPlan: Plan | undefined
  const plan = (root: string, prefix: string): Plan => createPlan({ ...settings, steps: steps.toArray() }, root, prefix)
  const add =
    (kind: StepKind) =>
    (stepName: unknown, definition: unknown): never => {
      const step = createStep(name, steps, kind, stepName, definition)
      if (step.kind !== 'pipeline' && hasPolicies(step.work)) void loadPolicies()
      // Only the caller knows the types of the outputs; here they are values by name.
      return build(settings, steps.append(step)) as never
    }
  const pipeline = {
    name,
    get shape() {
      return (shape ??= shapeOf(name, settings.version, steps.toArray()))
    },
    step: add('step'),
    map: add('map'),
    loop: add('loop'),
    use: add('pipeline'),
    run: (input: unknown, options?: object) => runPlan((ownPlan ??= plan(name, '')), pipeline.shape, input, options),
  }
  const plans = {
    get shape() {
      return pipeline.shape
    },
    plan,
  }
  return Object.freeze(withPlans(pipeline, plans)) as object as Pipeline<unknown>
}
