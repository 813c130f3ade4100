import { getEventListeners } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import { sleep } from '@empire/clock'
import { EmpireError } from '@empire/errors'
import { describe, expect, it } from 'vitest'
import { definePipeline } from './define-pipeline.ts'
import type { Pipeline } from './pipeline.ts'
import type { PipelineEvent } from './pipeline-event.ts'
import { StepFailedError } from './step-failed-error.ts'

type Untyped = Pipeline<void, Record<string, unknown>>

function raise(error: unknown): never {
  throw error
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
}

function tell(events: readonly PipelineEvent[]): string[] {
  return events.map((event) => ('step' in event ? `${event.type} ${event.step}` : event.type))
}

describe('run', () => {
  it('gives each step the input and what it needs, and gives all outputs', async () => {
    const pipeline = definePipeline<{ words: string[] }>('count')
      .step('long', { run: async ({ input }) => input.words.filter((word) => word.length > 3) })
      .step('short', { run: ({ input }) => input.words.filter((word) => word.length <= 3) })
      .step('counts', {
        needs: ['long', 'short'],
        run: ({ needs }) => ({ long: needs.long.length, short: needs.short.length }),
      })
    const { outputs } = await pipeline.run({ words: ['a', 'word', 'or', 'three'] })
    expect(outputs).toEqual({ long: ['word', 'three'], short: ['a', 'or'], counts: { long: 2, short: 2 } })
  })

  it('starts a step as soon as what it needs is done, whatever else still runs', async () => {
    const slow = Promise.withResolvers<string>()
    const result = definePipeline('flow')
      .step('slow', { run: () => slow.promise })
      .step('fast', { run: async () => 1 })
      .step('after fast', { needs: ['fast'], run: () => slow.resolve('the step that came after let it go') })
      .run()
    await expect(result).resolves.toMatchObject({ outputs: { slow: 'the step that came after let it go' } })
  })

  it('reports start and duration of each step by the injected clock, in the order of definition', async () => {
    let time = 1000
    const gate = Promise.withResolvers<void>()
    const { steps } = await definePipeline('timed')
      .step('slow', { run: () => gate.promise })
      .step('fast', {
        run: () => {
          time += 5
          gate.resolve()
        },
      })
      .run(undefined, { clock: { now: () => time, sleep } })
    expect(steps).toEqual([
      { name: 'slow', status: 'completed', startedAt: 1000, duration: 5 },
      { name: 'fast', status: 'completed', startedAt: 1000, duration: 5 },
    ])
  })

  it('keeps concurrent runs of one pipeline apart', async () => {
    const pipeline = definePipeline<number>('double')
      .step('wait', { run: ({ input }) => Promise.resolve(input) })
      .step('double', { needs: ['wait'], run: ({ needs }) => (needs.wait === 3 ? raise(needs.wait) : needs.wait * 2) })
    const results = await Promise.allSettled([1, 2, 3, 4].map((input) => pipeline.run(input)))
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
    expect(results[3]).toMatchObject({ value: { outputs: { wait: 4, double: 8 } } })
  })

  it('waits for a thenable that is no promise', async () => {
    // oxlint-disable-next-line unicorn/no-thenable -- a thenable is what the test is about
    const thenable = { then: (resolve: (value: number) => unknown) => resolve(7) }
    const { outputs } = await definePipeline('thenable')
      .step('lazy', { run: () => thenable })
      .run()
    expect(outputs).toEqual({ lazy: 7 })
  })

  it('takes a function of its own for each method', async () => {
    const { step } = definePipeline('loose')
    const { run } = step('a', { run: () => 1 })
    await expect(run()).resolves.toMatchObject({ outputs: { a: 1 } })
  })

  it.each([
    [{ signal: new AbortController() }, 'run: "signal" must be an AbortSignal, got an object.'],
    [{ onEvent: 'log' }, 'run: "onEvent" must be a function, got a string ("log").'],
    [{ clock: 3 }, 'run: "clock" must be an object with now() and sleep(), got a number (3).'],
    [{ onEvnt: () => 1 }, 'run: "options" has no key "onEvnt". Did you mean "onEvent"?'],
    [{ suspend: new AbortController().signal }, 'run: "suspend" needs a "journal", by which the run goes on later.'],
    [{ migrate: () => [] }, 'run: "migrate" needs a "journal", whose entries it changes.'],
    [{ observers: [{}] }, 'run: "observers" must be an array of objects with observe(), got an array.'],
    [{ runId: '' }, 'run: "runId" must be a string that is not empty, got a string ("").'],
  ])('rejects options of the wrong type: %o', async (options, message) => {
    await expect(definePipeline('rag').run(undefined, options as never)).rejects.toThrow(new TypeError(message))
  })

  it.each<[string, boolean, () => unknown]>([
    ['in a chain, answering at once', true, () => 1],
    ['in a chain, with promises', true, async () => 1],
    ['abreast, answering at once', false, () => 1],
    ['abreast, with promises', false, async () => 1],
  ])('runs 10,000 steps %s', async (_, chained, run) => {
    let pipeline: Untyped = definePipeline('long')
    for (let step = 0; step < 10_000; step++) {
      pipeline = pipeline.step(`${step}`, { needs: chained && step > 0 ? [`${step - 1}`] : [], run })
    }
    const { steps } = await pipeline.run()
    expect(steps).toHaveLength(10_000)
  })
})

