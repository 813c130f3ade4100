import { definePipeline, type RunResult } from '@empire/pipeline'
import { expectTypeOf } from 'vitest'
import type { Deployment, StartedRun } from './deployment.ts'

declare const deployment: Deployment
const pipeline = definePipeline<{ item: string }>('order')
  .step('count', { run: ({ input }) => input.item.length })
  .step('maybe', { when: () => true, run: () => 'text' })

// A run has the types of its pipeline.
expectTypeOf(deployment.start(pipeline, { item: 'book' })).resolves.toExtend<
  StartedRun<{ count: number; maybe: string | undefined }>
>()
expectTypeOf(deployment.run(pipeline, { item: 'book' }, { runId: 'r' })).resolves.toExtend<
  RunResult<{ count: number; maybe: string | undefined }>
>()

// @ts-expect-error -- another input than that of the pipeline
void deployment.start(pipeline, { items: 'book' })
// @ts-expect-error -- no such option
void deployment.start(pipeline, { item: 'book' }, { que: 'default' })

void deployment.schedule('nightly', pipeline, { cron: '0 3 * * *', input: (at) => ({ item: at.toISOString() }) })
// @ts-expect-error -- another input than that of the pipeline
void deployment.schedule('nightly', pipeline, { cron: '0 3 * * *', input: (at) => at })

// What is known of a run by its id alone.
expectTypeOf(deployment.result('r')).resolves.toEqualTypeOf<RunResult<Record<string, unknown>>>()
