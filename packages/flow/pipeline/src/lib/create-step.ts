import { describeValue, expectKnownKeys } from '@empire/errors'
import { expectCount, expectFunction, expectObject } from './expect-option.ts'
import { plansOf } from './pipeline-plans.ts'
import type { StepKind } from './pipeline-shape.ts'
import type { Step, Work } from './planned-step.ts'
import { quoteNames } from './quote-names.ts'
import { readWork, workOptions } from './read-work.ts'
import type { StepList } from './step-list.ts'

const defaultAtOnce = 10

const ownOptions: Readonly<Record<StepKind, readonly string[]>> = {
  step: workOptions,
  map: [...workOptions, 'over'],
  loop: [...workOptions, 'initial', 'until', 'max'],
  pipeline: ['pipeline', 'input'],
}

/** Checks what a caller without types may pass, and takes a copy that later changes do not reach. */
export function createStep(
  pipeline: string,
  steps: StepList,
  kind: StepKind,
  name: unknown,
  definition: unknown,
): Step {
  const inPipeline = `pipeline ${JSON.stringify(pipeline)}`
  if (typeof name !== 'string' || name === '') {
    throw new TypeError(`The name of a step of ${inPipeline} must be a non-empty string, got ${describeValue(name)}.`)
  }
  const where = `Step ${JSON.stringify(name)} of ${inPipeline}`
  if (/[/[\]]/.test(name) || !name.isWellFormed()) {
    throw new TypeError(`${where} must have a name without "/", "[", "]" and lone surrogates: keys are made of it.`)
  }
  if (steps.position(name) !== undefined) {
    throw new TypeError(`${where} exists already. Give each step a name of its own.`)
  }
  expectObject(
    where,
    definition,
    kind === 'pipeline' ? 'an object with a "pipeline"' : 'an object with a "run" function',
  )
  expectKnownKeys(where, definition, ['needs', 'when', ...ownOptions[kind]])
  const { when } = definition
  if (when !== undefined) expectFunction(`${where}: "when"`, when)
  const base = { name, needs: readNeeds(where, name, steps, definition['needs']), when: when as Step['when'] }
  switch (kind) {
    case 'step':
      return { ...base, kind, work: readUnit(where, definition) }
    case 'map':
      return { ...base, kind, ...readMap(where, definition) }
    case 'loop':
      return { ...base, kind, ...readLoop(where, definition) }
    case 'pipeline':
      return { ...base, kind, ...readPipeline(where, definition) }
  }
}

function readUnit(where: string, definition: Record<string, unknown>): Work {
  const { concurrency } = definition
  if (typeof concurrency === 'number') {
    throw new TypeError(
      `${where}: "concurrency" must name a resource, got ${describeValue(concurrency)}. A step is one unit of work: ` +
        'limit the pipeline, a map, or a resource.',
    )
  }
  return readWork(where, definition)
}

function readMap(where: string, definition: Record<string, unknown>) {
  const { over, concurrency } = definition
  const work = readWork(where, definition)
  expectFunction(`${where}: "over"`, over)
  if (typeof concurrency === 'number') expectCount(`${where}: "concurrency"`, concurrency)
  const atOnce = typeof concurrency === 'number' ? concurrency : (work.resource?.limit ?? defaultAtOnce)
  return { work, over: over as (inputs: never) => unknown, atOnce }
}

function readLoop(where: string, definition: Record<string, unknown>) {
  const { initial, until, max } = definition
  const work = readUnit(where, definition)
  expectFunction(`${where}: "initial"`, initial)
  expectFunction(`${where}: "until"`, until)
  expectCount(`${where}: "max"`, max)
  if (max === Infinity) throw new TypeError(`${where}: "max" must be a bound, got Infinity.`)
  return { work, initial: initial as (inputs: never) => unknown, until: until as (inputs: never) => unknown, max }
}

function readPipeline(where: string, definition: Record<string, unknown>) {
  const { pipeline, input } = definition
  const inner = plansOf(pipeline)
  if (inner === undefined) {
    throw new TypeError(`${where}: "pipeline" must be made by definePipeline(), got ${describeValue(pipeline)}.`)
  }
  if (input !== undefined) expectFunction(`${where}: "input"`, input)
  return { inner, input: input as ((inputs: never) => unknown) | undefined }
}

function readNeeds(where: string, name: string, steps: StepList, needs: unknown = []): number[] {
  if (!Array.isArray(needs)) {
    throw new TypeError(`${where}: "needs" must be an array of names of steps, got ${describeValue(needs)}.`)
  }
  // Not needs.map(), which passes over the holes of a sparse array.
  const positions = Array.from(needs, (need: unknown) => {
    if (need === name) throw new TypeError(`${where} needs itself.`)
    const position = typeof need === 'string' ? steps.position(need) : undefined
    if (position !== undefined) return position
    const what = typeof need === 'string' ? JSON.stringify(need) : describeValue(need)
    throw new TypeError(`${where} needs ${what}, which is not a step before it. ${describeSteps(steps)}`)
  })
  return [...new Set(positions)]
}

function describeSteps(steps: StepList): string {
  if (steps.length === 0) return 'It is the first step; define a step before those that need it.'
  return `Define a step before those that need it; so far: ${quoteNames(steps.toArray().map(({ name }) => name))}.`
}
