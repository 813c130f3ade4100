import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { definePipeline } from './define-pipeline.ts'
import type { Pipeline } from './pipeline.ts'
import type { PipelineEvent } from './pipeline-event.ts'

type Untyped = Pipeline<void, Record<string, unknown>>

function boom(): never {
  throw new Error('boom')
}

const run = (): number => 1

function untilAborted({ signal }: { signal: AbortSignal }): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
}

const definitions: readonly (readonly ['map' | 'loop' | 'use', object, string])[] = [
  ['map', { over: () => 3, run }, 'Map "x": "over" must give something to iterate over, got a number (3).'],
  ['map', { over: boom, run }, 'boom'],
  [
    'map',
    { over: () => [], when: () => undefined, run },
    'Step "x": what "when" answers must be true or false, got undefined.',
  ],
  ['loop', { initial: boom, run, until: () => true, max: 1 }, 'boom'],
  [
    'loop',
    { initial: run, run, until: () => 'yes', max: 1 },
    'Loop "x": what "until" answers must be true or false, got a string ("yes").',
  ],
  ['use', { pipeline: definePipeline('inner').step('y', { run }), input: boom }, 'boom'],
]

describe('a map, a loop or a pipeline inside', () => {
  const start = definePipeline('p') as unknown as Untyped

  it.each(definitions)('fails as a whole when what decides about it does: %s %o', async (kind, definition, message) => {
    const add = start[kind] as (name: string, definition: object) => Untyped
    await expect(add('x', definition).run()).rejects.toMatchObject({
      code: 'step_failed',
      details: { step: 'x' },
      cause: { message },
    })
  })

  it('fails with its part, which is the cause', async () => {
    const inner = definePipeline('inner').step('y', { run: boom })
    const pipeline = definePipeline('p')
      .use('x', { pipeline: inner })
      .step('z', { needs: ['x'], run })
    await expect(pipeline.run()).rejects.toMatchObject({
      message: 'Step "x/y" of pipeline "p" failed: boom. Not started: "z".',
      suppressed: [],
    })
  })

  it('checks the input of the pipeline inside', async () => {
    const schema = {
      '~standard': { version: 1, vendor: 'test', validate: () => ({ issues: [{ message: 'Never right.' }] }) },
    } as const
    const inner = definePipeline('inner', { input: schema }).step('y', { run })
    const pipeline = definePipeline('p').use('x', { pipeline: inner, input: () => 1 })
    await expect(pipeline.run()).rejects.toMatchObject({ details: { step: 'x' }, cause: { code: 'invalid_input' } })
  })

  it('starts no further item when one has failed, and leaves nothing on the signal', async () => {
    const { signal } = new AbortController()
    const started: number[] = []
    const pipeline = definePipeline('p').map('x', {
      over: () => [1, 2, 3, 4],
      concurrency: 2,
      run: async ({ item }) => {
        started.push(item)
        await Promise.resolve()
        if (item === 1) boom()
      },
    })
    await expect(pipeline.run(undefined, { signal })).rejects.toMatchObject({ details: { step: 'x[0]' } })
    expect(started).toEqual([1, 2])
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  it('maps 100,000 items that answer at once without touching the stack', async () => {
    const items = Array.from({ length: 100_000 }, (_, index) => index)
    const { outputs } = await definePipeline('p')
      .map('x', { over: () => items, run: ({ item }) => item })
      .run()
    expect(outputs.x).toEqual(items)
  })

  it('keeps items and values that are null apart from none', async () => {
    const seen: unknown[] = []
    await definePipeline('p')
      .map('x', { over: () => [null, undefined], run: ({ item }) => item })
      .run(undefined, {
        observers: [{ observe: (event, unit) => void (event.type === 'step-end' && seen.push(unit?.item)) }],
      })
    expect(seen).toEqual([null, undefined, undefined])
  })
})

describe('a map', () => {
  it('whose collection comes after the run was stopped does not begin', async () => {
    const controller = new AbortController()
    const keys: string[] = []
    const pipeline = definePipeline('p').map('m', { over: async () => (controller.abort('enough'), [1]), run })
    const onEvent = (event: PipelineEvent): void => void ('key' in event && keys.push(event.key))
    await expect(pipeline.run(undefined, { signal: controller.signal, onEvent })).rejects.toBe('enough')
    expect(keys).toEqual([])
  })

  it('of which an item fails has failed, and one whose items were stopped was aborted', async () => {
    const states: string[] = []
    const onEvent = (event: PipelineEvent): void => {
      if (event.type === 'run-end') states.push(...event.steps.map(({ name, status }) => `${name} ${status}`))
    }
    const pipeline = definePipeline('p')
      .map('stopped', { over: () => [1], run: untilAborted })
      .map('fails', { over: () => [1, 2], run: boom })
    await expect(pipeline.run(undefined, { onEvent })).rejects.toMatchObject({ details: { step: 'fails[0]' } })
    expect(states).toEqual(['stopped aborted', 'fails failed'])
  })
})
