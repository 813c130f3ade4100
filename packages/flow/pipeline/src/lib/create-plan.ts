import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { Plan, PlannedStep, Step } from './planned-step.ts'

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
    return {
      ...step,
      path,
      dependants: dependants[position] ?? [],
      spanName: `step ${path}`,
      attributes: { 'empire.pipeline.name': root, 'empire.pipeline.step': path },
      innerPlan: step.kind === 'pipeline' ? step.inner.plan(root, `${path}/`) : undefined,
    }
  })
  return { root, name, schema, concurrency, steps: planned }
}
