import { describe, expect, it } from 'vitest'
import { genAi, genAiMetrics } from './gen-ai.ts'

describe('genAi', () => {
  it('has each attribute once, under the name of its camel case', () => {
    const names = Object.values<string>(genAi)
    expect(new Set(names).size).toBe(names.length)
    for (const [key, name] of Object.entries(genAi)) {
      const words = name.slice('gen_ai.'.length).split(/[._]/)
      const camelCase = words
        .map((word, index) => (index === 0 ? word : word[0]?.toUpperCase() + word.slice(1)))
        .join('')
      expect([key, name]).toEqual([camelCase, name])
    }
  })
})

describe('genAiMetrics', () => {
  it.each(Object.values(genAiMetrics))('$name has ascending buckets', ({ boundaries }) => {
    expect(boundaries.toSorted((a, b) => a - b)).toEqual(boundaries)
    expect(new Set(boundaries).size).toBe(boundaries.length)
  })
})
