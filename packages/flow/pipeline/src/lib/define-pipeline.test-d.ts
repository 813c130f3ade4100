import type { StandardSchemaV1 } from '@standard-schema/spec'
import { expectTypeOf } from 'vitest'
import { definePipeline } from './define-pipeline.ts'
import type { Pipeline } from './pipeline.ts'

const rag = definePipeline<{ question: string }>('rag')
  .step('ingest', {
    run: ({ input, needs, signal }) => {
      expectTypeOf(input).toEqualTypeOf<{ question: string }>()
      expectTypeOf(needs).toEqualTypeOf<{}>()
      expectTypeOf(signal).toEqualTypeOf<AbortSignal>()
      return ['a chunk']
    },
  })
  .step('count', { run: async () => 3 })
  .step('search', {
    needs: ['ingest', 'count'],
    run: ({ needs }) => {
      expectTypeOf(needs).toEqualTypeOf<{ ingest: string[]; count: number }>()
      return Promise.resolve({ hits: needs.ingest })
    },
  })
  .step('cite', {
    needs: ['search'],
    run: ({ needs }) => {
      expectTypeOf(needs).toEqualTypeOf<{ search: { hits: string[] } }>()
      // @ts-expect-error -- a step sees only what it needs
      void needs.ingest
    },
  })

const { outputs, steps } = await rag.run({ question: 'why?' })
expectTypeOf(outputs).toEqualTypeOf<{
  ingest: string[]
  count: number
  search: { hits: string[] }
  cite: void
}>()
expectTypeOf(steps[0]?.startedAt).toEqualTypeOf<number | undefined>()

// @ts-expect-error -- the input is missing
void rag.run()
// @ts-expect-error -- the input is of another type
void rag.run({ question: 3 })

// @ts-expect-error -- an unknown step
rag.step('answer', { needs: ['serach'], run: () => 1 })
// @ts-expect-error -- no step can need itself
rag.step('answer', { needs: ['answer'], run: () => 1 })
// @ts-expect-error -- the first step can need nothing
definePipeline('first').step('answer', { needs: ['ingest'], run: () => 1 })
// @ts-expect-error -- the name is taken
rag.step('search', { run: () => 1 })
// @ts-expect-error -- an unknown option
rag.step('answer', { need: ['search'], run: () => 1 })

void definePipeline('no input').run()
void definePipeline('no input').run(undefined, { signal: AbortSignal.abort() })

declare const schema: StandardSchemaV1<{ limit: string }, { limit: number }>
const parsed = definePipeline('parsed', { input: schema }).step('double', {
  run: ({ input }) => {
    expectTypeOf(input).toEqualTypeOf<{ limit: number }>()
    return input.limit * 2
  },
})
expectTypeOf(parsed.run).parameter(0).toEqualTypeOf<{ limit: string }>()

declare const unchecked: StandardSchemaV1<unknown, { limit: number }>
expectTypeOf(definePipeline<{ limit: number }>('checked', { input: unchecked }).run)
  .parameter(0)
  .toEqualTypeOf<{ limit: number }>()

// A pipeline that is put together in a loop knows its outputs as values by name.
let loop: Pipeline<void, Record<string, unknown>> = definePipeline('loop')
for (const name of ['a', 'b']) loop = loop.step(name, { needs: ['x'], run: ({ needs }) => needs['x'] })
for (const index of [1, 2]) loop = loop.step(`step ${index}`, { run: () => index })
expectTypeOf((await loop.run()).outputs).toEqualTypeOf<{ [name: string]: unknown }>()
