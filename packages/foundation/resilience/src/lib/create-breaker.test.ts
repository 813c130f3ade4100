import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { createManualClock } from '@empire/test-support/clock'
import { array, assert, asyncProperty, constantFrom, oneof } from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { Breaker, BreakerState } from './breaker.ts'
import { BreakerOpenError } from './breaker-open-error.ts'
import type { BreakerOptions } from './breaker-settings.ts'
import { createBreaker } from './create-breaker.ts'
import { withTimeout } from './with-timeout.ts'

const failure = new Error('down')

async function fail(breaker: Breaker, times = 1): Promise<void> {
  for (let time = 0; time < times; time++)
    await expect(breaker.run(() => Promise.reject(failure))).rejects.toBe(failure)
}

async function succeed(breaker: Breaker, times = 1): Promise<void> {
  for (let time = 0; time < times; time++) await expect(breaker.run(() => 'ok')).resolves.toBe('ok')
}

async function refuse(breaker: Breaker): Promise<void> {
  await expect(breaker.run(() => 'ok')).rejects.toBeInstanceOf(BreakerOpenError)
}

function caught(result: Promise<unknown>): Promise<unknown> {
  return result.catch((error: unknown) => error)
}

/** A task that ends when the test says so. */
function pending() {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  return { task: () => promise, resolve, reject }
}

function setUp(options: BreakerOptions = {}) {
  const clock = createManualClock()
  const breaker = createBreaker({ minimumCalls: 4, window: 10_000, resetAfter: 1000, clock, ...options })
  return { clock, breaker }
}

async function setUpOpen(options: BreakerOptions = {}) {
  const { clock, breaker } = setUp(options)
  await fail(breaker, 4)
  expect(breaker.state).toBe('open')
  return { clock, breaker }
}

async function setUpHalfOpen(options: BreakerOptions = {}) {
  const { clock, breaker } = await setUpOpen(options)
  await clock.advance(1000)
  expect(breaker.state).toBe('half-open')
  return { clock, breaker }
}

describe('a closed breaker', () => {
  it('gives what the task gives, whatever that is', async () => {
    const { breaker } = setUp()
    for (const value of [undefined, null, 0, '']) await expect(breaker.run(() => value)).resolves.toBe(value)
    // oxlint-disable-next-line unicorn/no-thenable -- what a query builder is
    const thenable = { then: (done: (value: string) => void) => done('of a thenable') }
    await expect(breaker.run(() => thenable as PromiseLike<string>)).resolves.toBe('of a thenable')
  })

  it('throws what the task throws, whatever that is', async () => {
    const { breaker } = setUp({ minimumCalls: 100 })
    for (const error of [failure, undefined, null, 'text']) {
      await expect(breaker.run(() => Promise.reject(error))).rejects.toBe(error)
      const thrown = breaker.run(() => {
        throw error
      })
      await expect(thrown).rejects.toBe(error)
    }
  })

  it('opens when the share of failures is reached', async () => {
    const { breaker } = setUp({ failureRate: 0.5 })
    await succeed(breaker, 3)
    await fail(breaker, 2)
    expect(breaker.state).toBe('closed')
    await fail(breaker)
    expect(breaker.state).toBe('open')
  })

  it('opens when every call has to fail and every call does', async () => {
    const { breaker } = setUp({ failureRate: 1 })
    await fail(breaker, 4)
    expect(breaker.state).toBe('open')
  })

  it('does not open on too few calls', async () => {
    const { breaker } = setUp()
    await fail(breaker, 3)
    expect(breaker.state).toBe('closed')
  })

  it('counts calls that have ended, not those under way', async () => {
    const { breaker } = setUp()
    const slow = Array.from({ length: 100 }, () => breaker.run(pending().task))
    await fail(breaker, 4)
    expect(breaker.state).toBe('open')
    expect(slow).toHaveLength(100)
  })

  it('forgets what is older than the window', async () => {
    const { clock, breaker } = setUp()
    await fail(breaker, 3)
    await clock.advance(10_000)
    await fail(breaker, 3)
    expect(breaker.state).toBe('closed')
    await fail(breaker)
    expect(breaker.state).toBe('open')
  })

  it('does not count an error that says nothing about the service', async () => {
    const notFound = new Error('404')
    const { breaker } = setUp({ isFailure: (error) => error !== notFound })
    for (let call = 0; call < 20; call++)
      await expect(breaker.run(() => Promise.reject(notFound))).rejects.toBe(notFound)
    expect(breaker.state).toBe('closed')
  })

  it('counts an abort neither way', async () => {
    const { breaker } = setUp({ failureRate: 1 })
    const abort = new DOMException('stop', 'AbortError')
    await fail(breaker, 3)
    for (let call = 0; call < 20; call++) await expect(breaker.run(() => Promise.reject(abort))).rejects.toBe(abort)
    expect(breaker.state).toBe('closed')
    await fail(breaker)
    expect(breaker.state).toBe('open')
  })

  it('counts an abort by any reason neither way, but lost patience as a failure', async () => {
    const { breaker } = setUp({ failureRate: 1, minimumCalls: 1 })
    const abortWith = async (reason: unknown): Promise<void> => {
      const controller = new AbortController()
      const result = breaker.run(
        ({ signal }) => {
          controller.abort(reason)
          return Promise.reject(signal?.reason)
        },
        { signal: controller.signal },
      )
      await expect(result).rejects.toBe(reason)
    }
    await abortWith('enough')
    expect(breaker.state).toBe('closed')
    await abortWith(new DOMException('late', 'TimeoutError'))
    expect(breaker.state).toBe('open')
  })

  it('counts a withTimeout inside as a failure', async () => {
    const { clock, breaker } = setUp({ minimumCalls: 1 })
    const result = breaker.run(() => withTimeout(pending().task, 100, { clock }))
    const outcome = caught(result)
    await clock.advance(100)
    expect(await outcome).toMatchObject({ code: 'timeout' })
    expect(breaker.state).toBe('open')
  })

  it('does not begin when the signal is aborted already, nor count it', async () => {
    const { breaker } = setUp({ minimumCalls: 1 })
    let begun = false
    const result = breaker.run(() => (begun = true), { signal: AbortSignal.abort('enough') })
    await expect(result).rejects.toBe('enough')
    expect(begun).toBe(false)
    expect(breaker.state).toBe('closed')
  })
})

