import { assert, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createEstimator } from './estimator.ts'
import { tokenCounterCases } from './token-counter-cases.ts'

const { count } = createEstimator()

describe('createEstimator', () => {
  it.each(tokenCounterCases(createEstimator))('$name', ({ run }) => {
    expect(run).not.toThrow()
  })

  it('is marked as an estimate', () => {
    expect(createEstimator()).toMatchObject({ name: 'estimator', exact: false })
  })

  it.each([
    ['The quick brown fox jumps over the lazy dog.', 10],
    ['const total = items.reduce((sum, { price }) => sum + price, 0)', 20],
    ['东京是日本的首都，也是世界上人口最多的城市之一。', 18],
    ['{"id":1042,"tags":["red","small"],"price":19.99}', 22],
  ])('is near the %s of o200k_base', (text, tokens) => {
    expect(Math.abs(count(text) / tokens - 1)).toBeLessThan(0.3)
  })

  it.each([{ limit: Number.NaN }, { limt: 3 }, 'gpt-4'])('refuses %j as options', (options) => {
    expect(() => count('text', options as never)).toThrow(TypeError)
  })

  const texts = string({ unit: 'binary', maxLength: 50 })

  it('gives a longer text no fewer tokens', () => {
    assert(
      property(texts, texts, (head, tail) => {
        expect(count(head + tail)).toBeGreaterThanOrEqual(count(head))
      }),
    )
  })

  it('gives two texts together about as many tokens as apart', () => {
    assert(
      property(texts, texts, (head, tail) => {
        expect(Math.abs(count(head) + count(tail) - count(head + tail))).toBeLessThanOrEqual(2)
      }),
    )
  })

  it('says what came when it is no text', () => {
    expect(() => count(['a'] as never)).toThrow(new TypeError('Expected "text" to be a string, got an array.'))
  })
})