describe('a step that fails', () => {
  const boom = new Error('no such index')

  it.each([
    ['throws', () => raise(boom)],
    ['rejects', () => Promise.reject(boom)],
  ])('names itself when it %s', async (_, run) => {
    const pipeline = definePipeline('rag')
      .step('ingest', { run: () => 1 })
      .step('search', { needs: ['ingest'], run })
      .step('answer', { needs: ['search'], run: () => 1 })
      .step('cite', { needs: ['answer'], run: () => 1 })
    const error: unknown = await pipeline.run(undefined, { runId: 'r' }).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(StepFailedError)
    expect(error).toMatchObject({
      name: 'StepFailedError',
      code: 'step_failed',
      message: 'Step "search" of pipeline "rag" failed: no such index. Not started: "answer", "cite".',
      details: { pipeline: 'rag', runId: 'r', step: 'search', notStarted: ['answer', 'cite'] },
      retryable: false,
      suppressed: [],
    })
    expect((error as Error).cause).toBe(boom)
  })

  it.each([
    [undefined, 'Step "a" of pipeline "p" failed: it threw undefined.'],
    ['out of paper', 'Step "a" of pipeline "p" failed: it threw a string ("out of paper").'],
    [new RangeError(''), 'Step "a" of pipeline "p" failed: RangeError.'],
    [new Error('Why?'), 'Step "a" of pipeline "p" failed: Why?'],
    [new Error('x'.repeat(1000)), `Step "a" of pipeline "p" failed: ${'x'.repeat(200)}….`],
    [new Error(`${'x'.repeat(199)}😀`), `Step "a" of pipeline "p" failed: ${'x'.repeat(199)}….`],
  ])('says what was thrown: %s', async (cause, message) => {
    const pipeline = definePipeline('p').step('a', { run: () => raise(cause) })
    await expect(pipeline.run()).rejects.toMatchObject({ message, cause })
  })

  it('cuts a long list of steps that were not started', async () => {
    let pipeline = definePipeline('p').step('0', { run: () => raise(boom) }) as unknown as Untyped
    for (let step = 1; step <= 7; step++) pipeline = pipeline.step(`${step}`, { needs: [`${step - 1}`], run: () => 1 })
    await expect(pipeline.run()).rejects.toMatchObject({
      message: 'Step "0" of pipeline "p" failed: no such index. Not started: "1", "2", "3", "4", "5" and 2 more.',
      details: { notStarted: ['1', '2', '3', '4', '5', '6', '7'] },
    })
  })

  it('is retryable if its cause is', async () => {
    const cause = new EmpireError('overloaded', 'Too busy.', { retryable: true })
    const pipeline = definePipeline('p').step('a', { run: () => raise(cause) })
    await expect(pipeline.run()).rejects.toMatchObject({ retryable: true, cause })
  })

  it('aborts the others with its error as the reason, and waits for them', async () => {
    const cleanUp = Promise.withResolvers<void>()
    const seen: unknown[] = []
    let settled = false
    const pipeline = definePipeline('p')
      .step('sibling', {
        run: async ({ signal }) => {
          await aborted(signal).catch((reason: unknown) => seen.push(reason))
          await cleanUp.promise
          return 'cleaned up'
        },
      })
      .step('after', { needs: ['sibling'], run: () => seen.push('a dependant was started') })
      .step('fails', { run: () => Promise.reject(boom) })
    const run = pipeline.run().catch((reason: unknown) => {
      settled = true
      return reason
    })
    await setImmediate()
    expect(settled).toBe(false)
    cleanUp.resolve()
    expect([await run]).toEqual(seen)
    expect(seen).toMatchObject([{ code: 'step_failed', details: { step: 'fails', notStarted: ['after'] } }])
  })

  it('tells of the failures that came after the first', async () => {
    const late = new Error('could not clean up')
    const pipeline = definePipeline('p')
      .step('echo', { run: ({ signal }) => aborted(signal) })
      .step('late', { run: ({ signal }) => aborted(signal).catch(() => raise(late)) })
      .step('first', { run: () => Promise.reject(boom) })
    await expect(pipeline.run()).rejects.toMatchObject({ cause: boom, suppressed: [{ step: 'late', error: late }] })
  })

  it('does not start what was ready when it failed', async () => {
    const started: string[] = []
    const pipeline = definePipeline('p')
      .step('fails', { run: () => raise(boom) })
      .step('ready', { run: () => started.push('ready') })
    await expect(pipeline.run()).rejects.toMatchObject({ details: { notStarted: ['ready'] } })
    expect(started).toEqual([])
  })

  it('may fail with an AbortError of its own', async () => {
    const cause = new DOMException('The request was given up.', 'AbortError')
    const pipeline = definePipeline('p').step('a', { run: () => Promise.reject(cause) })
    await expect(pipeline.run()).rejects.toMatchObject({ code: 'step_failed', cause })
  })

  it('stops the step that runs a pipeline of its own', async () => {
    const seen: unknown[] = []
    const inner = definePipeline('inner').step('wait', {
      run: ({ signal }) => aborted(signal).catch((reason: unknown) => raise(seen.push(reason) && reason)),
    })
    const outer = definePipeline('outer')
      .step('inner', { run: ({ signal }) => inner.run(undefined, { signal }) })
      .step('fails', { run: () => Promise.reject(boom) })
    await expect(outer.run()).rejects.toMatchObject({ details: { step: 'fails' }, suppressed: [] })
    expect(seen).toMatchObject([{ details: { step: 'fails' } }])
  })
})

