import { setImmediate } from 'node:timers/promises'
import { createBreaker, retry } from '@empire/resilience'
import { createManualClock } from '@empire/test-support'
import { describe, expect, it } from 'vitest'
import { definePipeline } from './define-pipeline.ts'
import type { PipelineEvent } from './pipeline-event.ts'

function boom(): never {
  throw new Error('boom')
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
}

function gauge(): { work: () => Promise<void>; readonly most: () => number } {
  let atWork = 0
  let most = 0
  return {
    async work() {
      most = Math.max(most, ++atWork)
      await setImmediate()
      atWork--
    },
    most: () => most,
  }
}

describe('idempotencyKey', () => {
  it.each([
    [undefined, 'undefined'],
    ['', 'a string ("")'],
    [42, 'a number (42)'],
  ])('fails a step whose key is %s, which others could have as well', async (key, got) => {
    const calls: unknown[] = []
    const pipeline = definePipeline('p').step('a', {
      idempotencyKey: () => key as string,
      run: (context) => calls.push(context),
      compensate: (context) => calls.push(context),
    })
    await expect(pipeline.run()).rejects.toMatchObject({
      code: 'step_failed',
      cause: new TypeError(`Step "a": what "idempotencyKey" gives must be a string that is not empty, got ${got}.`),
    })
    expect(calls).toEqual([])
  })

  it('may take its time, and begins nothing when the run was stopped meanwhile', async () => {
    const controller = new AbortController()
    const calls: string[] = []
    const pipeline = definePipeline<boolean>('p').step('a', {
      idempotencyKey: async ({ input, runId }) => {
        await setImmediate()
        if (input) controller.abort('enough')
        return `${runId} of a`
      },
      run: ({ idempotencyKey }) => calls.push(idempotencyKey),
      compensate: () => calls.push('undone'),
    })
    await pipeline.run(false, { runId: 'r' })
    await expect(pipeline.run(true, { runId: 's', signal: controller.signal })).rejects.toBe('enough')
    expect(calls).toEqual(['r of a'])
  })
})

describe('retry', () => {
  it('waits between attempts by the clock of the run, and tells of each', async () => {
    const clock = createManualClock()
    const events: PipelineEvent[] = []
    const run = definePipeline('p')
      .step('a', { retry: { attempts: 3, baseDelay: 100 }, run: ({ attempt }) => (attempt < 3 ? boom() : attempt) })
      .run(undefined, { clock, random: () => 0.5, onEvent: (event) => events.push(event) })
    await clock.whenWaiting()
    await clock.advance(150)
    await expect(run).resolves.toMatchObject({ outputs: { a: 3 }, steps: [{ duration: 150 }] })
    const retries = events.filter(({ type }) => type === 'step-retry')
    expect(retries).toMatchObject([
      { step: 'a', attempt: 1, delay: 50, error: { message: 'boom' }, at: 0 },
      { step: 'a', attempt: 2, delay: 100, error: { message: 'boom' }, at: 50 },
    ])
  })

  it('fails with the last error, untouched, as the cause', async () => {
    let attempt = 0
    const pipeline = definePipeline('p').step('a', {
      retry: { attempts: 2, baseDelay: 0 },
      run: () => Promise.reject(new Error(`failure ${++attempt}`)),
    })
    await expect(pipeline.run()).rejects.toMatchObject({ code: 'step_failed', cause: { message: 'failure 2' } })
  })

  it('ends at once when the run is aborted', async () => {
    const clock = createManualClock()
    const controller = new AbortController()
    const run = definePipeline('p')
      .step('a', { retry: 5, run: boom })
      .run(undefined, { clock, random: () => 0.9, signal: controller.signal })
    await clock.whenWaiting()
    controller.abort('enough')
    await expect(run).rejects.toBe('enough')
    expect(clock.waiting).toBe(0)
  })

  it('of a compensation is not used up by what surrounds the run', async () => {
    let undone = 0
    const compensate = { retry: { attempts: 3, baseDelay: 0 }, run: () => (++undone < 3 ? boom() : undefined) }
    const pipeline = definePipeline('p')
      .step('a', { run: () => 1, compensate })
      .step('b', { needs: ['a'], run: boom })
    const outer = retry(() => pipeline.run(), { attempts: 1 })
    await expect(outer).rejects.toMatchObject({ code: 'step_failed' })
    expect(undone).toBe(3)
  })

  it('is also that of a compensation that says nothing of its own', async () => {
    let undone = 0
    const pipeline = definePipeline('p')
      .step('a', {
        retry: { attempts: 2, baseDelay: 0 },
        run: () => 1,
        compensate: () => (++undone < 2 ? boom() : undefined),
      })
      .step('b', { needs: ['a'], run: boom })
    await expect(pipeline.run()).rejects.toMatchObject({ code: 'step_failed' })
    expect(undone).toBe(2)
  })
})

