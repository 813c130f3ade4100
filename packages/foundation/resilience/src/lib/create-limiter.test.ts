import { getEventListeners } from 'node:events'
import { createManualClock } from '@empire/test-support/clock'
import { array, assert, asyncProperty, boolean, integer, nat, option, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLimiter } from './create-limiter.ts'
import type { LimiterOptions, Reservation, ReserveOptions } from './limiter.ts'

function setUp(options: LimiterOptions = {}) {
  const clock = createManualClock()
  return { clock, limiter: createLimiter({ clock, ...options }) }
}

/** Reserves under a name and notes when it was granted. */
function noting(limiter: ReturnType<typeof createLimiter>, granted: string[]) {
  return (name: string, options?: ReserveOptions): Promise<Reservation> =>
    limiter.reserve(options).then((reservation) => {
      granted.push(name)
      return reservation
    })
}

describe('a limiter of concurrency', () => {
  it('runs so many tasks at a time and no more, in order of arrival, for 1,000 callers', async () => {
    const { clock, limiter } = setUp({ concurrency: 7 })
    const order: number[] = []
    let running = 0
    let most = 0
    const results = Promise.all(
      Array.from({ length: 1000 }, (_, caller) =>
        limiter.run(async () => {
          order.push(caller)
          most = Math.max(most, ++running)
          await clock.sleep(1 + (caller % 5))
          running--
          return caller
        }),
      ),
    )
    await clock.advance(1000)
    expect(most).toBe(7)
    expect(order).toEqual(Array.from({ length: 1000 }, (_, caller) => caller))
    await expect(results).resolves.toEqual(order)
    expect([limiter.running, limiter.waiting]).toEqual([0, 0])
  })

  it('goes on after a task that throws', async () => {
    const { limiter } = setUp({ concurrency: 1 })
    const failing = limiter.run(() => {
      throw new Error('boom')
    })
    const next = limiter.run(() => 'next')
    await expect(failing).rejects.toThrow('boom')
    await expect(next).resolves.toBe('next')
  })

  it('holds the place of an aborted task until it ends: a task that does not listen still runs', async () => {
    const { limiter } = setUp({ concurrency: 1 })
    const controller = new AbortController()
    const { promise, resolve } = Promise.withResolvers<string>()
    const stubborn = limiter.run(() => promise, { signal: controller.signal })
    const next = limiter.run(() => 'next')
    await Promise.resolve()
    controller.abort()
    expect([limiter.running, limiter.waiting]).toEqual([1, 1])
    resolve('stubborn')
    await expect(Promise.all([stubborn, next])).resolves.toEqual(['stubborn', 'next'])
  })
})

describe('a limiter of requests', () => {
  it('never grants more than the limit in any span of the interval', async () => {
    const { clock, limiter } = setUp({ requests: { limit: 2, interval: 1000 } })
    const times: number[] = []
    for (let caller = 0; caller < 6; caller++) void limiter.run(() => times.push(clock.now()))
    await clock.advance(700)
    expect(times).toEqual([0, 0])
    await clock.advance(5000)
    expect(times).toEqual([0, 0, 1000, 1000, 2000, 2000])
    expect(clock.waiting).toBe(0)
  })

  it('does not grant a burst at the edge of an interval', async () => {
    const { clock, limiter } = setUp({ requests: { limit: 2, interval: 1000 } })
    const times: number[] = []
    const call = (): unknown => void limiter.run(() => times.push(clock.now()))
    call()
    await clock.advance(990)
    call()
    await clock.advance(10)
    call()
    call()
    await clock.advance(2000)
    expect(times).toEqual([0, 990, 1000, 1990])
  })

  it('gives a cancelled request back, but not a settled one', async () => {
    const { clock, limiter } = setUp({ requests: { limit: 1, interval: 1000 } })
    const first = await limiter.reserve()
    first.cancel()
    const second = await limiter.reserve()
    second.settle()
    const granted: string[] = []
    void noting(limiter, granted)('third')
    await clock.advance(999)
    expect(granted).toEqual([])
    await clock.advance(1)
    expect(granted).toEqual(['third'])
  })
})

