import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RestartHistory } from './restart-history.ts'

describe('RestartHistory', () => {
  it('gives what counting all restarts of the time anew would give', () => {
    const restart = fc.record({ child: fc.constantFrom('a', 'b', '__proto__'), after: fc.nat({ max: 40 }) })
    const limits = fc.oneof(fc.nat({ max: 5 }), fc.constant(Infinity))
    const times = fc.oneof(fc.nat({ max: 100 }), fc.constant(Infinity))
    fc.assert(
      fc.property(fc.array(restart, { maxLength: 100 }), limits, times, (restarts, limit, within) => {
        const history = new RestartHistory({ limit, within }, { initial: 1, most: 1_000 })
        const granted: { child: string; time: number }[] = []
        let now = 0
        for (const { child, after } of restarts) {
          now += after
          const recent = granted.filter(({ time }) => now - time < within)
          const before = recent.filter((one) => one.child === child).length
          const expected = recent.length >= limit ? undefined : Math.min(1_000, 2 ** before)
          expect(history.add(child, now)).toBe(expected)
          if (expected !== undefined) granted.push({ child, time: now })
        }
      }),
    )
  })
})
