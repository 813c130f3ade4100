import { closestName } from '@empire/errors'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { setOwn } from '../set-own.ts'
import { InvalidStepDataError } from './invalid-step-data-error.ts'
import type { PipelineFromYamlOptions } from './pipeline-from-yaml-options.ts'
import type { Placed, PipelineText, StepText } from './read-definition.ts'
import type { StepNeeds } from './read-needs.ts'
import type { RegisteredStep } from './registered-step.ts'

/** A step as a pipeline takes it. */
export interface BoundStep {
  /** The method that adds it. */
  readonly kind: 'step' | 'map' | 'loop' | 'use'
  readonly bound: object
}

type Outputs = Readonly<Record<string, unknown>>
type Inputs = { readonly input: unknown; readonly needs: Outputs }

const policies = ['retry', 'timeout', 'breaker', 'concurrency'] as const

/** Which keys make a step what it is, and which it may not have. */
const kinds = [
  { key: 'pipeline', kind: 'use', own: ['pipeline', 'input', 'needs', 'when'] },
  { key: 'over', kind: 'map', own: ['run', 'needs', 'when', ...policies, 'over'] },
  { key: 'until', kind: 'loop', own: ['run', 'needs', 'when', ...policies, 'initial', 'until', 'max'] },
  { key: 'run', kind: 'step', own: ['run', 'needs', 'when', ...policies] },
] as const

/** Puts the registered functions in the place of their names. */
export function bindStep(
  step: StepText,
  needs: StepNeeds,
  { fail }: PipelineText,
  { steps, conditions = {}, pipelines = {} }: PipelineFromYamlOptions<unknown>,
): BoundStep {
  const { name, value: fields } = step
  const { kind, own, key } = kinds.find((each) => fields.has(each.key)) ?? kinds[3]
  for (const [field, { offset }] of fields) {
    if ((own as readonly string[]).includes(field)) continue
    fail(`Step ${JSON.stringify(name)} has "${key}", and so no "${field}". It may have ${own.join(', ')}.`, offset)
  }
  const when = fields.get('when')
  const base = {
    needs: [...new Set(needs.names.values())],
    ...(when !== undefined && { when: renamed(find(conditions, when, 'condition')) }),
  }
  if (kind === 'use') {
    const input = fields.get('input')
    const pipeline = find(pipelines, fields.get('pipeline') ?? step, 'pipeline')
    return { kind, bound: { ...base, pipeline, ...(input !== undefined && { input: pick(input) }) } }
  }
  const bound = { ...base, ...bindWork() }
  if (kind === 'map') return { kind, bound: { ...bound, over: pick(fields.get('over')) } }
  if (kind === 'step') return { kind, bound }
  const until = renamed(find(conditions, fields.get('until') ?? step, 'condition'))
  return { kind, bound: { ...bound, initial: pick(fields.get('initial')), until, max: fields.get('max')?.value } }

  function bindWork(): object {
    const run = fields.get('run') ?? { value: name, offset: step.offset }
    const registered = find(steps, run, 'step')
    const { compensate, idempotencyKey, irreversible } = registered
    const chosen = policies.flatMap((policy) => {
      const value = fields.get(policy)?.value ?? registered[policy]
      return value === undefined ? [] : [[policy, value]]
    })
    return {
      ...Object.fromEntries(chosen),
      run: checked(name, registered, needs),
      ...(irreversible !== undefined && { irreversible }),
      ...(compensate !== undefined && { compensate: renamed(compensate.bind(registered)) }),
      ...(idempotencyKey !== undefined && { idempotencyKey: renamed(idempotencyKey.bind(registered)) }),
    }
  }

  /** By the names that the function knows its needs by. */
  function renamed<Context extends Inputs, Output>(call: (context: Context) => Output): (context: Context) => Output {
    return (context) => call({ ...context, needs: rename(context.needs, needs) })
  }

  /** The input of the run, or one of the needs. */
  function pick(field: Placed | undefined): (inputs: Inputs) => unknown {
    const { value, offset } =
      field ?? fail(`Step ${JSON.stringify(name)} lacks "initial": the name of a need, or "input".`, step.offset)
    if (value === 'input') return ({ input }) => input
    const need = typeof value === 'string' ? needs.names.get(value) : undefined
    if (need !== undefined) return (inputs) => inputs.needs[need]
    const names = ['input', ...needs.names.keys()]
    return fail(
      `Expected one of what step ${JSON.stringify(name)} needs, got ${JSON.stringify(value)}: ${names.join(', ')}.`,
      offset,
    )
  }

  function find<Registered>(
    registry: Readonly<Record<string, Registered>>,
    { value, offset }: Placed,
    what: string,
  ): Registered {
    if (typeof value === 'string' && Object.hasOwn(registry, value)) return registry[value] as Registered
    const known = Object.keys(registry)
    const near = typeof value === 'string' ? closestName(value, known) : undefined
    const all = known.length === 0 ? 'None is.' : `Registered: ${known.join(', ')}.`
    const hint = near === undefined ? all : `Did you mean "${near}"?`
    return fail(`No ${what} is registered as ${JSON.stringify(value) ?? 'nothing'}. ${hint}`, offset)
  }
}

function rename(outputs: Outputs, { names }: StepNeeds): Outputs {
  const known: Record<string, unknown> = {}
  for (const [alias, name] of names) setOwn(known, alias, outputs[name])
  return known
}

/** The function of a step, between the schemas of what it needs and gives. */
function checked(name: string, registered: RegisteredStep, stepNeeds: StepNeeds): (context: never) => unknown {
  const { needs: needsSchema, output: outputSchema } = registered
  const run = (context: Inputs, needs: unknown): unknown => registered.run({ ...context, needs } as never)
  if (needsSchema === undefined && outputSchema === undefined) {
    return (context: Inputs) => run(context, rename(context.needs, stepNeeds))
  }
  return async (context: Inputs) => {
    const given = rename(context.needs, stepNeeds)
    const needs = needsSchema === undefined ? given : await check(needsSchema, given, name, 'needs')
    const output = await run(context, needs)
    return outputSchema === undefined ? output : check(outputSchema, output, name, 'output')
  }
}

async function check(
  schema: StandardSchemaV1,
  value: unknown,
  step: string,
  part: 'needs' | 'output',
): Promise<unknown> {
  const result = await schema['~standard'].validate(value)
  if (result.issues) throw new InvalidStepDataError(step, part, result.issues)
  return result.value
}
