import { assert, property, string, constantFrom, integer, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { slipCount } from './slip-count.ts'

const word = string({ unit: constantFrom('a', 'b', 'c', '\u{1f600}'), maxLength: 8 })

describe('slipCount', () => {
  it.each([
    ['quick', 'quick', 0],
    ['quick', 'quck', 1],
    ['quick', 'quicks', 1],
    ['quick', 'quack', 1],
    ['quick', 'qucik', 1],
    ['quick', 'uqikc', 2],
    ['', 'ab', 2],
    ['\u{1f600}a', 'a', 1],
  ])('counts from %s to %s %i', (from, to, count) => {
    expect(slipCount(from, to, 2)).toBe(count)
  })

  it('is the same in both directions, and above the most as soon as there are more', () => {
    assert(
      property(tuple(word, word), integer({ min: 0, max: 2 }), ([left, right], most) => {
        const all = slipCount(left, right, 100)
        expect(slipCount(right, left, 100)).toBe(all)
        const bounded = slipCount(left, right, most)
        expect(all <= most ? bounded === all : bounded > most).toBe(true)
      }),
    )
  })
})
