import { LoopTask } from './loop-task.ts'
import { MapTask } from './map-task.ts'
import { PipelineTask } from './pipeline-task.ts'
import type { Task, TaskPlace } from './task.ts'
import { UnitTask } from './unit-task.ts'

/** The task of a step. */
export function createTask(place: TaskPlace): Task {
  const { step } = place
  switch (step.kind) {
    case 'step':
      return new UnitTask(place, step.path, step.work)
    case 'map':
      return new MapTask(place, step)
    case 'loop':
      return new LoopTask(place, step)
    case 'pipeline':
      return new PipelineTask(place, step.innerPlan as NonNullable<typeof step.innerPlan>, step.input)
  }
}