describe('an abort', () => {
  it.each([[new Error('the user left')], ['a string'], [null], [0]])(
    'rejects with the reason of the signal, untouched: %s',
    async (reason) => {
      const controller = new AbortController()
      const run = definePipeline('p')
        .step('wait', { run: ({ signal }) => aborted(signal) })
        .run(undefined, { signal: controller.signal })
      controller.abort(reason)
      await expect(run).rejects.toBe(reason)
    },
  )

  it('before the run starts nothing', async () => {
    const started: string[] = []
    const pipeline = definePipeline('p').step('a', { run: () => started.push('a') })
    const signal = AbortSignal.abort('too late')
    const onEvent = (event: PipelineEvent): number => started.push(event.type)
    await expect(pipeline.run(undefined, { signal, onEvent })).rejects.toBe('too late')
    expect(started).toEqual([])
  })

  it('waits for a step that ignores it, and rejects although the step succeeds', async () => {
    const gate = Promise.withResolvers<string>()
    const controller = new AbortController()
    const events: PipelineEvent[] = []
    let settled = false
    const run = definePipeline('p')
      .step('deaf', { run: () => gate.promise })
      .run(undefined, { signal: controller.signal, onEvent: (event) => events.push(event) })
      .catch((reason: unknown) => {
        settled = true
        return reason
      })
    controller.abort('enough')
    await setImmediate()
    expect(settled).toBe(false)
    gate.resolve('done')
    await expect(run).resolves.toBe('enough')
    expect(tell(events)).toEqual(['run-start', 'step-start deaf', 'step-end deaf', 'run-end'])
    expect(events.at(-1)).toMatchObject({ status: 'aborted' })
  })

  it('by a step that answers at once stops the steps after it', async () => {
    const controller = new AbortController()
    const started: string[] = []
    const pipeline = definePipeline('p')
      .step('quit', { run: () => controller.abort('enough') })
      .step('next', { run: () => started.push('next') })
    await expect(pipeline.run(undefined, { signal: controller.signal })).rejects.toBe('enough')
    expect(started).toEqual([])
  })

  it('does not hide the failure that came before it', async () => {
    const controller = new AbortController()
    const run = definePipeline('p')
      .step('wait', { run: ({ signal }) => aborted(signal).catch(() => setImmediate()) })
      .step('fails', { run: () => raise(new Error('boom')) })
      .run(undefined, { signal: controller.signal })
    controller.abort('enough')
    await expect(run).rejects.toMatchObject({ code: 'step_failed' })
  })

  it('after the run does not reach the signal of its steps', async () => {
    const controller = new AbortController()
    const pipeline = definePipeline('p').step('a', { run: ({ signal }) => ({ signal }) })
    const { outputs } = await pipeline.run(undefined, { signal: controller.signal })
    controller.abort()
    expect(outputs.a.signal.aborted).toBe(false)
  })

  it('leaves no listener on the signal', async () => {
    const { signal } = new AbortController()
    const pipeline = definePipeline('p').step('a', { run: () => getEventListeners(signal, 'abort').length })
    const { outputs } = await pipeline.run(undefined, { signal })
    await expect(
      pipeline.step('b', { run: () => raise(new Error('boom')) }).run(undefined, { signal }),
    ).rejects.toThrow('boom')
    expect(outputs).toEqual({ a: 1 })
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })
})