describe('a limiter of tokens', () => {
  const tokens = { limit: 100, interval: 1000 }

  it('grants while there is room', async () => {
    const { clock, limiter } = setUp({ tokens })
    const granted: string[] = []
    const reserve = noting(limiter, granted)
    void reserve('60', { tokens: 60 })
    void reserve('40', { tokens: 40 })
    void reserve('1', { tokens: 1 })
    void reserve('0', { tokens: 0 })
    await clock.advance(999)
    expect(granted).toEqual(['60', '40'])
    await clock.advance(1)
    expect(granted).toEqual(['60', '40', '1', '0'])
  })

  it('frees what was reserved in excess as soon as it is settled', async () => {
    const { clock, limiter } = setUp({ tokens })
    const first = await limiter.reserve({ tokens: 90 })
    const granted: string[] = []
    void noting(limiter, granted)('second', { tokens: 80 })
    await clock.advance(0)
    expect(granted).toEqual([])
    first.settle({ tokens: 20 })
    await clock.advance(0)
    expect(granted).toEqual(['second'])
  })

  it('counts what was used in excess from the moment it is known', async () => {
    const { clock, limiter } = setUp({ tokens })
    const first = await limiter.reserve({ tokens: 10 })
    await clock.advance(600)
    first.settle({ tokens: 100 })
    const granted: string[] = []
    const reserve = noting(limiter, granted)
    void reserve('10', { tokens: 10 })
    void reserve('100', { tokens: 100 })
    await clock.advance(399)
    expect(granted).toEqual([])
    await clock.advance(1)
    expect(granted).toEqual(['10'])
    await clock.advance(600)
    expect(granted).toEqual(['10'])
    await clock.advance(400)
    expect(granted).toEqual(['10', '100'])
  })

  it('lets no small one overtake a large one that came first', async () => {
    const { clock, limiter } = setUp({ tokens })
    await limiter.reserve({ tokens: 50 })
    const granted: string[] = []
    const reserve = noting(limiter, granted)
    void reserve('large', { tokens: 100 })
    for (let small = 0; small < 5; small++) void reserve('small', { tokens: 1 })
    await clock.advance(1000)
    expect(granted).toEqual(['large'])
    await clock.advance(1000)
    expect(granted).toEqual(['large', ...Array.from({ length: 5 }, () => 'small')])
  })

  it('keeps the reserved amount when the task does not say what it used', async () => {
    const { clock, limiter } = setUp({ tokens })
    await limiter.run(() => 'done', { tokens: 100 })
    const granted: string[] = []
    void noting(limiter, granted)('next', { tokens: 1 })
    await clock.advance(999)
    expect(granted).toEqual([])
  })

  it('refuses at once what can never be granted', async () => {
    const { limiter } = setUp({ tokens })
    await expect(limiter.reserve({ tokens: 101 })).rejects.toMatchObject({
      name: 'ReservationTooLargeError',
      code: 'reservation_too_large',
      message: 'Expected at most 100 tokens, the limit of a whole interval, got 101. Ask for less at a time.',
      details: { tokens: 101, limit: 100 },
      retryable: false,
    })
    await expect(limiter.run(() => 'fine', { tokens: 100 })).resolves.toBe('fine')
  })
})

describe('priorities', () => {
  it('go first, also before one who has waited longer and is next', async () => {
    const { clock, limiter } = setUp({ concurrency: 1 })
    const first = await limiter.reserve()
    const granted: string[] = []
    const reserve = noting(limiter, granted)
    for (const priority of [0, -1, 5, 0, 5, 1000, -1000]) {
      void reserve(`${priority}`, { priority }).then((reservation) => reservation.settle())
      await clock.advance(0)
    }
    first.settle()
    await clock.advance(0)
    expect(granted).toEqual(['1000', '5', '5', '0', '0', '-1', '-1000'])
  })

  it('are granted at once when there is room for them, though one below waits for more', async () => {
    const { clock, limiter } = setUp({ tokens: { limit: 100, interval: 1000 } })
    await limiter.reserve({ tokens: 50 })
    const granted: string[] = []
    const reserve = noting(limiter, granted)
    void reserve('low', { tokens: 100 })
    void reserve('high', { tokens: 50, priority: 1 })
    await clock.advance(0)
    expect(granted).toEqual(['high'])
  })
})

