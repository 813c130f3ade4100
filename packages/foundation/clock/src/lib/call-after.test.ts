import { createManualClock } from '@empire/test-support'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { callAfter } from './call-after.ts'
import { systemClock } from './system-clock.ts'

describe('callAfter', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  afterEach(() => void vi.useRealTimers())

  it('calls once, when the time of the platform is over', async () => {
    const call = vi.fn<() => void>()
    callAfter(systemClock, 100, call)
    await vi.advanceTimersByTimeAsync(99)
    expect(call).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1000)
    expect(call).toHaveBeenCalledTimes(1)
  })

  it('calls no more once it is stopped, and leaves no timer behind', async () => {
    const call = vi.fn<() => void>()
    for (const month of [100, 31 * 24 * 3_600_000]) callAfter(systemClock, month, call)()
    expect(vi.getTimerCount()).toBe(0)
    await vi.advanceTimersByTimeAsync(1000)
    expect(call).not.toHaveBeenCalled()
  })

  it('follows a clock of one’s own', async () => {
    vi.useRealTimers()
    const clock = createManualClock()
    const call = vi.fn<() => void>()
    callAfter(clock, 100, call)
    callAfter(clock, 100, () => call())()
    expect(clock.waiting).toBe(1)
    await clock.advance(100)
    expect(call).toHaveBeenCalledTimes(1)
    expect(clock.waiting).toBe(0)
  })
})