describe('timeout', () => {
  it('aborts the signal of one attempt, and the next has a new one', async () => {
    const clock = createManualClock()
    const reasons: unknown[] = []
    const run = definePipeline('p')
      .step('a', {
        timeout: 100,
        retry: { attempts: 2, baseDelay: 0 },
        run: ({ signal, attempt }) =>
          attempt === 2
            ? signal.aborted
            : untilAborted(signal).catch((reason: unknown) => (reasons.push(reason), boom())),
      })
      .run(undefined, { clock })
    await clock.advance(100)
    await expect(run).resolves.toMatchObject({ outputs: { a: false } })
    expect(reasons).toMatchObject([{ code: 'timeout' }])
    expect(clock.waiting).toBe(0)
  })

  it('waits for a step that ignores its signal only as long as the grace lasts', async () => {
    const clock = createManualClock()
    const gate = Promise.withResolvers<void>()
    const log: string[] = []
    const run = definePipeline('p')
      .step('deaf', {
        timeout: { after: 100, grace: 50 },
        run: () => gate.promise,
        compensate: () => log.push(`undone at ${clock.now()}`),
      })
      .run(undefined, { clock })
      .catch((error: unknown) => error)
    await clock.advance(150)
    expect(await run).toMatchObject({
      code: 'rollback_incomplete',
      message:
        'Pipeline "p" stopped, and not all it did could be undone: "deaf". See "notUndone", and put it right by hand.',
      notUndone: [{ step: 'deaf', why: 'still-running', completed: false }],
      cause: { code: 'step_failed', cause: { code: 'timeout' } },
    })
    expect(log).toEqual(['undone at 150'])
    gate.resolve()
  })

  it('does not name a step that ended within the grace, whatever it gave', async () => {
    const clock = createManualClock()
    const gate = Promise.withResolvers<string>()
    const run = definePipeline('p')
      .step('slow', { timeout: { after: 100, grace: 50 }, run: () => gate.promise, compensate: ({ output }) => output })
      .run(undefined, { clock })
      .catch((error: unknown) => error)
    await clock.advance(120)
    gate.resolve('late')
    expect(await run).toMatchObject({ code: 'step_failed', cause: { code: 'timeout' } })
    expect(clock.waiting).toBe(0)
  })

  it('lets an abort through with its reason, and waits for the step', async () => {
    const clock = createManualClock()
    const controller = new AbortController()
    const seen: unknown[] = []
    const run = definePipeline('p')
      .step('a', {
        timeout: 100,
        run: async ({ signal }) => {
          await untilAborted(signal).catch((reason: unknown) => seen.push(reason))
          await setImmediate()
          seen.push('cleaned up')
        },
      })
      .run(undefined, { clock, signal: controller.signal })
    await clock.whenWaiting()
    controller.abort('enough')
    await expect(run).rejects.toBe('enough')
    expect(seen).toEqual(['enough', 'cleaned up'])
    expect(clock.waiting).toBe(0)
  })
})

