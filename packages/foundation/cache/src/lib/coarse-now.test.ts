import { wallClock } from '@empire/clock'
import { createManualClock } from '@empire/test-support/clock'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { coarseNow } from './coarse-now.ts'

describe('coarseNow', () => {
  beforeEach(() => void vi.useFakeTimers({ now: 1_000 }))
  afterEach(() => void vi.useRealTimers())

  it('is the time of the system, asked for again after a millisecond', () => {
    const now = coarseNow(wallClock)
    expect(now()).toBe(1_000)
    vi.advanceTimersByTime(5)
    expect(now()).toBe(1_005)
  })

  it('goes on for reads that leave no time for a timer', () => {
    const now = coarseNow(wallClock)
    now()
    vi.setSystemTime(2_000)
    expect(Array.from({ length: 70 }, now)).toContain(2_000)
    expect(vi.getTimerCount()).toBe(1)
  })

  it('is the very time of any other clock', async () => {
    const clock = createManualClock()
    const now = coarseNow(clock)
    const start = now()
    await clock.advance(1)
    expect(now()).toBe(start + 1)
  })
})
