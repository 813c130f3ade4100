import { array, assert, boolean, nat, oneof, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FailureWindow } from './failure-window.ts'

describe('FailureWindow', () => {
  it('counts what a list of all calls would, to a tenth of its length', () => {
    const call = record({ after: oneof(nat(50), nat(3000)), failed: boolean() })
    assert(
      property(nat(1e6), array(call, { maxLength: 100 }), (start, calls) => {
        let now = start
        const window = new FailureWindow(1000, { now: () => now, sleep: async () => {} })
        const all: { slot: number; failed: boolean }[] = []
        for (const { after, failed } of calls) {
          now += after
          window.record(failed)
          const slot = Math.floor(now / 100)
          all.push({ slot, failed })
          const counted = all.filter((each) => each.slot > slot - 10)
          expect(window.calls).toBe(counted.length)
          expect(window.failures).toBe(counted.filter((each) => each.failed).length)
        }
      }),
    )
  })

  it('stands still while the clock runs backwards', () => {
    let now = 5000
    const window = new FailureWindow(1000, { now: () => now, sleep: async () => {} })
    window.record(true)
    now = -5000
    window.record(true)
    expect(window.failures).toBe(2)
  })
})
