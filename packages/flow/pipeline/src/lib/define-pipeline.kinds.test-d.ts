import { expectTypeOf } from 'vitest'
import { definePipeline } from './define-pipeline.ts'
import { resume } from './resume.ts'
import type { Journal } from './journal.ts'

const inner = definePipeline<{ text: string }>('inner').step('length', { run: ({ input }) => input.text.length })

const all = definePipeline<number>('all')
  .step('maybe', { when: ({ input }) => input > 1, run: async () => 'text' })
  .step('later', {
    needs: ['maybe'],
    when: async ({ needs }) => {
      expectTypeOf(needs).toEqualTypeOf<{ maybe: string | undefined }>()
      return true
    },
    run: ({ needs, attempt, runId, idempotencyKey }) => {
      expectTypeOf(needs).toEqualTypeOf<{ maybe: string | undefined }>()
      expectTypeOf(attempt).toEqualTypeOf<number>()
      expectTypeOf([runId, idempotencyKey]).toEqualTypeOf<string[]>()
      return 1
    },
  })
  .step('charge', {
    needs: ['maybe'],
    run: async () => ({ id: 'c1' }),
    compensate: ({ output, needs, input }) => {
      expectTypeOf(output).toEqualTypeOf<{ id: string } | undefined>()
      expectTypeOf(needs).toEqualTypeOf<{ maybe: string | undefined }>()
      expectTypeOf(input).toEqualTypeOf<number>()
    },
    idempotencyKey: ({ needs }) => `charge ${needs.maybe}`,
    retry: 3,
    timeout: { after: 100, grace: 10 },
    breaker: { name: 'bank', failureRate: 0.2 },
    concurrency: { resource: 'bank', limit: 2 },
  })
  .step('refund', {
    run: () => 1,
    compensate: { run: ({ output }) => expectTypeOf(output).toEqualTypeOf<number | undefined>(), retry: 2, timeout: 5 },
  })
  .map('pages', {
    needs: ['charge'],
    over: ({ needs }) => [needs.charge.id],
    concurrency: 3,
    run: async ({ item, index }) => {
      expectTypeOf(item).toEqualTypeOf<string>()
      expectTypeOf(index).toEqualTypeOf<number>()
      return item.length
    },
    compensate: ({ item, output }) => {
      expectTypeOf(item).toEqualTypeOf<string>()
      expectTypeOf(output).toEqualTypeOf<number | undefined>()
    },
    idempotencyKey: ({ item, index }) => `${item.trim()} ${index}`,
  })
  .map('async pages', { over: async () => new Set([1]), when: () => true, run: ({ item }) => item })
  .loop('refine', {
    needs: ['pages'],
    initial: ({ needs }) => ({ text: '', pages: needs.pages }),
    run: async ({ value, turn }) => ({ ...value, text: `${value.text}${turn}` }),
    until: ({ value }) => value.text.length > 3,
    max: 5,
  })
  .use('inner', { needs: ['refine'], pipeline: inner, input: ({ needs }) => ({ text: needs.refine.text }) })
  .use('perhaps', { pipeline: definePipeline('empty'), when: () => false })
  .step('end', {
    needs: ['pages', 'refine', 'inner'],
    run: ({ needs }) => {
      expectTypeOf(needs).toEqualTypeOf<{
        pages: number[]
        refine: { text: string; pages: number[] }
        inner: { length: number }
      }>()
    },
  })

const { outputs } = await all.run(1)
expectTypeOf(outputs.maybe).toEqualTypeOf<string | undefined>()
expectTypeOf(outputs.later).toEqualTypeOf<number | undefined>()
expectTypeOf(outputs.charge).toEqualTypeOf<{ id: string }>()
expectTypeOf(outputs['async pages']).toEqualTypeOf<number[] | undefined>()
expectTypeOf(outputs.inner).toEqualTypeOf<{ length: number }>()

declare const journal: Journal
expectTypeOf((await resume(inner, { journal, runId: 'r' })).outputs).toEqualTypeOf<{ length: number }>()
// @ts-expect-error -- a run is resumed by its name
void resume(inner, { journal })

// @ts-expect-error -- the pipeline inside takes another input
all.use('wrong', { pipeline: inner, input: () => 1 })
// @ts-expect-error -- the pipeline inside takes an input
all.use('missing', { pipeline: inner })
// @ts-expect-error -- the name is taken
all.map('pages', { over: () => [1], run: () => 1 })
// @ts-expect-error -- an unknown step
all.map('more', { needs: ['page'], over: () => [1], run: () => 1 })
// @ts-expect-error -- a loop has a bound
all.loop('endless', { initial: () => 1, run: ({ value }) => value, until: () => false })
// @ts-expect-error -- a turn gives what the next one takes
all.loop('turns', { initial: () => 1, run: () => 'text', until: () => true, max: 2 })
// @ts-expect-error -- nothing to iterate over
all.map('number', { over: () => 3, run: () => 1 })
// @ts-expect-error -- a condition answers yes or no
all.step('when', { when: () => 'yes', run: () => 1 })
// @ts-expect-error -- an unknown option
all.step('retries', { retries: 3, run: () => 1 })
