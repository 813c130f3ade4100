import { createEnglishAnalyzer } from '@empire/analyzer'
import { describe, expect, it } from 'vitest'
import { termLines } from './term-lines.ts'

describe('termLines', () => {
  it('gives one term per line, a hole for each stop word, and the folded words once', () => {
    expect(termLines(createEnglishAnalyzer(), 'The foxes, and the FOX of Zürich')).toEqual({
      terms: '\u0001\nfox\n\u0001\n\u0001\nfox\n\u0001\nzurich',
      words: ['foxes', 'fox', 'zurich'],
    })
  })

  it('keeps terms of an analyzer of the caller apart from its own signs', () => {
    const analyzer = { name: 'raw', tokens: (text: string) => text.split(' '), term: (token: string) => token }
    expect(termLines(analyzer, 'a\nb \u0001').terms).toBe('a\u240ab\n\u2401')
  })
})
