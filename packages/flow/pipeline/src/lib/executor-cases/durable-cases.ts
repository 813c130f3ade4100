import { deepEqual, equal, ok } from 'node:assert/strict'
import { definePipeline } from '../define-pipeline.ts'
import { type CaseDefinition, rejectionOf, untilAborted } from './executor-case.ts'

/** How a run goes on that outlives its executor. */
export const durableCases: readonly CaseDefinition[] = [
  {
    name: 'goes on with a run after its executor was closed, and runs no completed step again',
    async run(open) {
      const calls: string[] = []
      const reached = Promise.withResolvers<void>()
      let isOpen = false
      const inner = definePipeline<number>('inner').step('in', { run: ({ input }) => (calls.push('in'), input + 1) })
      const pipeline = definePipeline<number>('p')
        .step('first', { run: ({ input }) => (calls.push('first'), { got: input }) })
        .step('nothing', { run: () => void calls.push('nothing') })
        .step('skipped', { when: () => false, run: () => calls.push('skipped') })
        .map('map', { over: () => [1, 2], run: ({ item }) => (calls.push(`map ${item}`), item * 10) })
        .loop('loop', {
          initial: () => 0,
          run: ({ value }) => (calls.push(`loop ${value}`), value + 1),
          until: ({ value }) => value === 2,
          max: 3,
        })
        .use('use', { pipeline: inner, input: ({ input }) => input })
        .step('waits', {
          needs: ['first', 'nothing', 'skipped', 'map', 'loop', 'use'],
          run: async ({ idempotencyKey, signal, needs, attempt }) => {
            calls.push(`waits ${attempt} ${idempotencyKey}`)
            reached.resolve()
            if (!isOpen) await untilAborted(signal)
            return needs
          },
        })
      const executor = await open(pipeline)
      const first = rejectionOf(executor.run(pipeline, 5, { runId: 'r' }))
      await reached.promise
      await executor.close()
      await first
      const before = calls.splice(0)
      isOpen = true
      const { outputs } = await (await open(pipeline)).run(pipeline, 5, { runId: 'r' })
      deepEqual(before.toSorted().slice(0, 7), ['first', 'in', 'loop 0', 'loop 1', 'map 1', 'map 2', 'nothing'])
      deepEqual(calls, ['waits 2 r/waits'])
      const values = {
        first: { got: 5 },
        nothing: undefined,
        skipped: undefined,
        map: [10, 20],
        loop: 2,
        use: { in: 6 },
      }
      deepEqual({ ...outputs, waits: 0 }, { ...values, waits: 0 })
      // What a step needs may have been through JSON, where what is undefined is missing.
      deepEqual({ ...values, ...(outputs.waits as object) }, values)
    },
  },
  {
    name: 'gives again what a run of that name gave, without running it',
    async run(open) {
      let calls = 0
      const pipeline = definePipeline<number>('p').step('a', { run: ({ input }) => (calls++, input * 2) })
      const first = await (await open(pipeline)).run(pipeline, 4, { runId: 'r' })
      const again = await (await open(pipeline)).run(pipeline, 4, { runId: 'r' })
      deepEqual(again.outputs, first.outputs)
      equal(calls, 1)
    },
  },
  {
    name: 'fails again as a run of that name failed, without running or undoing it',
    async run(open) {
      const calls: string[] = []
      const pipeline = definePipeline('p')
        .step('a', { run: () => calls.push('a'), compensate: () => calls.push('undo a') })
        .step('b', {
          needs: ['a'],
          run: () => {
            throw new Error('boom')
          },
        })
      const first = await rejectionOf((await open(pipeline)).run(pipeline, undefined, { runId: 'r' }))
      const again = await rejectionOf((await open(pipeline)).run(pipeline, undefined, { runId: 'r' }))
      equal(again.code, 'step_failed')
      equal(again.message, first.message)
      deepEqual(calls, ['a', 'undo a'])
    },
  },
  {
    name: 'goes on undoing a run that was stopped while it rolled back',
    async run(open) {
      const undone: string[] = []
      const reached = Promise.withResolvers<void>()
      let isOpen = false
      const pipeline = definePipeline('p')
        .step('a', { run: () => 'from a', compensate: ({ output }) => undone.push(`a ${output}`) })
        .step('b', {
          needs: ['a'],
          run: () => 'from b',
          compensate: async ({ output, signal }) => {
            reached.resolve()
            if (!isOpen) await untilAborted(signal)
            undone.push(`b ${output}`)
          },
        })
        .step('c', { needs: ['b'], run: () => 1, compensate: () => undone.push('c') })
        .step('fails', {
          needs: ['c'],
          run: () => {
            undone.push('ran')
            throw new Error('boom')
          },
        })
      const executor = await open(pipeline)
      const first = rejectionOf(executor.run(pipeline, undefined, { runId: 'r' }))
      await reached.promise
      await executor.close()
      await first
      deepEqual(undone, ['ran', 'c'])
      isOpen = true
      const error = await rejectionOf((await open(pipeline)).run(pipeline, undefined, { runId: 'r' }))
      equal(error.message, 'Step "fails" of pipeline "p" failed: boom.')
      deepEqual(undone, ['ran', 'c', 'b from b', 'a from a'])
    },
  },
  {
    name: 'undoes what was done before its executor was closed, with the key that it was done with',
    async run(open) {
      const keys: string[] = []
      const reached = Promise.withResolvers<void>()
      let isOpen = false
      const pipeline = definePipeline('p')
        .step('a', {
          idempotencyKey: () => (isOpen ? 'another' : 'first'),
          run: ({ idempotencyKey }) => keys.push(idempotencyKey),
          compensate: ({ idempotencyKey }) => keys.push(`undo ${idempotencyKey}`),
        })
        .step('fails', {
          needs: ['a'],
          run: async ({ signal }) => {
            reached.resolve()
            if (!isOpen) await untilAborted(signal)
            throw new Error('boom')
          },
        })
      const executor = await open(pipeline)
      const first = rejectionOf(executor.run(pipeline, undefined, { runId: 'r' }))
      await reached.promise
      await executor.close()
      await first
      isOpen = true
      const error = await rejectionOf((await open(pipeline)).run(pipeline, undefined, { runId: 'r' }))
      equal(error.message, 'Step "fails" of pipeline "p" failed: boom.')
      deepEqual(keys, ['first', 'undo first'])
    },
  },
  {
    name: 'refuses a run of another definition, and names what differs',
    async run(open) {
      const reached = Promise.withResolvers<void>()
      const base = definePipeline('p').step('a', { run: () => 1 })
      const before = base.step('waits', {
        needs: ['a'],
        run: ({ signal }) => (reached.resolve(), untilAborted(signal)),
      })
      const after = base.step('other', { run: () => 2 })
      const executor = await open(before)
      const first = rejectionOf(executor.run(before, undefined, { runId: 'r' }))
      await reached.promise
      await executor.close()
      await first
      const error = await rejectionOf((await open(after)).run(after, undefined, { runId: 'r' }))
      equal(error.code, 'pipeline_changed')
      ok(error.message.includes('step "waits" was removed; step "other" was added'), error.message)
    },
  },
  {
    name: 'refuses a run of that name with another input',
    async run(open) {
      const pipeline = definePipeline<number>('p').step('a', { run: ({ input }) => input })
      const executor = await open(pipeline)
      await executor.run(pipeline, 1, { runId: 'r' })
      equal((await rejectionOf(executor.run(pipeline, 2, { runId: 'r' }))).code, 'run_input_changed')
    },
  },
  {
    name: 'refuses an output that JSON would change, and says where',
    async run(open) {
      const pipeline = definePipeline('p').step('a', { run: () => ({ list: [1, new Date(0)] }) })
      const error = await rejectionOf((await open(pipeline)).run(pipeline, undefined))
      ok(error.message.includes('must be JSON for the journal, got a date at "list".1'), error.message)
    },
  },
]
