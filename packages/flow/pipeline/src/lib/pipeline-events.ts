import { defineEvents } from '@empire/telemetry'
import type { PipelineEvent } from './pipeline-event.ts'

const step = { pipeline: 'label', step: 'label' } as const

/** What happens in all runs of the process: on the diagnostics channels `empire:pipeline:run-start` and so on. */
export const pipelineEvents = defineEvents('pipeline', {
  'run-start': { description: 'A run began.', fields: { pipeline: 'label' } },
  'step-start': { description: 'A step was started.', fields: step },
  'step-end': { description: 'A step gave its output.', fields: { ...step, duration: 'duration' } },
  'step-failed': { description: 'A step failed.', fields: { ...step, duration: 'duration', error: 'detail' } },
  'step-aborted': { description: 'A step gave up on its signal.', fields: { ...step, duration: 'duration' } },
  'run-end': {
    description: 'Every step that a run had started has settled.',
    fields: {
      pipeline: 'label',
      status: ['completed', 'failed', 'aborted'],
      duration: 'duration',
      steps: 'detail',
    },
  },
})

/** Tells the subscribers of the process what happened in a run. */
export function publishEvent(event: PipelineEvent): void {
  switch (event.type) {
    case 'run-start':
      return pipelineEvents['run-start'].publish(event)
    case 'step-start':
      return pipelineEvents['step-start'].publish(event)
    case 'step-end':
      return pipelineEvents['step-end'].publish(event)
    case 'step-failed':
      return pipelineEvents['step-failed'].publish(event)
    case 'step-aborted':
      return pipelineEvents['step-aborted'].publish(event)
    case 'run-end':
      return pipelineEvents['run-end'].publish(event)
  }
}
