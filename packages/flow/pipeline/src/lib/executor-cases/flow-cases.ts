import { deepEqual, equal, ok } from 'node:assert/strict'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { definePipeline } from '../define-pipeline.ts'
import { type CaseDefinition, rejectionOf } from './executor-case.ts'

const positive: StandardSchemaV1<number, number> = {
  '~standard': {
    version: 1,
    vendor: 'cases',
    validate: (value) =>
      typeof value === 'number' && value > 0 ? { value: value * 10 } : { issues: [{ message: 'Expected more.' }] },
  },
}

/** How a run goes that nothing stops. */
export const flowCases: readonly CaseDefinition[] = [
  {
    name: 'gives each step the input and what it needs, and gives all outputs',
    async run(open) {
      const pipeline = definePipeline<{ words: string[] }>('count')
        .step('long', { run: async ({ input }) => input.words.filter((word) => word.length > 3) })
        .step('short', { run: ({ input }) => input.words.filter((word) => word.length <= 3) })
        .step('counts', { needs: ['long', 'short'], run: ({ needs }) => [needs.long.length, needs.short.length] })
      const executor = await open(pipeline)
      const { outputs, steps, runId } = await executor.run(pipeline, { words: ['a', 'word'] }, { runId: 'counting' })
      deepEqual(outputs, { long: ['word'], short: ['a'], counts: [1, 1] })
      deepEqual(
        steps.map(({ name, status }) => [name, status]),
        ['long', 'short', 'counts'].map((name) => [name, 'completed']),
      )
      equal(runId, 'counting')
    },
  },
  {
    name: 'runs steps at the same time that do not need each other',
    async run(open) {
      const [left, right] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()]
      const pipeline = definePipeline('meet')
        .step('left', { run: () => (left.resolve('left was here'), right.promise) })
        .step('right', { run: () => (right.resolve('right was here'), left.promise) })
      const { outputs } = await (await open(pipeline)).run(pipeline, undefined)
      deepEqual(outputs, { left: 'right was here', right: 'left was here' })
    },
  },
  {
    name: 'checks the input before anything runs',
    async run(open) {
      const started: unknown[] = []
      const pipeline = definePipeline('checked', { input: positive }).step('a', {
        run: ({ input }) => (started.push(input), input),
      })
      const executor = await open(pipeline)
      equal((await rejectionOf(executor.run(pipeline, -1))).code, 'invalid_input')
      deepEqual(started, [])
      deepEqual((await executor.run(pipeline, 2)).outputs, { a: 20 })
    },
  },
  {
    name: 'skips a step whose condition says no, and runs those that need it',
    async run(open) {
      const pipeline = definePipeline<number>('maybe')
        .step('big', { when: ({ input }) => input > 10, run: () => 'big' })
        .step('small', { when: async ({ input }) => input <= 10, run: () => 'small' })
        .step('size', { needs: ['big', 'small'], run: ({ needs }) => needs.big ?? needs.small ?? 'none' })
      const { outputs, steps } = await (await open(pipeline)).run(pipeline, 3)
      deepEqual(outputs.size, 'small')
      deepEqual(
        steps.map(({ status }) => status),
        ['skipped', 'completed', 'completed'],
      )
    },
  },
  {
    name: 'maps a collection in its order, so many items at a time',
    async run(open) {
      let atWork = 0
      let most = 0
      const together = Promise.withResolvers<void>()
      const pipeline = definePipeline<number[]>('squares').map('square', {
        over: ({ input }) => input,
        concurrency: 2,
        run: async ({ item, index }) => {
          most = Math.max(most, ++atWork)
          // One whose beginning takes a while to be written is waited for.
          if (atWork === 2) together.resolve()
          await together.promise
          for (let turn = 0; turn < 10 - index; turn++) await Promise.resolve()
          atWork--
          return item * item
        },
      })
      const { outputs } = await (await open(pipeline)).run(pipeline, [1, 2, 3, 4, 5])
      deepEqual(outputs.square, [1, 4, 9, 16, 25])
      equal(most, 2)
    },
  },
  {
    name: 'maps an empty collection to an empty one',
    async run(open) {
      const pipeline = definePipeline('none').map('each', { over: () => [] as number[], run: ({ item }) => item })
      deepEqual((await (await open(pipeline)).run(pipeline, undefined)).outputs, { each: [] })
    },
  },
  {
    name: 'repeats a loop until its value is right, and fails where it never is',
    async run(open) {
      const pipeline = definePipeline<number>('halve').loop('halve', {
        initial: ({ input }) => input,
        run: ({ value }) => value / 2,
        until: ({ value }) => value < 10,
        max: 4,
      })
      const executor = await open(pipeline)
      deepEqual((await executor.run(pipeline, 60)).outputs, { halve: 7.5 })
      const error = await rejectionOf(executor.run(pipeline, 1000))
      equal(error.code, 'step_failed')
      ok(error.message.includes('is not done after 4 turns'), error.message)
    },
  },
  {
    name: 'runs a pipeline as a step of another',
    async run(open) {
      const inner = definePipeline<number>('inner')
        .step('double', { run: ({ input }) => input * 2 })
        .step('text', { needs: ['double'], run: ({ needs }) => `${needs.double}` })
      const outer = definePipeline<number>('outer')
        .step('add', { run: ({ input }) => input + 1 })
        .use('inner', { needs: ['add'], pipeline: inner, input: ({ needs }) => needs.add })
        .step('end', { needs: ['inner'], run: ({ needs }) => `${needs.inner.text}!` })
      const { outputs } = await (await open(outer)).run(outer, 4)
      deepEqual(outputs, { add: 5, inner: { double: 10, text: '10' }, end: '10!' })
    },
  },
  {
    name: 'tries a step again as often as it says, with the same idempotency key',
    async run(open) {
      const seen: unknown[] = []
      const pipeline = definePipeline('again')
        .step('shaky', {
          retry: { attempts: 3, baseDelay: 0 },
          run: ({ attempt, idempotencyKey }) => {
            seen.push([attempt, idempotencyKey])
            if (attempt < 3) throw new Error('not yet')
            return attempt
          },
        })
        .step('named', { idempotencyKey: () => 'my key', run: ({ idempotencyKey }) => idempotencyKey })
      const { outputs } = await (await open(pipeline)).run(pipeline, undefined, { runId: 'r' })
      deepEqual(outputs, { shaky: 3, named: 'my key' })
      deepEqual(seen, [
        [1, 'r/shaky'],
        [2, 'r/shaky'],
        [3, 'r/shaky'],
      ])
    },
  },
  {
    name: 'ends an attempt whose time is over',
    async run(open) {
      const pipeline = definePipeline('slow').step('slow', {
        timeout: 5,
        run: ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      })
      const error = await rejectionOf((await open(pipeline)).run(pipeline, undefined))
      equal(error.code, 'step_failed')
      ok(error.message.includes('Expected an end within 5 ms'), error.message)
    },
  },
]
