import { array, assert, integer, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sleep } from './sleep.ts'
import { steadyNow } from './steady-now.ts'

describe('steadyNow', () => {
  it('goes on by every step forwards, and by none backwards', () => {
    assert(
      property(array(integer({ min: -1_000, max: 1_000 })), (steps) => {
        let time = 1_000_000
        const now = steadyNow({ now: () => time, sleep })
        let expected = now()
        for (const step of steps) {
          time += step
          expected += Math.max(0, step)
          expect(now()).toBe(expected)
        }
      }),
    )
  })
})
