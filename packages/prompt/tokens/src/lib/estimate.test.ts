import { array, assert, integer, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { estimate } from './estimate.ts'
import { createEstimator } from './estimator.ts'

function width(text: string): number {
  const { tokens, low, high } = estimate(text)
  return (high - low) / tokens
}

describe('estimate', () => {
  it('gives what the estimator counts, and its bounds', () => {
    const prose = 'The quick brown fox jumps over the lazy dog. '.repeat(100)
    expect(estimate(prose)).toEqual({ tokens: createEstimator().count(prose), low: 840, high: 1176 })
  })

  it('is less sure of short texts and of other scripts', () => {
    expect(width('word '.repeat(10))).toBeGreaterThan(width('word '.repeat(1000)))
    expect(width('слово '.repeat(1000))).toBeGreaterThan(width('言葉と'.repeat(1000)))
    expect(width('言葉と'.repeat(1000))).toBeGreaterThan(width('word '.repeat(1000)))
  })

  it('is sure that the empty text has no tokens, and any other at least one', () => {
    expect(estimate('')).toEqual({ tokens: 0, low: 0, high: 0 })
    assert(
      property(array(integer({ min: 0, max: 0x10ffff }), { minLength: 1 }), (points) => {
        const text = String.fromCodePoint(...points)
        const { tokens, low, high } = estimate(text)
        expect([low >= 1, low <= tokens, tokens <= high, Number.isSafeInteger(high)]).toEqual([true, true, true, true])
      }),
    )
  })

  it('refuses what is no text', () => {
    expect(() => estimate(5 as never)).toThrow(new TypeError('Expected "text" to be a string, got a number (5).'))
  })
})
