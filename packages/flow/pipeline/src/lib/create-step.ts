import { describeValue } from '@empire/errors'
import { quoteNames } from './quote-names.ts'
import type { Step, StepList } from './step-list.ts'

/** Checks what a caller without types may pass, and takes a copy that later changes do not reach. */
export function createStep(pipeline: string, steps: StepList, name: unknown, definition: unknown): Step {
  const where = `pipeline ${JSON.stringify(pipeline)}`
  if (typeof name !== 'string' || name === '') {
    throw new TypeError(`The name of a step of ${where} must be a non-empty string, got ${describeValue(name)}.`)
  }
  const step = `Step ${JSON.stringify(name)} of ${where}`
  if (steps.position(name) !== undefined) {
    throw new TypeError(`${step} exists already. Give each step a name of its own.`)
  }
  if (typeof definition !== 'object' || definition === null) {
    throw new TypeError(`${step} must be an object with a "run" function, got ${describeValue(definition)}.`)
  }
  const { run, needs = [] } = definition as { run?: unknown; needs?: unknown }
  if (typeof run !== 'function') {
    throw new TypeError(`${step}: "run" must be a function, got ${describeValue(run)}.`)
  }
  if (!Array.isArray(needs)) {
    throw new TypeError(`${step}: "needs" must be an array of names of steps, got ${describeValue(needs)}.`)
  }
  // Not needs.map(), which passes over the holes of a sparse array.
  const positions = Array.from(needs, (need: unknown) => {
    if (need === name) throw new TypeError(`${step} needs itself.`)
    const position = typeof need === 'string' ? steps.position(need) : undefined
    if (position !== undefined) return position
    const what = typeof need === 'string' ? JSON.stringify(need) : describeValue(need)
    throw new TypeError(`${step} needs ${what}, which is not a step before it. ${describeSteps(steps)}`)
  })
  return { name, needs: [...new Set(positions)], run: run as Step['run'] }
}

function describeSteps(steps: StepList): string {
  if (steps.length === 0) return 'It is the first step; define a step before those that need it.'
  return `Define a step before those that need it; so far: ${quoteNames(steps.toArray().map(({ name }) => name))}.`
}
