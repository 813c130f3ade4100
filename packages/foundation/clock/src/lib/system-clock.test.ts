import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from './system-clock.ts'
import { wallClock } from './wall-clock.ts'

describe('systemClock', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  afterEach(() => void vi.useRealTimers())

  it('sleeps for as long as it is told', async () => {
    let awake = false
    const sleep = systemClock.sleep(100).then(() => (awake = true))
    await vi.advanceTimersByTimeAsync(99)
    expect(awake).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    await sleep
  })

  it('sleeps longer than the platform has timers for', async () => {
    const month = 31 * 24 * 3_600_000
    let awake = false
    const sleep = systemClock.sleep(month).then(() => (awake = true))
    await vi.advanceTimersByTimeAsync(month - 1)
    expect(awake).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    await sleep
    expect(vi.getTimerCount()).toBe(0)
  })

  it('wakes when the signal is aborted, and leaves no timer and no listener behind', async () => {
    const controller = new AbortController()
    const sleep = systemClock.sleep(1e12, { signal: controller.signal })
    controller.abort('enough')
    await expect(sleep).rejects.toBe('enough')
    expect(vi.getTimerCount()).toBe(0)
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
  })

  it('leaves no listener behind when it wakes by itself', async () => {
    const { signal } = new AbortController()
    const sleep = systemClock.sleep(5, { signal })
    await vi.advanceTimersByTimeAsync(5)
    await sleep
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })

  it('does not fall asleep when the signal is aborted already', async () => {
    await expect(systemClock.sleep(5, { signal: AbortSignal.abort('enough') })).rejects.toBe('enough')
    expect(vi.getTimerCount()).toBe(0)
  })

  it.each([
    [Number.NaN, 'NaN'],
    ['5', 'string'],
    [undefined, 'undefined'],
  ])('does not sleep for %j', async (ms, got) => {
    await expect(systemClock.sleep(ms as never)).rejects.toThrow(
      new TypeError(`sleep: "ms" must be a number of milliseconds, got ${got}.`),
    )
    expect(vi.getTimerCount()).toBe(0)
  })

  it('takes a time that is over for none', async () => {
    const setTimer = vi.spyOn(globalThis, 'setTimeout')
    const sleep = systemClock.sleep(-5)
    expect(setTimer).toHaveBeenCalledWith(expect.any(Function), 0)
    await vi.advanceTimersByTimeAsync(0)
    await sleep
  })

  it('tells milliseconds since the Unix epoch', () => {
    expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(60_000)
  })
})

describe('wallClock', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('follows the time of the system, also backwards', () => {
    for (const time of [5_000, 3_000, 9_000]) {
      vi.setSystemTime(time)
      expect(wallClock.now()).toBe(time)
    }
  })

  it('sleeps like the other', async () => {
    const sleep = wallClock.sleep(100)
    await vi.advanceTimersByTimeAsync(100)
    await expect(sleep).resolves.toBeUndefined()
  })
})
