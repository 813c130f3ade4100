import { AsyncResource } from 'node:async_hooks'
import { EmpireError } from '@empire/errors'
import { createManualClock } from '@empire/test-support/clock'
import { array, assert, asyncProperty, double, integer, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRetryBudget } from './retry-budget.ts'
import { type FailedAttempt, retry, type RetryOptions } from './retry.ts'

/** A task that fails `failures` times, and then gives how often it was called. */
function flaky(failures: number, error: unknown = new Error('boom')) {
  const task = async (): Promise<number> => {
    task.calls++
    if (task.calls <= failures) throw error
    return task.calls
  }
  task.calls = 0
  return task
}

/** Time passes by itself: each wait is over at once, and written down. */
function recordingClock() {
  const waits: number[] = []
  let now = 0
  return {
    waits,
    now: () => now,
    async sleep(ms: number): Promise<void> {
      waits.push(ms)
      now += ms
    },
  }
}

const limited = (headers: Record<string, string>): Error =>
  Object.assign(new Error('slow down'), { status: 429, headers: new Headers(headers) })

const instantly = (): RetryOptions => ({ clock: recordingClock() })

const always = { random: () => 1 }

describe('retry', () => {
  it('gives what the task gives', async () => {
    await expect(retry(flaky(2), { clock: recordingClock() })).resolves.toBe(3)
  })

  it('throws the last error untouched when the attempts are used up', async () => {
    const errors = [new Error('first'), new Error('second'), new Error('third')]
    const result = retry(
      ({ attempt }) => {
        throw errors[attempt - 1]
      },
      { clock: recordingClock() },
    )
    await expect(result).rejects.toBe(errors[2])
  })

  it('waits up to twice as long each time, at most maxDelay', async () => {
    const clock = recordingClock()
    await retry(flaky(6), { attempts: 7, baseDelay: 100, maxDelay: 1000, clock, ...always })
    expect(clock.waits).toEqual([100, 200, 400, 800, 1000, 1000])
  })

  it('waits a random part of that', async () => {
    const clock = recordingClock()
    const values = [0, 0.25, 0.5]
    await retry(flaky(3), { attempts: 4, baseDelay: 100, clock, random: () => values.shift() ?? 1 })
    expect(clock.waits).toEqual([0, 50, 200])
  })

  it('keeps within the bounds whatever the options', async () => {
    const options = record({
      attempts: integer({ min: 1, max: 70 }),
      baseDelay: double({ min: 0, max: 1e6, noNaN: true }),
      maxDelay: double({ min: 0, max: 1e6, noNaN: true }),
    })
    await assert(
      asyncProperty(options, double({ min: 0, max: 1, noNaN: true }), async (given, share) => {
        const clock = recordingClock()
        await retry(flaky(given.attempts - 1), { ...given, clock, random: () => share })
        expect(clock.waits).toHaveLength(given.attempts - 1)
        for (const [index, wait] of clock.waits.entries()) {
          expect(wait).toBeGreaterThanOrEqual(0)
          expect(wait).toBeLessThanOrEqual(Math.min(given.maxDelay, given.baseDelay * 2 ** index))
        }
      }),
    )
  })

  it('says before each wait what failed and how long the wait is', async () => {
    const told: FailedAttempt[] = []
    const error = new Error('boom')
    await retry(flaky(1, error), { onRetry: (failed) => told.push(failed), clock: recordingClock(), ...always })
    expect(told).toEqual([{ attempt: 1, error, delay: 500 }])
  })

  it('does not try again what cannot succeed', async () => {
    const task = flaky(1, new EmpireError('invalid_request', 'Wrong.'))
    await expect(retry(task)).rejects.toThrow('Wrong.')
    expect(task.calls).toBe(1)
  })

  it('tries again what the caller says', async () => {
    const task = flaky(2, new EmpireError('invalid_request', 'Wrong.'))
    await expect(retry(task, { isRetryable: () => true, clock: recordingClock() })).resolves.toBe(3)
  })
})

