import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { Step } from './step-list.ts'

/** A pipeline made ready to run: what all its runs share. */
export interface Plan {
  readonly pipeline: string
  readonly schema: StandardSchemaV1 | undefined
  readonly steps: readonly PlannedStep[]
}

/** A step with its place in the graph. */
export interface PlannedStep extends Step {
  /** Positions of the steps that need this one. */
  readonly dependants: readonly number[]
  readonly spanName: string
  readonly attributes: Readonly<Record<string, string>>
}

export function createPlan(pipeline: string, schema: StandardSchemaV1 | undefined, steps: readonly Step[]): Plan {
  const dependants: number[][] = steps.map(() => [])
  for (const [position, { needs }] of steps.entries()) {
    for (const need of needs) dependants[need]?.push(position)
  }
  return {
    pipeline,
    schema,
    steps: steps.map((step, position) => ({
      ...step,
      dependants: dependants[position] ?? [],
      spanName: `step ${step.name}`,
      attributes: { 'empire.pipeline.name': pipeline, 'empire.pipeline.step': step.name },
    })),
  }
}