describe('onEvent', () => {
  it('hears of the run and of every step', async () => {
    const events: PipelineEvent[] = []
    let time = 0
    const pipeline = definePipeline('p')
      .step('a', { run: () => 1 })
      .step('b', { needs: ['a'], run: async () => 1 })
    await pipeline.run(undefined, {
      runId: 'r',
      onEvent: (event) => events.push(event),
      clock: { now: () => time++, sleep },
    })
    const run = { pipeline: 'p', runId: 'r' }
    expect(events).toEqual([
      { type: 'run-start', ...run, at: 0, resumed: false, shape: pipeline.shape },
      { type: 'step-start', ...run, step: 'a', key: 'a', at: 1, attempt: 1 },
      { type: 'step-end', ...run, step: 'a', key: 'a', at: 2, attempt: 1, duration: 1 },
      { type: 'step-start', ...run, step: 'b', key: 'b', at: 3, attempt: 1 },
      { type: 'step-end', ...run, step: 'b', key: 'b', at: 4, attempt: 1, duration: 1 },
      {
        type: 'run-end',
        ...run,
        at: 5,
        duration: 5,
        status: 'completed',
        steps: [
          { name: 'a', status: 'completed', startedAt: 1, duration: 1 },
          { name: 'b', status: 'completed', startedAt: 3, duration: 1 },
        ],
      },
    ])
  })

  it('hears which step failed, which were aborted and which were not started', async () => {
    const events: PipelineEvent[] = []
    const boom = new Error('boom')
    const pipeline = definePipeline('p')
      .step('wait', { run: ({ signal }) => aborted(signal) })
      .step('fails', { run: () => Promise.reject(boom) })
      .step('after', { needs: ['wait'], run: () => 1 })
    await expect(pipeline.run(undefined, { onEvent: (event) => events.push(event) })).rejects.toThrow('boom')
    expect(tell(events)).toEqual([
      'run-start',
      'step-start wait',
      'step-start fails',
      'step-failed fails',
      'step-aborted wait',
      'run-end',
    ])
    expect(events[3]).toMatchObject({ error: boom })
    expect(events.at(-1)).toMatchObject({
      status: 'failed',
      steps: [
        { name: 'wait', status: 'aborted' },
        { name: 'fails', status: 'failed' },
        { name: 'after', status: 'not-started' },
      ],
    })
  })

  it.each(['run-start', 'step-start', 'step-end', 'run-end'])(
    'that throws at %s stops the run, and is not called again',
    async (type) => {
      const fault = new Error('the terminal is gone')
      const running = new Set<string>()
      const heard: string[] = []
      const pipeline = definePipeline('p')
        .step('a', {
          run: async () => {
            running.add('a')
            await setImmediate()
            running.delete('a')
          },
        })
        .step('b', { run: () => 1 })
      const onEvent = (event: PipelineEvent): void => {
        heard.push(event.type)
        if (event.type === type) throw fault
      }
      await expect(pipeline.run(undefined, { onEvent })).rejects.toBe(fault)
      expect(heard.at(-1)).toBe(type)
      expect(running.size).toBe(0)
    },
  )

  it.each(['run-start', 'step-start', 'step-end', 'run-end'])(
    'that rejects at %s stops the run, and is not called again',
    async (type) => {
      const fault = new Error('the terminal is gone')
      const running = new Set<string>()
      const pipeline = definePipeline('p').step('a', {
        run: async () => {
          running.add('a')
          await setImmediate()
          running.delete('a')
        },
      })
      let faults = 0
      const onEvent = async (event: PipelineEvent): Promise<void> => {
        if (faults > 0) throw new Error('called again')
        if (event.type !== type) return
        faults++
        throw fault
      }
      await expect(pipeline.run(undefined, { onEvent })).rejects.toBe(fault)
      expect(running.size).toBe(0)
    },
  )

  it('that rejects keeps what is not started from starting', async () => {
    const started: string[] = []
    const pipeline = definePipeline('p')
      .step('a', { run: () => setImmediate() })
      .step('b', { needs: ['a'], run: () => started.push('b') })
    const run = pipeline.run(undefined, { onEvent: () => Promise.reject('gone') })
    await expect(run).rejects.toBe('gone')
    expect(started).toEqual([])
  })

  it('that rejects does not hide why the run was failing, and leaves no rejection unhandled', async () => {
    const pipeline = definePipeline('p').step('a', { run: () => raise(new Error('boom')) })
    const run = pipeline.run(undefined, {
      onEvent: async () => {
        await setImmediate()
        throw new Error('the terminal is gone')
      },
    })
    await expect(run).rejects.toMatchObject({ code: 'step_failed' })
  })

  it('may take its time, which no step waits for but the end of the run does', async () => {
    const heard: string[] = []
    const pipeline = definePipeline('p').step('a', { run: () => heard.push('run a') })
    await pipeline.run(undefined, {
      onEvent: async (event) => {
        await setImmediate()
        heard.push(event.type)
      },
    })
    expect(heard).toEqual(['run a', 'run-start', 'step-start', 'step-end', 'run-end'])
  })

  it('that throws does not hide why the run was failing', async () => {
    const pipeline = definePipeline('p').step('a', { run: () => raise(new Error('boom')) })
    const events: PipelineEvent[] = []
    const run = pipeline.run(undefined, {
      onEvent: (event) => {
        events.push(event)
        if (event.type === 'step-failed') throw new Error('the terminal is gone')
      },
    })
    await expect(run).rejects.toMatchObject({ code: 'step_failed' })
    expect(tell(events)).toEqual(['run-start', 'step-start a', 'step-failed a'])
  })

  it('that aborts at the start of a step keeps it from running', async () => {
    const controller = new AbortController()
    const events: PipelineEvent[] = []
    const pipeline = definePipeline('p').step('a', { run: () => raise(new Error('it ran')) })
    const run = pipeline.run(undefined, {
      signal: controller.signal,
      onEvent: (event) => {
        events.push(event)
        if (event.type === 'step-start') controller.abort('enough')
      },
    })
    await expect(run).rejects.toBe('enough')
    expect(tell(events)).toEqual(['run-start', 'step-start a', 'step-aborted a', 'run-end'])
  })
})