describe('breaker', () => {
  it('is shared by name with other pipelines, and refuses before anything is called', async () => {
    const clock = createManualClock()
    const breaker = { name: 'bank', minimumCalls: 2, resetAfter: 1_000 }
    const failing = definePipeline('failing').step('a', { breaker, run: boom, compensate: () => 1 })
    for (const _ of [1, 2]) await expect(failing.run(undefined, { clock })).rejects.toThrow('boom')
    expect(createBreaker({ name: 'bank', clock }).state).toBe('open')

    const log: string[] = []
    const events: PipelineEvent[] = []
    const other = definePipeline('other').step('b', {
      breaker: 'bank',
      irreversible: true,
      run: () => log.push('called'),
    })
    const run = other.run(undefined, { clock, onEvent: (event) => events.push(event) })
    await expect(run).rejects.toMatchObject({ code: 'step_failed', cause: { code: 'breaker_open' } })
    expect(log).toEqual([])
    expect(events.map(({ type }) => type)).toEqual(['run-start', 'step-failed', 'run-end'])
    await clock.advance(1_000)
    await expect(other.run(undefined, { clock })).resolves.toMatchObject({ outputs: { b: 1 } })
  })
})

describe('the options of a breaker', () => {
  it('are checked before anything runs', async () => {
    const started: string[] = []
    const pipeline = definePipeline('p')
      .step('a', { run: () => started.push('a') })
      .step('b', { breaker: { name: 'wrong', failureRate: 2 }, run: () => 1 })
    await expect(pipeline.run()).rejects.toThrow(
      new TypeError('createBreaker: "failureRate" must be a number above 0 and up to 1, got a number (2).'),
    )
    expect(started).toEqual([])
  })

  it('are those of the step that says them, wherever it stands', async () => {
    const clock = createManualClock()
    const pipeline = definePipeline('p')
      .step('a', { breaker: 'said later', run: () => 1 })
      .step('b', { breaker: { name: 'said later', minimumCalls: 3 }, run: () => 1 })
    await pipeline.run(undefined, { clock })
    expect(() => createBreaker({ name: 'said later', minimumCalls: 4, clock })).toThrow('must be 3')
  })
})

describe('concurrency', () => {
  it('of a pipeline bounds steps, items, and the steps of pipelines inside together', async () => {
    const { work, most } = gauge()
    const inner = definePipeline('inner').step('x', { run: work }).step('y', { run: work })
    const pipeline = definePipeline('p', { concurrency: 2 })
      .step('a', { run: work })
      .map('map', { over: () => [1, 2, 3, 4], run: work })
      .use('use', { pipeline: inner })
    await pipeline.run()
    expect(most()).toBe(2)
  })

  it('of a pipeline inside bounds its own steps', async () => {
    const { work, most } = gauge()
    const inner = definePipeline('inner', { concurrency: 1 }).step('x', { run: work }).step('y', { run: work })
    await definePipeline('p').use('use', { pipeline: inner }).run()
    expect(most()).toBe(1)
  })

  it('of a resource bounds all pipelines of the process, whoever says the limit', async () => {
    const clock = createManualClock()
    const { work, most } = gauge()
    const one = definePipeline('one')
      .step('a', { concurrency: 'gpu', run: work })
      .step('b', { concurrency: { resource: 'gpu', limit: 2 }, run: work })
    const two = definePipeline('two').map('m', { over: () => [1, 2, 3], concurrency: 'gpu', run: work })
    await Promise.all([one.run(undefined, { clock }), two.run(undefined, { clock })])
    expect(most()).toBe(2)
  })

  it('of a resource bounds compensations, too', async () => {
    const clock = createManualClock()
    const { work, most } = gauge()
    const concurrency = { resource: 'bank', limit: 1 }
    const pipeline = definePipeline('p')
      .map('m', { over: () => [1, 2, 3], concurrency, run: () => 1, compensate: work })
      .step('fails', { needs: ['m'], run: boom })
    await expect(pipeline.run(undefined, { clock })).rejects.toMatchObject({ code: 'step_failed' })
    expect(most()).toBe(1)
  })

  it('of a resource must be said once, and only one way', async () => {
    const clock = createManualClock()
    const named = definePipeline('named').step('a', { concurrency: 'disk', run: () => 1 })
    await expect(named.run(undefined, { clock })).rejects.toThrow(
      new TypeError('The resource "disk" has no limit yet. Say it in one step: { resource: "disk", limit: 2 }.'),
    )
    const [three, four] = [3, 4].map((limit) =>
      definePipeline('p').step('a', { concurrency: { resource: 'disk', limit }, run: () => 1 }),
    )
    await three?.run(undefined, { clock })
    await named.run(undefined, { clock })
    await expect(four?.run(undefined, { clock })).rejects.toThrow(
      new TypeError('The resource "disk" has the limit 3 already, got 4. Say it once.'),
    )
  })

  it('lets a step that waits for its place go when the run is aborted: it was not started', async () => {
    const controller = new AbortController()
    const events: PipelineEvent[] = []
    const run = definePipeline('p', { concurrency: 1 })
      .step('a', { run: ({ signal }) => untilAborted(signal) })
      .step('b', { run: () => 1, irreversible: true })
      .run(undefined, { signal: controller.signal, onEvent: (event) => events.push(event) })
    await setImmediate()
    controller.abort('enough')
    await expect(run).rejects.toBe('enough')
    expect(events.at(-1)).toMatchObject({ steps: [{ status: 'aborted' }, { name: 'b', status: 'not-started' }] })
  })
})

