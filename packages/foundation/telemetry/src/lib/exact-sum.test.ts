import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ExactSum } from './exact-sum.ts'

function sumOf(values: readonly number[]): number {
  const sum = new ExactSum()
  for (const value of values) sum.add(value)
  return sum.value
}

describe('ExactSum', () => {
  it.each([
    ['nothing', [], 0],
    ['ten tenths', Array.from({ length: 10 }, () => 0.1), 1],
    ['small numbers after a large one', [1e16, 1, 1, 1, 1], 1e16 + 4],
    ['a large number after small ones', [1, 1, 1, 1, 1e16], 1e16 + 4],
  ])('adds %s', (_, values, total) => {
    expect(sumOf(values)).toBe(total)
  })

  it('is exact for integers', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 2 ** 31 })), (values) => {
        expect(BigInt(sumOf(values))).toBe(values.reduce((total, value) => total + BigInt(value), 0n))
      }),
    )
  })

  it.each([Number.NaN, Infinity, -Infinity, -1, '1', 1n, undefined, null])('does not add %s', (value) => {
    const sum = new ExactSum()
    sum.add(5)
    expect(sum.add(value)).toBe(false)
    expect(sum.value).toBe(5)
  })

  it('stops before the largest number', () => {
    const sum = new ExactSum()
    expect(sum.add(Number.MAX_VALUE)).toBe(true)
    expect(sum.add(Number.MAX_VALUE)).toBe(false)
    expect(sum.value).toBe(Number.MAX_VALUE)
  })
})
