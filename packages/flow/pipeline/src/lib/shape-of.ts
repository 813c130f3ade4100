import type { PipelineShape, StepShape } from './pipeline-shape.ts'
import type { Step } from './planned-step.ts'

/** What a pipeline is made of, as JSON. */
export function shapeOf(name: string, version: string | undefined, steps: readonly Step[]): PipelineShape {
  return {
    name,
    ...(version !== undefined && { version }),
    steps: steps.map((step): StepShape => {
      const undo = 'work' in step ? undoOf(step.work) : undefined
      return {
        name: step.name,
        kind: step.kind,
        needs: step.needs.toSorted((a, b) => a - b).map((need) => steps[need]?.name ?? ''),
        ...(undo !== undefined && { undo }),
        ...(step.when !== undefined && { conditional: true }),
        ...(step.kind === 'loop' && { max: step.max }),
        ...(step.kind === 'pipeline' && { pipeline: step.inner.shape }),
      }
    }),
  }
}

function undoOf({ compensate, irreversible }: { compensate?: unknown; irreversible: boolean }): StepShape['undo'] {
  if (irreversible) return 'irreversible'
  return compensate === undefined ? undefined : 'compensate'
}
