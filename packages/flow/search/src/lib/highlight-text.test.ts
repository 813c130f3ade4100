import { createEnglishAnalyzer } from '@empire/analyzer'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { highlightTexts } from './highlight-text.ts'

const analyzer = createEnglishAnalyzer()
const options = { fields: [], fragments: 3, size: 40, markers: ['[', ']'], escape: 'none' } as const

describe('highlightTexts', () => {
  it.each([
    ['The cat sat.', ['cat'], ['The [cat] sat.']],
    ['No match here.', ['cat'], []],
    ['maxTokens and tokens', ['token'], ['max[Tokens] and [tokens]']],
    ['maximum max', ['max'], ['maximum [max]']],
    ['cat cat cat', ['cat'], ['[cat] [cat] [cat]']],
    ['', ['cat'], []],
  ])('marks in %j the terms %j', (text, terms, expected) => {
    expect(highlightTexts([text], analyzer, new Set(terms), options)).toEqual(expected)
  })

  it('takes pieces of the text, as they are, up to the size', () => {
    const words = fc.array(fc.constantFrom('cat', 'dog', 'a', 'elephantine', '\u{1f600}', '検索', '<b>'), {
      maxLength: 60,
    })
    fc.assert(
      fc.property(words, (list) => {
        const text = list.join(' ')
        for (const fragment of highlightTexts([text], analyzer, new Set(['cat', 'dog']), options)) {
          const plain = fragment.replaceAll(/[[\]]/g, '')
          expect(text).toContain(plain)
          expect(plain.length).toBeLessThanOrEqual(40)
          expect(fragment).toMatch(/\[(?:cat|dog)\]/)
          expect(plain.isWellFormed()).toBe(true)
        }
      }),
    )
  })
})