describe('clock', () => {
  it.each([1, 2, 3, 4, 5, 6])(
    'that throws at call %i stops the run, which rejects with what was thrown',
    async (call) => {
      const fault = new Error('no clock')
      const controller = new AbortController()
      const types: string[] = []
      let calls = 0
      const run = definePipeline('p')
        .step('a', { run: () => 1 })
        .step('b', { needs: ['a'], run: () => setImmediate() })
        .run(undefined, {
          signal: controller.signal,
          onEvent: (event) => types.push(event.type),
          clock: { now: () => (++calls === call ? raise(fault) : 10 * calls), sleep },
        })
      await expect(run).rejects.toBe(fault)
      expect(types.at(-1)).toBe('run-end')
      expect(getEventListeners(controller.signal, 'abort')).toEqual([])
    },
  )

  it('that throws when a step has failed does not hide that failure', async () => {
    let calls = 0
    const run = definePipeline('p')
      .step('a', { run: () => raise(new Error('boom')) })
      .run(undefined, { clock: { now: () => (++calls < 3 ? calls : raise('no clock')), sleep } })
    await expect(run).rejects.toMatchObject({ code: 'step_failed' })
  })

  it('that never works is the reason why nothing was started', async () => {
    const events: PipelineEvent[] = []
    const run = definePipeline('p')
      .step('a', { run: () => raise(new Error('it ran')) })
      .run(undefined, { onEvent: (event) => events.push(event), clock: { now: () => raise('no clock'), sleep } })
    await expect(run).rejects.toBe('no clock')
    expect(tell(events)).toEqual(['run-start', 'run-end'])
  })
})