describe('a filter that throws', () => {
  it('is heard by the caller, and the error it was asked about counts as a failure', async () => {
    const mistake = new Error('mistake')
    const { breaker } = setUp({
      minimumCalls: 4,
      isFailure(error) {
        if (error === 'well') return false
        throw mistake
      },
    })
    await expect(breaker.run(() => Promise.reject('well'))).rejects.toBe('well')
    for (const error of ['text', undefined, failure])
      await expect(breaker.run(() => Promise.reject(error))).rejects.toBe(mistake)
    expect(breaker.state).toBe('open')
  })
})

describe('a clock that is set back', () => {
  it('keeps no breaker open for longer', async () => {
    let time = 1_000_000
    const breaker = createBreaker({
      minimumCalls: 1,
      resetAfter: 1_000,
      clock: { now: () => time, sleep: () => new Promise(() => {}) },
    })
    await fail(breaker)
    time -= 500_000
    expect(breaker.state).toBe('open')
    time += 1_000
    expect(breaker.state).toBe('half-open')
  })
})

describe('an open breaker', () => {
  it('refuses without calling, and says for how long', async () => {
    const { clock, breaker } = await setUpOpen({ name: 'gemini' })
    await clock.advance(400)
    let begun = false
    const result = breaker.run(() => (begun = true))
    await expect(result).rejects.toMatchObject({
      name: 'BreakerOpenError',
      code: 'breaker_open',
      message: 'The breaker "gemini" is open: too many calls have failed. Try again in 600 ms.',
      details: { name: 'gemini', retryAfter: 600 },
      retryable: true,
    })
    expect(begun).toBe(false)
  })

  it('refuses by errors without a trace, and leaves those of others alone', async () => {
    const { breaker } = await setUpOpen()
    const refusal: unknown = await caught(breaker.run(() => 'ok'))
    expect((refusal as Error).stack?.split('\n')).toHaveLength(1)
    expect(new Error('other').stack?.split('\n').length).toBeGreaterThan(1)
  })

  it('takes no notice of calls that began before it opened', async () => {
    const { clock, breaker } = setUp()
    const good = pending()
    const bad = pending()
    const early = [breaker.run(good.task), breaker.run(bad.task)]
    await fail(breaker, 4)
    await clock.advance(500)
    good.resolve('late')
    bad.reject(failure)
    await expect(early[0]).resolves.toBe('late')
    await expect(early[1]).rejects.toBe(failure)
    expect(breaker.state).toBe('open')
    await clock.advance(500)
    expect(breaker.state).toBe('half-open')
  })
})

