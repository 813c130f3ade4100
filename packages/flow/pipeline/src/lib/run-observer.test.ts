import { setImmediate } from 'node:timers/promises'
import { createManualClock } from '@empire/test-support'
import { describe, expect, it } from 'vitest'
import { definePipeline } from './define-pipeline.ts'
import type { RunObserver } from './run-observer.ts'

const pipeline = definePipeline<number>('p')
  .step('a', { breaker: 'observed', run: ({ input }) => ({ got: input }), compensate: () => 1 })
  .map('m', { needs: ['a'], over: () => ['x'], run: ({ item }) => item.toUpperCase() })

describe('observers', () => {
  it('hear each event with the values behind it', async () => {
    const clock = createManualClock()
    const heard: unknown[] = []
    const observer: RunObserver = {
      observe(event, unit) {
        if (unit === undefined) return
        const { input, needs, output, idempotencyKey, item, breaker } = unit
        heard.push([
          `${event.type} ${'key' in event && event.key}`,
          { input, needs, output, idempotencyKey, item, breaker },
        ])
      },
    }
    await pipeline.run(3, { runId: 'r', observers: [observer], clock })
    const bank = { name: 'observed', state: 'closed' }
    const a = { input: 3, needs: {}, idempotencyKey: 'r/a', item: undefined, breaker: bank }
    const needs = { a: { got: 3 } }
    const m = { input: 3, needs, idempotencyKey: 'r/m', item: undefined, breaker: undefined }
    const first = { ...m, idempotencyKey: 'r/m[0]', item: 'x' }
    expect(heard).toEqual([
      ['step-start a', { ...a, output: undefined }],
      ['step-end a', { ...a, output: { got: 3 } }],
      ['step-start m', { ...m, output: undefined }],
      ['step-start m[0]', { ...first, output: undefined }],
      ['step-end m[0]', { ...first, output: 'X' }],
      ['step-progress m', { ...m, output: undefined }],
      ['step-end m', { ...m, output: ['X'] }],
    ])
  })

  it('are waited for before the work begins, and before what follows it', async () => {
    const log: string[] = []
    const observer: RunObserver = {
      async observe(event) {
        await setImmediate()
        if ('key' in event) log.push(`${event.type} ${event.key}`)
      },
    }
    await definePipeline('p')
      .step('a', { run: () => log.push('run a') })
      .step('b', { needs: ['a'], run: () => log.push('run b') })
      .run(undefined, { observers: [observer] })
    expect(log).toEqual(['step-start a', 'run a', 'step-end a', 'step-start b', 'run b', 'step-end b'])
  })

  it.each([
    [
      'throws',
      () => {
        throw new Error('disk full')
      },
    ],
    ['rejects', () => Promise.reject(new Error('disk full'))],
  ])('that %s stops the run, which is undone', async (_, fail) => {
    const log: string[] = []
    let calls = 0
    const observer: RunObserver = {
      observe: (event) => {
        if (event.type !== 'step-end') return
        calls++
        return fail()
      },
    }
    const run = definePipeline('p')
      .step('a', { run: () => log.push('run a'), compensate: () => log.push('undo a') })
      .step('b', { needs: ['a'], run: () => log.push('run b') })
      .run(undefined, { observers: [observer] })
    await expect(run).rejects.toThrow('disk full')
    expect(log).toEqual(['run a', 'undo a'])
    expect(calls).toBe(1)
  })
})
