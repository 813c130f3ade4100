import { LoopTask } from './loop-task.ts'
import { MapTask } from './map-task.ts'
import { PipelineTask } from './pipeline-task.ts'
import type { PlannedStep } from './planned-step.ts'
import type { Task, TaskScope } from './task.ts'
import { UnitTask } from './unit-task.ts'

/** The task of a step. */
export function createTask(scope: TaskScope, step: PlannedStep, needs: Record<string, unknown>): Task {
  switch (step.kind) {
    case 'step':
      return new UnitTask(scope, step, needs, step.path, step.work)
    case 'map':
      return new MapTask(scope, step, needs)
    case 'loop':
      return new LoopTask(scope, step, needs)
    case 'pipeline':
      return new PipelineTask(scope, step, needs)
  }
}
