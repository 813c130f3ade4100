import { describe, expect, it } from 'vitest'
import { addUsage } from './add-usage.ts'
import { totalTokens } from './total-tokens.ts'

const one = { input: 1, cacheRead: 2, cacheWrite: 4, output: 8, reasoning: 16, vendor: { prompt_tokens: 7 } }
const other = { input: 100, cacheRead: 200, cacheWrite: 400, output: 800, reasoning: 1600 }

describe('addUsage', () => {
  it('adds each count, and leaves the numbers of the vendors out', () => {
    expect(addUsage(one, other)).toEqual({ input: 101, cacheRead: 202, cacheWrite: 404, output: 808, reasoning: 1616 })
  })

  it('gives the total of both', () => {
    expect(totalTokens(addUsage(one, other))).toBe(totalTokens(one) + totalTokens(other))
    expect(totalTokens(one)).toBe(31)
  })
})