describe('retry, when the server says how long to wait', () => {
  it.each([
    ['in seconds', limited({ 'retry-after': '7' }), 7000],
    ['in milliseconds', limited({ 'retry-after-ms': '123' }), 123],
    ['as a date', limited({ 'retry-after': 'Thu, 01 Jan 1970 00:00:09 GMT' }), 9000],
    [
      'in the headers of a response',
      Object.assign(new Error('no'), { response: { headers: { 'retry-after': '1' } } }),
      1000,
    ],
    ['in an EmpireError', new EmpireError('x', 'y', { retryable: true, details: { retryAfter: 42 } }), 42],
  ])('waits exactly that: %s', async (_name, error, expected) => {
    const clock = recordingClock()
    await retry(flaky(1, error), { clock })
    expect(clock.waits).toEqual([expected])
  })

  it('waits even longer than maxDelay', async () => {
    const clock = recordingClock()
    await retry(flaky(1, limited({ 'retry-after': '50' })), { clock, maxDelay: 10 })
    expect(clock.waits).toEqual([50_000])
  })

  it('throws at once when that is more than maxRetryAfter', async () => {
    const clock = recordingClock()
    const error = limited({ 'retry-after': '61' })
    await expect(retry(flaky(1, error), { clock })).rejects.toBe(error)
    expect(clock.waits).toEqual([])
  })

  it('backs off as usual when that is no time at all, or cannot be understood', async () => {
    for (const value of ['0', 'soon', 'Thu, 01 Jan 1960 00:00:09 GMT']) {
      const clock = recordingClock()
      await retry(flaky(1, limited({ 'retry-after': value })), { clock, ...always })
      expect(clock.waits).toEqual([500])
    }
  })

  it.each([Number.NaN, -5, 'soon', null])('backs off as usual when retryAfter() gives %s', async (given) => {
    const clock = recordingClock()
    await retry(flaky(1), { clock, retryAfter: () => given as number, ...always })
    expect(clock.waits).toEqual([500])
  })
})

describe('retry, when the caller gives up', () => {
  it('does not begin', async () => {
    const task = flaky(0)
    await expect(retry(task, { signal: AbortSignal.abort('enough') })).rejects.toBe('enough')
    expect(task.calls).toBe(0)
  })

  it('ends a wait at once with the reason untouched, and leaves no timer behind', async () => {
    const clock = createManualClock()
    const controller = new AbortController()
    const reason = { why: 'enough' }
    const result = retry(flaky(9), { clock, signal: controller.signal, ...always })
    const outcome = result.catch((error: unknown) => error)
    await clock.advance(499)
    controller.abort(reason)
    expect(await outcome).toBe(reason)
    expect(clock.waiting).toBe(0)
  })

  it('never tries an abort again, whatever the error and whoever says so', async () => {
    const controller = new AbortController()
    let calls = 0
    const result = retry(
      ({ signal }) => {
        calls++
        controller.abort('enough')
        expect(signal).toBe(controller.signal)
        throw new Error('wrapped')
      },
      { signal: controller.signal, isRetryable: () => true },
    )
    await expect(result).rejects.toBe('enough')
    expect(calls).toBe(1)
  })

  it('never tries again when something inside was aborted', async () => {
    const abort = new DOMException('stop', 'AbortError')
    const task = flaky(9, abort)
    await expect(retry(task, { isRetryable: () => true })).rejects.toBe(abort)
    expect(task.calls).toBe(1)
  })

  it('gives a result that came nevertheless', async () => {
    const controller = new AbortController()
    const result = retry(
      () => {
        controller.abort()
        return 'just in time'
      },
      { signal: controller.signal },
    )
    await expect(result).resolves.toBe('just in time')
  })
})