describe('an aborted waiter', () => {
  it('is refused before it joins', async () => {
    const { limiter } = setUp()
    await expect(limiter.reserve({ signal: AbortSignal.abort('enough') })).rejects.toBe('enough')
    expect(limiter.running).toBe(0)
  })

  it('leaves the line with the reason untouched, and makes way for the next', async () => {
    const { clock, limiter } = setUp({ tokens: { limit: 100, interval: 1000 } })
    await limiter.reserve({ tokens: 50 })
    const controller = new AbortController()
    const large = limiter.reserve({ tokens: 100, signal: controller.signal })
    const small = limiter.reserve({ tokens: 50 })
    controller.abort('enough')
    await expect(large).rejects.toBe('enough')
    await expect(small).resolves.toHaveProperty('settle')
    await clock.advance(0)
    expect(clock.waiting).toBe(0)
  })

  it('does not run when it is aborted in the very moment of its turn, and takes nothing', async () => {
    const { limiter } = setUp({ requests: { limit: 2, interval: 1000 }, concurrency: 1 })
    const first = await limiter.reserve()
    const controller = new AbortController()
    let begun = false
    const result = limiter.run(() => (begun = true), { signal: controller.signal })
    await Promise.resolve()
    first.settle()
    controller.abort('enough')
    await expect(result).rejects.toBe('enough')
    expect(begun).toBe(false)
    await expect(limiter.run(() => 'second')).resolves.toBe('second')
  })

  it('leaves nothing behind: 1,000 on one signal', async () => {
    const { clock, limiter } = setUp({ requests: { limit: 1, interval: 1000 } })
    await limiter.reserve()
    const controller = new AbortController()
    const waiters = Array.from({ length: 1000 }, () => limiter.reserve({ signal: controller.signal }))
    await clock.advance(0)
    expect(limiter.waiting).toBe(1000)
    expect(clock.waiting).toBe(1)
    controller.abort('enough')
    const outcomes = await Promise.allSettled(waiters)
    expect(outcomes.every((outcome) => outcome.status === 'rejected' && outcome.reason === 'enough')).toBe(true)
    expect([limiter.waiting, clock.waiting]).toEqual([0, 0])
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
  })

  it('leaves no listener behind when it is granted', async () => {
    const { limiter } = setUp({ concurrency: 1 })
    const { signal } = new AbortController()
    await Promise.all(Array.from({ length: 10 }, () => limiter.run(() => 'done', { signal })))
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })
})

