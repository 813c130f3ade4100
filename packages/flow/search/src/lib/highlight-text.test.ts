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

  it('cuts what is marked to the size: words and runs of pairs may be of any length', () => {
    const marked = (text: string, term: string) => highlightTexts([text], analyzer, new Set([term]), options)
    expect(marked('x'.repeat(100_000), 'x'.repeat(64))).toEqual([`[${'x'.repeat(40)}]`])
    expect(marked(`x${'𝒜'.repeat(100)}`, analyzer.term(`x${'𝒜'.repeat(100)}`) as string)).toEqual([
      `[x${'𝒜'.repeat(19)}]`,
    ])
    expect(marked('検'.repeat(90), '検検')).toEqual([40, 40, 10].map((length) => `[${'検'.repeat(length)}]`))
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
