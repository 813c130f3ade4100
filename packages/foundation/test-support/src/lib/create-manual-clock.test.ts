import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createManualClock } from './create-manual-clock.ts'

describe('createManualClock', () => {
  it('starts at 0, or where it is told to', () => {
    expect(createManualClock().now()).toBe(0)
    expect(createManualClock({ now: 1_700_000_000_000 }).now()).toBe(1_700_000_000_000)
  })

  it.each([Number.NaN, Infinity, '0'])('refuses to start at %s', (now) => {
    expect(() => createManualClock({ now: now as number })).toThrow(TypeError)
  })
})

describe('sleep', () => {
  it('ends when the clock has moved far enough', async () => {
    const clock = createManualClock()
    const ended: string[] = []
    void clock.sleep(10).then(() => ended.push('10'))
    await clock.advance(9)
    expect(ended).toEqual([])
    await clock.advance(1)
    expect(ended).toEqual(['10'])
  })

  it('rejects with the reason of an abort, and waits no longer', async () => {
    const clock = createManualClock()
    const controller = new AbortController()
    const reason = new Error('the user left')
    const sleep = clock.sleep(10, { signal: controller.signal })
    controller.abort(reason)
    await expect(sleep).rejects.toBe(reason)
    expect(clock.waiting).toBe(0)
  })

  it('does not begin under an aborted signal', async () => {
    const clock = createManualClock()
    const reason = new Error('too late')
    await expect(clock.sleep(10, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    expect(clock.waiting).toBe(0)
  })

  it('waits for ever if asked to', async () => {
    const clock = createManualClock()
    void clock.sleep(Infinity)
    await clock.advance(Number.MAX_SAFE_INTEGER)
    expect(clock.waiting).toBe(1)
  })

  it.each([Number.NaN, '5', undefined])('refuses %s milliseconds', (ms) => {
    expect(() => createManualClock().sleep(ms as number)).toThrow(TypeError)
  })
})

describe('setTimeout', () => {
  it('calls back once', async () => {
    const clock = createManualClock()
    let calls = 0
    clock.setTimeout(() => calls++, 5)
    await clock.advance(100)
    expect(calls).toBe(1)
  })

  it('does not call back after clearTimeout', async () => {
    const clock = createManualClock()
    let calls = 0
    clock.clearTimeout(clock.setTimeout(() => calls++, 5))
    clock.clearTimeout(undefined)
    clock.clearTimeout(1234)
    expect(clock.waiting).toBe(0)
    await clock.advance(100)
    expect(calls).toBe(0)
  })

  it('takes a negative delay for none', async () => {
    const clock = createManualClock()
    const fired: number[] = []
    clock.setTimeout(() => fired.push(clock.now()), -5)
    await clock.advance(0)
    expect(fired).toEqual([0])
  })
})

describe('advance', () => {
  it('carries along code that sleeps again and again', async () => {
    const clock = createManualClock()
    const ticks: number[] = []
    void (async () => {
      for (;;) {
        await clock.sleep(10)
        ticks.push(clock.now())
      }
    })()
    await clock.advance(35)
    expect(ticks).toEqual([10, 20, 30])
    expect(clock.now()).toBe(35)
  })

  it('fires in the order of time, and of setting where times are equal', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ delay: fc.nat(20), isCancelled: fc.boolean() }), { maxLength: 60 }),
        async (plan) => {
          const clock = createManualClock()
          const fired: { index: number; at: number }[] = []
          const ids = plan.map(({ delay }, index) =>
            clock.setTimeout(() => fired.push({ index, at: clock.now() }), delay),
          )
          ids.forEach((id, index) => plan[index]?.isCancelled && clock.clearTimeout(id))
          await clock.advance(20)
          const expected = plan
            .map(({ delay, isCancelled }, index) => ({ index, at: delay, isCancelled }))
            .filter(({ isCancelled }) => !isCancelled)
            .toSorted((a, b) => a.at - b.at || a.index - b.index)
            .map(({ index, at }) => ({ index, at }))
          expect(fired).toEqual(expected)
          expect(clock.waiting).toBe(0)
        },
      ),
      { numRuns: 50 },
    )
  })

  it('adds up when called twice at once', async () => {
    const clock = createManualClock()
    await Promise.all([clock.advance(5), clock.advance(7)])
    expect(clock.now()).toBe(12)
  })

  it('rejects with what a callback throws, and goes on from there', async () => {
    const clock = createManualClock()
    const failure = new Error('in the callback')
    clock.setTimeout(() => {
      throw failure
    }, 5)
    await expect(clock.advance(10)).rejects.toBe(failure)
    expect(clock.now()).toBe(5)
    await clock.advance(10)
    expect(clock.now()).toBe(15)
  })

  it.each([-1, Number.NaN, Infinity, '5'])('refuses %s', (ms) => {
    expect(() => createManualClock().advance(ms as number)).toThrow(TypeError)
  })
})

describe('whenWaiting', () => {
  it('resolves once as many timers wait', async () => {
    const clock = createManualClock()
    let isThere = false
    const both = clock.whenWaiting(2).then(() => (isThere = true))
    void clock.sleep(1)
    await clock.advance(0)
    expect(isThere).toBe(false)
    void clock.sleep(1)
    await both
    await clock.whenWaiting()
  })

  it('rejects with the reason of an abort', async () => {
    const reason = new Error('enough')
    await expect(createManualClock().whenWaiting(1, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  })

  it.each([0, 1.5, Number.NaN])('refuses to wait for %s timers', (count) => {
    expect(() => createManualClock().whenWaiting(count)).toThrow(TypeError)
  })
})