describe('what a server says', () => {
  it('slows the limiter down until its time is over', async () => {
    const { clock, limiter } = setUp()
    const first = await limiter.reserve()
    first.observe({ requests: { remaining: 2, resetAfter: 5000 } })
    const granted: string[] = []
    const reserve = noting(limiter, granted)
    for (const name of ['a', 'b', 'c', 'd']) void reserve(name)
    await clock.advance(4999)
    expect(granted).toEqual(['a', 'b'])
    await clock.advance(1)
    expect(granted).toEqual(['a', 'b', 'c', 'd'])
  })

  it('does not count requests twice that it cannot have seen yet', async () => {
    const { clock, limiter } = setUp()
    const [first] = await Promise.all([limiter.reserve(), limiter.reserve(), limiter.reserve()])
    first.observe({ requests: { remaining: 3, resetAfter: 5000 } })
    const granted: string[] = []
    const reserve = noting(limiter, granted)
    void reserve('a')
    void reserve('b')
    await clock.advance(0)
    expect(granted).toEqual(['a'])
  })

  it('gives back at once what was not used of what the server still accepts', async () => {
    const { clock, limiter } = setUp({ tokens: { limit: 1000, interval: 1000 } })
    const first = await limiter.reserve()
    const begun = await limiter.reserve({ tokens: 60 })
    first.observe({ tokens: { remaining: 100, resetAfter: 60_000 } })
    const other = await limiter.reserve({ tokens: 30 })
    const granted: string[] = []
    const reserve = noting(limiter, granted)
    const cancelled = reserve('all but what is in use', { tokens: 70 })
    other.cancel()
    await clock.advance(0)
    expect(granted).toEqual([])
    begun.settle({ tokens: 30 })
    await cancelled
    expect(granted).toEqual(['all but what is in use'])
    void reserve('one more', { tokens: 1 })
    await clock.advance(0)
    expect(limiter.waiting).toBe(1)
  })

  it('gives back no more than the server accepts', async () => {
    const { clock, limiter } = setUp({ tokens: { limit: 1000, interval: 1000 } })
    const first = await limiter.reserve()
    const begun = await limiter.reserve({ tokens: 60 })
    first.observe({ tokens: { remaining: 10, resetAfter: 60_000 } })
    begun.cancel()
    void limiter.reserve({ tokens: 11 })
    await clock.advance(0)
    expect(limiter.waiting).toBe(1)
  })

  it('lets it go faster again', async () => {
    const { clock, limiter } = setUp()
    const first = await limiter.reserve({ tokens: 10 })
    first.observe({ tokens: { remaining: 0, resetAfter: 60_000 } })
    const granted: string[] = []
    void noting(limiter, granted)('a', { tokens: 10 })
    await clock.advance(1)
    expect(granted).toEqual([])
    first.observe({ tokens: { remaining: 10, resetAfter: 60_000 } })
    await clock.advance(0)
    expect(granted).toEqual(['a'])
  })

  it.each<[object | undefined, string]>([
    [undefined, 'reservation.observe: "limits" must be an object, got undefined.'],
    [{ requests: 5 }, 'reservation.observe: "requests" must be an object, got a number (5).'],
    [
      { requests: { remaining: -1, resetAfter: 1 } },
      'reservation.observe: "requests.remaining" must be a number of at least 0, got a number (-1).',
    ],
    [
      { tokens: { remaining: 1, resetAfter: Number.NaN } },
      'reservation.observe: "tokens.resetAfter" must be a number of at least 0, got a number (NaN).',
    ],
  ])('is refused when it makes no sense: %j', async (limits, message) => {
    const reservation = await setUp().limiter.reserve()
    expect(() => reservation.observe(limits as object)).toThrow(new TypeError(message))
  })
})

describe('a reservation', () => {
  it('ends once: what comes after has no effect', async () => {
    const { limiter } = setUp({ concurrency: 2, tokens: { limit: 100, interval: 1000 } })
    const first = await limiter.reserve({ tokens: 50 })
    await limiter.reserve({ tokens: 50 })
    first.settle()
    first.settle({ tokens: 0 })
    first.cancel()
    expect(limiter.running).toBe(1)
    void limiter.reserve({ tokens: 1 })
    expect(limiter.waiting).toBe(1)
  })

  it('may be settled by the task before it ends', async () => {
    const { limiter } = setUp({ tokens: { limit: 100, interval: 1000 } })
    await limiter.run((reservation) => reservation.settle({ tokens: 1 }), { tokens: 100 })
    await expect(limiter.run(() => 'next', { tokens: 99 })).resolves.toBe('next')
  })
})

describe('a clock that is set back', () => {
  it('makes nobody wait for the time to come again', async () => {
    let time = 1_000_000
    const sleeping: (() => void)[] = []
    const clock = {
      now: () => time,
      sleep: () => new Promise<void>((resolve) => sleeping.push(resolve)),
    }
    const limiter = createLimiter({ requests: { limit: 1, interval: 1_000 }, clock })
    const order: string[] = []
    await limiter.run(() => order.push('first'))
    time -= 500_000
    const second = limiter.run(() => order.push('second'))
    time += 999
    for (const wake of sleeping.splice(0)) wake()
    await Promise.resolve()
    expect(order).toEqual(['first'])
    time += 1
    for (let turn = 0; turn < 10; turn++) await Promise.resolve()
    for (const wake of sleeping.splice(0)) wake()
    await second
    expect(order).toEqual(['first', 'second'])
  })
})

