import { defineEvents } from '@empire/telemetry/events'
import type { PipelineEvent } from './pipeline-event.ts'

const run = { pipeline: 'label', runId: 'detail' } as const
const step = { ...run, step: 'label', key: 'detail' } as const
const attempt = { ...step, attempt: 'detail' } as const
const ended = { ...attempt, duration: 'duration' } as const
const failed = { ...ended, error: 'detail' } as const
const retried = { ...attempt, delay: 'duration', error: 'detail' } as const

/** What happens in all runs of the process: on the diagnostics channels `empire:pipeline:run-start` and so on. */
export const pipelineEvents = defineEvents('pipeline', {
  'run-start': { description: 'A run began, or was resumed.', fields: { ...run, resumed: 'detail', shape: 'detail' } },
  'step-start': { description: 'An attempt of a step was started.', fields: { ...attempt, size: 'detail' } },
  'step-retry': { description: 'An attempt failed, and another follows.', fields: retried },
  'step-end': { description: 'A step gave its output.', fields: ended },
  'step-progress': {
    description: 'An item of a map, or a turn of a loop, was done.',
    fields: { ...step, done: 'detail', size: 'detail' },
  },
  'step-skipped': { description: 'The condition of a step said no.', fields: step },
  'step-failed': { description: 'A step failed.', fields: failed },
  'step-aborted': { description: 'A step gave up on its signal.', fields: ended },
  'step-restored': { description: 'A step had been done before the run was resumed.', fields: step },
  'rollback-start': { description: 'A run began to undo what it had done.', fields: { ...run, reason: 'detail' } },
  'compensate-start': { description: 'An attempt to undo a step was started.', fields: attempt },
  'compensate-retry': { description: 'An attempt to undo a step failed, and another follows.', fields: retried },
  'compensate-end': { description: 'A step was undone.', fields: ended },
  'compensate-failed': { description: 'A step could not be undone.', fields: failed },
  'rollback-end': {
    description: 'A run had undone what could be undone.',
    fields: { ...run, duration: 'duration', notUndone: 'detail' },
  },
  'run-end': {
    description: 'Every step that a run had started has settled.',
    fields: {
      ...run,
      status: ['completed', 'failed', 'aborted', 'rollback-incomplete', 'suspended'],
      duration: 'duration',
      steps: 'detail',
    },
  },
})

/** Tells the subscribers of the process what happened in a run. */
export function publishEvent(event: PipelineEvent): void {
  // The fields of an event are those of its channel: the type of the union cannot say which goes with which.
  const channel = pipelineEvents[event.type] as { publish(payload: PipelineEvent): void }
  channel.publish(event)
}
