import type { StandardSchemaV1 } from '@standard-schema/spec'
import { hasPolicies } from './has-policies.ts'
import type { EndStatus, Plan, PlannedStep, Step } from './planned-step.ts'

interface PlanOptions {
  readonly name: string
  readonly schema: StandardSchemaV1 | undefined
  readonly concurrency: number
  readonly steps: readonly Step[]
}

/** @param root The name of the outermost pipeline. @param prefix What the keys begin with: `review/`. */
export function createPlan({ name, schema, concurrency, steps }: PlanOptions, root: string, prefix: string): Plan {
  const dependants: number[][] = steps.map(() => [])
  for (const [position, { needs }] of steps.entries()) {
    for (const need of needs) dependants[need]?.push(position)
  }
  const planned = steps.map((step, position): PlannedStep => {
    const path = `${prefix}${step.name}`
    const attributes = { 'empire.pipeline.name': root, 'empire.pipeline.step': path }
    const end = (status: EndStatus) => ({ ...attributes, 'empire.pipeline.status': status })
    const placed = {
      path,
      dependants: dependants[position] ?? [],
      spanName: `step ${path}`,
      attributes,
      endAttributes: { completed: end('completed'), failed: end('failed'), aborted: end('aborted') },
    }
    return step.kind === 'pipeline'
      ? { ...step, ...placed, innerPlan: step.inner.plan(root, `${path}/`) }
      : { ...step, ...placed }
  })
  const isHeldBack = concurrency !== Infinity || planned.some(isGuarded)
  return { root, name, schema, concurrency, hasPolicies: isHeldBack, steps: planned }
}

function isGuarded(step: PlannedStep): boolean {
  return step.kind === 'pipeline' ? step.innerPlan.hasPolicies : hasPolicies(step.work)
}
