import { describe, expect, it } from 'vitest'
import { vectorScore } from './vector-score.ts'

describe('vectorScore', () => {
  it.each([
    ['cosine', 1, 1],
    ['cosine', 0.5, 0],
    ['cosine', 0, -1],
    ['dot', 10, 9],
    ['dot', 1, 0],
    ['dot', 0.2, -4],
  ] as const)('makes the %s of a score of %d into %d', (metric, score, value) => {
    expect(vectorScore(metric, score)).toBeCloseTo(value, 12)
  })
})
