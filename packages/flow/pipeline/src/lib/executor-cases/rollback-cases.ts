import { deepEqual, equal, ok } from 'node:assert/strict'
import { definePipeline } from '../define-pipeline.ts'
import { type CaseDefinition, rejectionOf, untilAborted } from './executor-case.ts'

function boom(): never {
  throw new Error('boom')
}

/** How a run ends that fails or is aborted. */
export const rollbackCases: readonly CaseDefinition[] = [
  {
    name: 'names the step that failed, and those that were not started',
    async run(open) {
      const pipeline = definePipeline('p')
        .step('a', { run: boom })
        .step('b', { needs: ['a'], run: () => 1 })
      const error = await rejectionOf((await open(pipeline)).run(pipeline, undefined, { runId: 'r' }))
      equal(error.code, 'step_failed')
      equal(error.message, 'Step "a" of pipeline "p" failed: boom. Not started: "b".')
      deepEqual(error.details, { pipeline: 'p', runId: 'r', step: 'a', notStarted: ['b'] })
    },
  },
  {
    name: 'undoes what was done also where an error cannot be read',
    async run(open) {
      const undone: unknown[] = []
      const pipeline = definePipeline('p')
        .step('a', { run: () => 'a', compensate: ({ output }) => undone.push(output) })
        .step('b', {
          needs: ['a'],
          run: () =>
            Promise.reject(Object.defineProperties(new Error(), { message: { get: boom }, cause: { get: boom } })),
        })
      const error = await rejectionOf((await open(pipeline)).run(pipeline, undefined))
      equal(error.message, 'Step "b" of pipeline "p" failed: it threw an error that cannot be read.')
      deepEqual(undone, ['a'])
    },
  },
  {
    name: 'undoes what was done, each step after those that need it',
    async run(open) {
      const undone: unknown[] = []
      const pipeline = definePipeline('p')
        .step('root', { run: () => 'root', compensate: ({ output }) => undone.push(output) })
        .step('left', { needs: ['root'], run: () => 'left', compensate: ({ output }) => undone.push(output) })
        .step('plain', { needs: ['left'], run: () => 'no effect' })
        .step('tip', {
          needs: ['plain'],
          run: () => 'tip',
          compensate: ({ output, needs }) => undone.push([output, needs]),
        })
        .step('fails', { needs: ['tip'], run: boom })
        .step('never', { needs: ['fails'], run: () => 1, compensate: () => undone.push('never') })
      const error = await rejectionOf((await open(pipeline)).run(pipeline, undefined))
      equal(error.code, 'step_failed')
      deepEqual(undone, [['tip', { plain: 'no effect' }], 'left', 'root'])
    },
  },
  {
    name: 'undoes the step that failed itself, which may have acted',
    async run(open) {
      const undone: unknown[] = []
      const pipeline = definePipeline('p').step('a', {
        run: boom,
        compensate: ({ output, idempotencyKey }) => undone.push([output, idempotencyKey]),
      })
      await rejectionOf((await open(pipeline)).run(pipeline, undefined, { runId: 'r' }))
      deepEqual(undone, [[undefined, 'r/a']])
    },
  },
  {
    name: 'aborts what runs, waits for it, and undoes it as it may have acted',
    async run(open) {
      const log: string[] = []
      const started = Promise.withResolvers<void>()
      const pipeline = definePipeline('p')
        .step('waits', {
          run: async ({ signal }) => {
            started.resolve()
            await untilAborted(signal).catch(() => log.push('aborted'))
            throw signal.reason
          },
          compensate: ({ signal }) => log.push(signal.aborted ? 'undone too late' : 'undone'),
        })
        .step('fails', { run: () => started.promise.then(boom) })
      const error = await rejectionOf((await open(pipeline)).run(pipeline, undefined))
      ok(error.message.includes('"fails"'), error.message)
      deepEqual(log, ['aborted', 'undone'])
    },
  },
  {
    name: 'undoes items of a map, turns of a loop and steps of a pipeline inside',
    async run(open) {
      const undone: string[] = []
      const inner = definePipeline('inner')
        .step('one', { run: () => 1, compensate: () => undone.push('use/one') })
        .step('two', { needs: ['one'], run: () => 2, compensate: () => undone.push('use/two') })
      const pipeline = definePipeline('p')
        .map('map', {
          over: () => ['x', 'y'],
          run: ({ item }) => item,
          compensate: ({ item }) => undone.push(`map ${item}`),
        })
        .loop('loop', {
          needs: ['map'],
          initial: () => 0,
          run: ({ value }) => value + 1,
          until: ({ value }) => value === 2,
          max: 5,
          compensate: ({ turn, output }) => undone.push(`loop ${turn}: ${output}`),
        })
        .use('use', { needs: ['loop'], pipeline: inner })
        .step('fails', { needs: ['use'], run: boom })
      await rejectionOf((await open(pipeline)).run(pipeline, undefined))
      deepEqual(undone.slice(0, 4), ['use/two', 'use/one', 'loop 1: 2', 'loop 0: 1'])
      deepEqual(undone.slice(4).toSorted(), ['map x', 'map y'])
    },
  },
  {
    name: 'tries a compensation again as often as it says',
    async run(open) {
      let attempts = 0
      const compensate = {
        retry: { attempts: 3, baseDelay: 0 },
        run: () => {
          if (++attempts < 3) throw new Error('not yet')
        },
      }
      const pipeline = definePipeline('p')
        .step('a', { run: () => 1, compensate })
        .step('fails', { needs: ['a'], run: boom })
      equal((await rejectionOf((await open(pipeline)).run(pipeline, undefined))).code, 'step_failed')
      equal(attempts, 3)
    },
  },
  {
    name: 'names what could not be undone, and undoes the rest',
    async run(open) {
      const undone: string[] = []
      const pipeline = definePipeline('p')
        .step('first', { run: () => 1, compensate: () => undone.push('first') })
        .step('mail', { needs: ['first'], run: () => 1, irreversible: true })
        .step('stuck', { needs: ['mail'], run: () => 1, compensate: () => Promise.reject(new Error('no way back')) })
        .step('fails', { needs: ['stuck'], run: boom })
      const error = await rejectionOf((await open(pipeline)).run(pipeline, undefined))
      equal(error.code, 'rollback_incomplete')
      deepEqual((error.details as { notUndone: unknown }).notUndone, [
        { step: 'stuck', why: 'compensation-failed', completed: true, message: 'no way back' },
        { step: 'mail', why: 'irreversible', completed: true },
      ])
      equal((error.cause as { code?: string }).code, 'step_failed')
      deepEqual(undone, ['first'])
    },
  },
  {
    name: 'undoes a run that is aborted, and rejects with the reason of the signal, untouched',
    async run(open) {
      const undone: string[] = []
      const controller = new AbortController()
      const reason = { who: 'the user' }
      const pipeline = definePipeline('p')
        .step('done', { run: () => 1, compensate: () => undone.push('done') })
        .step('waits', {
          needs: ['done'],
          run: ({ signal }) => {
            queueMicrotask(() => controller.abort(reason))
            return untilAborted(signal)
          },
          compensate: () => undone.push('waits'),
        })
      const executor = await open(pipeline)
      const outcome: unknown = await executor
        .run(pipeline, undefined, { signal: controller.signal })
        .catch((error: unknown) => error)
      equal(outcome, reason)
      deepEqual(undone, ['waits', 'done'])
    },
  },
  {
    name: 'starts nothing when the signal was aborted before',
    async run(open) {
      const started: string[] = []
      const pipeline = definePipeline('p').step('a', { run: () => started.push('a') })
      const signal = AbortSignal.abort('too late')
      const outcome: unknown = await (
        await open(pipeline)
      )
        .run(pipeline, undefined, { signal })
        .catch((error: unknown) => error)
      equal(outcome, 'too late')
      deepEqual(started, [])
    },
  },
]
