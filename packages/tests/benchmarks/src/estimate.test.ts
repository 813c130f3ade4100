import { estimate } from '@empire/tokens'
import { createGptCounter } from '@empire/tokens-gpt'
import { describe, expect, it } from 'vitest'
import { piecesOf, readEstimateTexts } from './estimate-texts.ts'

const counter = createGptCounter()

describe('estimate of @empire/tokens', () => {
  describe.each(Object.entries(readEstimateTexts()))('of %s that it was not fitted to', (_, text) => {
    it.each([50, 200, 800])('has nine of ten texts of %d characters within its bounds', (length) => {
      const pieces = piecesOf(text, length)
      const within = pieces.filter((piece) => {
        const { low, high } = estimate(piece)
        const tokens = counter.count(piece)
        return low <= tokens && tokens <= high
      })
      expect(pieces.length).toBeGreaterThan(2)
      expect(within.length / pieces.length).toBeGreaterThanOrEqual(0.9)
    })
  })
})