describe('a half-open breaker', () => {
  it('lets one call through and refuses the others meanwhile', async () => {
    const { breaker } = await setUpHalfOpen({ name: 'gemini' })
    const trial = pending()
    const result = breaker.run(trial.task)
    await expect(breaker.run(() => 'ok')).rejects.toMatchObject({
      code: 'breaker_open',
      message: 'The breaker "gemini" is half-open: one trial call is under way. Try again when it has ended.',
      details: { name: 'gemini' },
    })
    trial.resolve('well')
    await expect(result).resolves.toBe('well')
    expect(breaker.state).toBe('closed')
  })

  it('lets only one of many callers of the same moment through', async () => {
    const { breaker } = await setUpHalfOpen()
    let calls = 0
    const results = await Promise.allSettled(Array.from({ length: 1000 }, () => breaker.run(async () => calls++)))
    expect(calls).toBe(1)
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it('closes on success, with a clean slate', async () => {
    const { breaker } = await setUpHalfOpen()
    await succeed(breaker)
    expect(breaker.state).toBe('closed')
    await fail(breaker, 2)
    expect(breaker.state).toBe('closed')
  })

  it('closes on an error that is no failure: the service has answered', async () => {
    const notFound = new Error('404')
    const { breaker } = await setUpHalfOpen({ isFailure: (error) => error !== notFound })
    await expect(breaker.run(() => Promise.reject(notFound))).rejects.toBe(notFound)
    expect(breaker.state).toBe('closed')
  })

  it('opens again on failure, for the whole time', async () => {
    const { clock, breaker } = await setUpHalfOpen()
    await fail(breaker)
    expect(breaker.state).toBe('open')
    await clock.advance(999)
    await refuse(breaker)
    await clock.advance(1)
    await succeed(breaker)
    expect(breaker.state).toBe('closed')
  })

  it('makes another trial at once when one is aborted', async () => {
    const { breaker } = await setUpHalfOpen()
    const abort = new DOMException('stop', 'AbortError')
    await expect(breaker.run(() => Promise.reject(abort))).rejects.toBe(abort)
    expect(breaker.state).toBe('half-open')
    await succeed(breaker)
    expect(breaker.state).toBe('closed')
  })

  it('makes another trial when one does not end, and takes no notice of the first from then on', async () => {
    const { clock, breaker } = await setUpHalfOpen()
    const stuck = pending()
    const first = breaker.run(stuck.task)
    await clock.advance(999)
    await refuse(breaker)
    await clock.advance(1)
    await succeed(breaker)
    expect(breaker.state).toBe('closed')
    stuck.reject(failure)
    await expect(first).rejects.toBe(failure)
    expect(breaker.state).toBe('closed')
  })
})

describe('a breaker', () => {
  it('waits for nothing: no timer is left in any state', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
    try {
      const { clock, breaker } = setUp({ minimumCalls: 1 })
      const timers = [vi.getTimerCount()]
      for (const end of [fail, fail, succeed]) {
        await end(breaker)
        timers.push(vi.getTimerCount() + clock.waiting)
        await clock.advance(1000)
      }
      expect(timers).toEqual([0, 0, 0, 0])
      expect(breaker.state).toBe('closed')
    } finally {
      vi.useRealTimers()
    }
  })

  it('announces each change of state on a diagnostics channel', async () => {
    const clock = createManualClock()
    const states: unknown[] = []
    const note = (message: unknown): unknown => states.push(message)
    subscribe('empire:resilience:breaker-state', note)
    try {
      const breaker = createBreaker({ name: 'gemini', minimumCalls: 1, resetAfter: 10, clock })
      await fail(breaker)
      await clock.advance(10)
      await fail(breaker)
      await clock.advance(10)
      await succeed(breaker)
    } finally {
      unsubscribe('empire:resilience:breaker-state', note)
    }
    const expected = ['open', 'half-open', 'open', 'half-open', 'closed']
    expect(states).toMatchObject(expected.map((state) => ({ name: 'gemini', state })))
  })

  it('does what the textbook says, for any sequence of calls', { timeout: 20_000 }, async () => {
    const call = constantFrom(...(['succeed', 'fail', 'fail', 'fail', 'abort'] as const))
    const step = oneof({ weight: 4, arbitrary: call }, constantFrom(1, 999, 1000))
    await assert(
      asyncProperty(array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
        const { clock, breaker } = setUp({ window: 1e9 })
        const model = textbookBreaker(clock.now)
        for (const each of steps) {
          const called = typeof each === 'number' ? await clock.advance(each) : await outcomeOf(breaker, each)
          expect(called).toBe(typeof each === 'number' ? undefined : model.call(each))
          expect(breaker.state).toBe(model.state())
        }
      }),
      { numRuns: 300 },
    )
  })
})

type Outcome = 'succeed' | 'fail' | 'abort' | 'refused'

async function outcomeOf(breaker: Breaker, wanted: 'succeed' | 'fail' | 'abort'): Promise<Outcome> {
  const error = wanted === 'fail' ? failure : new DOMException('stop', 'AbortError')
  const came = await caught(breaker.run(() => (wanted === 'succeed' ? wanted : Promise.reject(error))))
  return came instanceof BreakerOpenError ? 'refused' : wanted
}