describe('under any load', () => {
  const work = record({
    after: nat(400),
    tokens: nat(50),
    used: nat(50),
    lasts: nat(1500),
    priority: integer({ min: -1, max: 1 }),
    abortAfter: option(nat(800), { nil: undefined }),
    cancel: boolean(),
  })

  it('exceeds no limit, serves everyone who stays, and leaves nothing behind', async () => {
    await assert(
      asyncProperty(array(work, { maxLength: 30 }), async (works) => {
        const interval = 1000
        const { clock, limiter } = setUp({
          concurrency: 3,
          requests: { limit: 4, interval },
          tokens: { limit: 60, interval },
        })
        const uses: { at: number; tokens: number; requests: number }[] = []
        let running = 0
        const outcomes = works.map(async ({ after, tokens, used, lasts, priority, abortAfter, cancel }) => {
          const controller = new AbortController()
          await clock.sleep(after)
          if (abortAfter !== undefined) void clock.sleep(abortAfter).then(() => controller.abort('enough'))
          const reservation = await limiter.reserve({ tokens, priority, signal: controller.signal })
          const use = { at: clock.now(), tokens, requests: 1 }
          uses.push(use)
          expect(++running).toBeLessThanOrEqual(3)
          const inSpan = uses.filter(({ at }) => at > clock.now() - interval)
          expect(inSpan.reduce((sum, each) => sum + each.requests, 0)).toBeLessThanOrEqual(4)
          expect(inSpan.reduce((sum, each) => sum + each.tokens, 0)).toBeLessThanOrEqual(60)
          await clock.sleep(lasts)
          running--
          if (cancel) {
            Object.assign(use, { tokens: 0, requests: 0 })
            reservation.cancel()
          } else {
            const actual = Math.min(used, tokens)
            use.tokens = actual
            reservation.settle({ tokens: actual })
          }
          return undefined
        })
        const settled = Promise.allSettled(outcomes)
        await clock.advance(200_000)
        for (const [index, outcome] of (await settled).entries()) {
          if (outcome.status === 'fulfilled') continue
          expect(outcome.reason).toBe('enough')
          expect(works[index]?.abortAfter).toBeDefined()
        }
        expect([limiter.running, limiter.waiting, clock.waiting]).toEqual([0, 0, 0])
      }),
      // The long form is in create-limiter.faults.test.ts.
      { numRuns: process.env['EMPIRE_TEST_FAULTS'] === '1' ? 5_000 : 60 },
    )
  })
})

describe('createLimiter', () => {
  it.each<[object, string]>([
    [
      { concurrency: 0 },
      'createLimiter: "concurrency" must be a whole number of at least 1 or Infinity, got a number (0).',
    ],
    [{ requests: 5 }, 'createLimiter: "requests" must be an object, got a number (5).'],
    [
      { requests: { limit: 0.5, interval: 1 } },
      'createLimiter: "requests.limit" must be a whole number of at least 1, got a number (0.5).',
    ],
    [
      { tokens: { limit: 5, interval: 0 } },
      'createLimiter: "tokens.interval" must be a number of at least 1, got a number (0).',
    ],
    [{ clock: 5 }, 'createLimiter: "clock" must be an object with now() and sleep(), got a number (5).'],
  ])('refuses %j', (options, message) => {
    expect(() => createLimiter(options)).toThrow(new TypeError(message))
  })

  it.each<[object, string]>([
    [{ tokens: -1 }, 'limiter: "tokens" must be a whole number of at least 0, got a number (-1).'],
    [{ tokens: Number.NaN }, 'limiter: "tokens" must be a whole number of at least 0, got a number (NaN).'],
    [{ priority: 1001 }, 'limiter: "priority" must be a whole number from -1000 to 1000, got a number (1001).'],
    [{ signal: 5 }, 'limiter: "signal" must be an AbortSignal, got a number (5).'],
  ])('refuses a reservation of %j', async (options, message) => {
    await expect(setUp().limiter.reserve(options)).rejects.toThrow(new TypeError(message))
    await expect(setUp().limiter.run(() => 1, options)).rejects.toThrow(new TypeError(message))
  })

  it('refuses what is no task, and settling by what is no number', async () => {
    const { limiter } = setUp({ concurrency: 1 })
    await expect(limiter.run(5 as never)).rejects.toThrow('limiter.run: "task" must be a function, got a number (5).')
    const reservation = await limiter.reserve()
    expect(() => reservation.settle({ tokens: 0.5 })).toThrow(
      'reservation.settle: "tokens" must be a whole number of at least 0, got a number (0.5).',
    )
    expect(limiter.running).toBe(1)
  })
})
