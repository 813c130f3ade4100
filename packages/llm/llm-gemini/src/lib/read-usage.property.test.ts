import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readUsage } from './read-usage.ts'

describe('readUsage', () => {
  it('takes apart what Gemini counts, so that the sum is what it bills', () => {
    const count = fc.option(fc.nat(), { nil: undefined })
    fc.assert(
      fc.property(fc.tuple(count, count, count, count, count), ([prompt, cached, answer, thoughts, tools]) => {
        const counts = {
          promptTokenCount: prompt,
          cachedContentTokenCount: cached,
          candidatesTokenCount: answer,
          thoughtsTokenCount: thoughts,
          toolUsePromptTokenCount: tools,
        }
        const { input, cacheRead, cacheWrite, output, reasoning, vendor } = readUsage(counts)
        const all = [input, cacheRead, cacheWrite, output, reasoning]
        expect(all.every((number) => Number.isSafeInteger(number) && number >= 0)).toBe(true)
        const billed = [prompt, answer, thoughts, tools].reduce<number>((sum, number) => sum + (number ?? 0), 0)
        expect(all.reduce((sum, number) => sum + number, 0)).toBe(billed)
        expect(vendor).toBe(counts)
      }),
    )
  })
})
