import { describe, expect, it } from 'vitest'
import { createEstimator } from './estimator.ts'
import { tokenCounterCases } from './token-counter-cases.ts'

describe('createEstimator', () => {
  it.each(tokenCounterCases(createEstimator))('$name', ({ run }) => {
    expect(run).not.toThrow()
  })
})