describe('irreversible', () => {
  it('names the step also where it failed itself, for it may have acted', async () => {
    const pipeline = definePipeline('p').step('mail', { irreversible: true, run: boom })
    await expect(pipeline.run()).rejects.toMatchObject({
      code: 'rollback_incomplete',
      details: { notUndone: [{ step: 'mail', why: 'irreversible', completed: false }] },
    })
  })
})

describe('compensate', () => {
  it('hands on what a compensation threw', async () => {
    const fault = new Error('no way back')
    const pipeline = definePipeline('p')
      .step('a', { run: () => 1, compensate: () => Promise.reject(fault) })
      .step('b', { needs: ['a'], run: boom })
    await expect(pipeline.run()).rejects.toMatchObject({ failures: [{ step: 'a', error: fault }] })
  })

  it('of independent branches run at the same time', async () => {
    const [left, right] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const pipeline = definePipeline('p')
      .step('left', { run: () => 1, compensate: () => (left.resolve(), right.promise) })
      .step('right', { run: () => 1, compensate: () => (right.resolve(), left.promise) })
      .step('fails', { needs: ['left', 'right'], run: boom })
    await expect(pipeline.run()).rejects.toMatchObject({ code: 'step_failed' })
  })

  it('does not hear a second abort, and the run waits for it', async () => {
    const controller = new AbortController()
    const log: string[] = []
    const run = definePipeline('p')
      .step('a', {
        run: ({ signal }) => untilAborted(signal),
        compensate: async ({ signal }) => {
          await setImmediate()
          log.push(signal.aborted ? 'aborted' : 'undone')
        },
      })
      .run(undefined, { signal: controller.signal })
    controller.abort('first')
    controller.abort('second')
    await expect(run).rejects.toBe('first')
    expect(log).toEqual(['undone'])
  })
})

describe('a step that is tried again', () => {
  it('is not called when its start is what stops the run', async () => {
    const controller = new AbortController()
    const called: string[] = []
    const pipeline = definePipeline('p').step('a', { retry: 2, run: () => called.push('a') })
    const run = pipeline.run(undefined, {
      signal: controller.signal,
      onEvent: ({ type }) => type === 'step-start' && controller.abort('enough'),
    })
    await expect(run).rejects.toBe('enough')
    expect(called).toEqual([])
  })
})