describe('retry in retry', () => {
  it('shares the budget of the outermost: layers do not multiply', async () => {
    const task = flaky(Infinity)
    const layered = retry(() => retry(() => retry(task, { ...instantly(), attempts: 5 }), instantly()), instantly())
    await expect(layered).rejects.toThrow('boom')
    expect(task.calls).toBe(3)
  })

  it('never makes more retries than the outermost may, whatever the layers', async () => {
    await assert(
      asyncProperty(array(integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 5 }), async (layers) => {
        const task = flaky(Infinity)
        const layered = layers.reduceRight<() => Promise<number>>(
          (inner, attempts) => () => retry(inner, { ...instantly(), attempts }),
          task,
        )
        await expect(layered()).rejects.toThrow('boom')
        expect(task.calls).toBe(layers[0])
      }),
    )
  })

  it('shares it between branches that run side by side', async () => {
    const tasks = Array.from({ length: 5 }, () => flaky(Infinity))
    await expect(
      retry(() => Promise.all(tasks.map((task) => retry(task, instantly()))), { ...instantly(), attempts: 4 }),
    ).rejects.toThrow('boom')
    const calls = tasks.reduce((sum, task) => sum + task.calls, 0)
    expect(calls).toBe(5 + 3)
  })

  it('leaves calls that are not nested alone', async () => {
    const tasks = [flaky(2), flaky(2)]
    await expect(Promise.all(tasks.map((task) => retry(task, instantly())))).resolves.toEqual([3, 3])
  })

  it('takes from the budget that is passed instead', async () => {
    const inner = flaky(4)
    const own = createRetryBudget({ retries: 4 })
    await retry(() => retry(inner, { ...instantly(), attempts: 9, budget: own }), { attempts: 1 })
    expect(own.remaining).toBe(0)
    expect(inner.calls).toBe(5)
  })

  it('does not bind what outlives it, such as a connection that was opened inside', async () => {
    const reconnecting = flaky(2)
    const reconnect = await retry(() => AsyncResource.bind(() => retry(reconnecting, instantly())), { attempts: 1 })
    await expect(reconnect()).resolves.toBe(3)
  })
})

describe('retry, misused', () => {
  it.each<[object, string]>([
    [{ attempts: 0 }, 'retry: "attempts" must be a whole number of at least 1 or Infinity, got a number (0).'],
    [{ attempts: 1.5 }, 'retry: "attempts" must be a whole number of at least 1 or Infinity, got a number (1.5).'],
    [{ baseDelay: Number.NaN }, 'retry: "baseDelay" must be a number of at least 0, got a number (NaN).'],
    [{ maxDelay: -1 }, 'retry: "maxDelay" must be a number of at least 0, got a number (-1).'],
    [{ maxRetryAfter: '9' }, 'retry: "maxRetryAfter" must be a number of at least 0 or Infinity, got a string ("9").'],
    [{ isRetryable: true }, 'retry: "isRetryable" must be a function, got a boolean (true).'],
    [{ retryAfter: 5 }, 'retry: "retryAfter" must be a function, got a number (5).'],
    [{ budget: 5 }, 'retry: "budget" must be made by createRetryBudget(), got a number (5).'],
    [{ onRetry: {} }, 'retry: "onRetry" must be a function, got an object.'],
    [{ signal: 'x' }, 'retry: "signal" must be an AbortSignal, got a string ("x").'],
    [{ clock: {} }, 'retry: "clock" must be an object with now() and sleep(), got an object.'],
    [{ random: 0.5 }, 'retry: "random" must be a function, got a number (0.5).'],
  ])('refuses %j', async (options, message) => {
    await expect(retry(flaky(0), options)).rejects.toThrow(new TypeError(message))
  })

  it('refuses what is no task and what are no options', async () => {
    await expect(retry(5 as never)).rejects.toThrow('retry: "task" must be a function, got a number (5).')
    await expect(retry(flaky(0), null as never)).rejects.toThrow('retry: "options" must be an object, got null.')
  })
})

describe('createRetryBudget', () => {
  it('gives out so many retries and no more', () => {
    const budget = createRetryBudget({ retries: 2 })
    expect([budget.take(), budget.take(), budget.take(), budget.take()]).toEqual([true, true, false, false])
    expect(budget.remaining).toBe(0)
  })

  it.each([
    [undefined, 'createRetryBudget: "options" must be an object, got undefined.'],
    [
      { retries: -1 },
      'createRetryBudget: "retries" must be a whole number of at least 0 or Infinity, got a number (-1).',
    ],
  ])('refuses %j', (options, message) => {
    expect(() => createRetryBudget(options as never)).toThrow(new TypeError(message))
  })
})