/** Written down as one would explain it, for calls one after the other: at least 4, half of them failed, open for 1 s. */
function textbookBreaker(now: () => number) {
  let ended: ('succeed' | 'fail')[] = []
  let openedAt: number | undefined

  function state(): BreakerState {
    if (openedAt === undefined) return 'closed'
    return now() - openedAt < 1000 ? 'open' : 'half-open'
  }

  function call(wanted: 'succeed' | 'fail' | 'abort'): Outcome {
    const before = state()
    if (before === 'open') return 'refused'
    if (wanted === 'abort') return wanted
    ended = before === 'half-open' ? [] : [...ended, wanted]
    const failed = ended.filter((each) => each === 'fail').length
    const opens = wanted === 'fail' && (before === 'half-open' || (ended.length >= 4 && failed * 2 >= ended.length))
    openedAt = opens ? now() : undefined
    return wanted
  }

  return { state, call }
}

describe('createBreaker', () => {
  it('gives the same breaker for the same name on the same clock', async () => {
    const clock = createManualClock()
    const breaker = createBreaker({ name: 'gemini', minimumCalls: 1, clock })
    await fail(breaker)
    expect(createBreaker({ name: 'gemini', clock })).toBe(breaker)
    expect(createBreaker({ name: 'gemini', minimumCalls: 1, failureRate: 0.5, clock }).state).toBe('open')
  })

  it.each([
    [{ name: 'a' }, { name: 'b' }],
    [{}, {}],
    [{ name: '__proto__' }, { name: 'constructor' }],
  ])('gives different breakers for %j and %j', (one, other) => {
    const clock = createManualClock()
    expect(createBreaker({ ...one, clock })).not.toBe(createBreaker({ ...other, clock }))
  })

  it('keeps the breakers of one clock apart from those of another', () => {
    const [one, other] = [createManualClock(), createManualClock()]
    expect(createBreaker({ name: 'gemini', clock: one })).not.toBe(createBreaker({ name: 'gemini', clock: other }))
  })

  it('shares breakers on the clock of the platform', () => {
    expect(createBreaker({ name: 'create-breaker.test' })).toBe(createBreaker({ name: 'create-breaker.test' }))
  })

  it('refuses to share under options that differ', () => {
    const clock = createManualClock()
    createBreaker({ name: 'gemini', clock })
    expect(() => createBreaker({ name: 'gemini', resetAfter: 5, clock })).toThrow(
      new TypeError('createBreaker: "resetAfter" must be 30000, as the breaker "gemini" has it already, got 5.'),
    )
    expect(() => createBreaker({ name: 'gemini', isFailure: () => true, clock })).toThrow(
      new TypeError(
        'createBreaker: "isFailure" must be the same function as the breaker "gemini" has already, got another. Define it once.',
      ),
    )
  })

  it.each<[object, string]>([
    [{ name: '' }, 'createBreaker: "name" must be a string that is not empty, got a string ("").'],
    [{ name: 5 }, 'createBreaker: "name" must be a string that is not empty, got a number (5).'],
    [{ failureRate: 0 }, 'createBreaker: "failureRate" must be a number above 0 and up to 1, got a number (0).'],
    [{ failureRate: 50 }, 'createBreaker: "failureRate" must be a number above 0 and up to 1, got a number (50).'],
    [
      { failureRate: Number.NaN },
      'createBreaker: "failureRate" must be a number above 0 and up to 1, got a number (NaN).',
    ],
    [{ minimumCalls: 0 }, 'createBreaker: "minimumCalls" must be a whole number of at least 1, got a number (0).'],
    [{ window: 0 }, 'createBreaker: "window" must be a number of at least 1, got a number (0).'],
    [{ resetAfter: Infinity }, 'createBreaker: "resetAfter" must be a number of at least 0, got a number (Infinity).'],
    [{ isFailure: 1 }, 'createBreaker: "isFailure" must be a function, got a number (1).'],
    [{ clock: null }, 'createBreaker: "clock" must be an object with now() and sleep(), got null.'],
  ])('refuses %j', (options, message) => {
    expect(() => createBreaker(options)).toThrow(new TypeError(message))
  })

  it('rejects, rather than throws, when run is misused', async () => {
    const { breaker } = setUp()
    await expect(breaker.run(5 as never)).rejects.toThrow('breaker.run: "task" must be a function, got a number (5).')
    await expect(breaker.run(() => 1, { signal: 5 as never })).rejects.toThrow(
      'breaker.run: "signal" must be an AbortSignal, got a number (5).',
    )
    await expect(breaker.run(() => 1, null as never)).rejects.toThrow(
      'breaker.run: "options" must be an object, got null.',
    )
  })
})
