import { deepEqual } from 'node:assert/strict'
import { definePipeline } from '../define-pipeline.ts'
import type { PipelineEvent } from '../pipeline-event.ts'
import { type CaseDefinition, rejectionOf } from './executor-case.ts'

function tell(events: readonly PipelineEvent[]): string[] {
  return events.map((event) => ('key' in event ? `${event.type} ${event.key}` : event.type))
}

function boom(): never {
  throw new Error('boom')
}

/** What `onEvent` hears. */
export const eventCases: readonly CaseDefinition[] = [
  {
    name: 'tells of each step, its attempts, and the progress of a map',
    async run(open) {
      const events: PipelineEvent[] = []
      const pipeline = definePipeline('p')
        .step('shaky', {
          retry: { attempts: 2, baseDelay: 0 },
          run: ({ attempt }) => {
            if (attempt === 1) throw new Error('not yet')
          },
        })
        .step('skipped', { needs: ['shaky'], when: () => false, run: () => 1 })
        .map('map', { needs: ['skipped'], over: () => [1], run: () => 1 })
      await (await open(pipeline)).run(pipeline, undefined, { onEvent: (event) => events.push(event) })
      deepEqual(tell(events), [
        'run-start',
        'step-start shaky',
        'step-retry shaky',
        'step-start shaky',
        'step-end shaky',
        'step-skipped skipped',
        'step-start map',
        'step-start map[0]',
        'step-end map[0]',
        'step-progress map',
        'step-end map',
        'run-end',
      ])
    },
  },
  {
    name: 'tells of the rollback',
    async run(open) {
      const events: PipelineEvent[] = []
      const pipeline = definePipeline('p')
        .step('a', { run: () => 1, compensate: () => 1 })
        .step('b', { needs: ['a'], run: () => 1, compensate: boom })
        .step('fails', { needs: ['b'], run: boom })
      await rejectionOf((await open(pipeline)).run(pipeline, undefined, { onEvent: (event) => events.push(event) }))
      deepEqual(tell(events).slice(5), [
        'step-start fails',
        'step-failed fails',
        'rollback-start',
        'compensate-start b',
        'compensate-failed b',
        'compensate-start a',
        'compensate-end a',
        'rollback-end',
        'run-end',
      ])
    },
  },
]
