import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Analyzer } from './analyzer.ts'
import { createEnglishAnalyzer } from './english-analyzer.ts'
import { englishStopWords } from './english-stop-words.ts'

/** Any sequence of UTF-16 units, lone surrogates too. */
const anyText = fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) })

function terms(text: string, analyzer: Analyzer = createEnglishAnalyzer()): string[] {
  return analyzer.tokens(text).flatMap((token) => analyzer.term(token) ?? [])
}

describe('createEnglishAnalyzer', () => {
  it('folds, drops stop words and stems', () => {
    expect(terms('The CAFÉS were connected; don’t ask.')).toEqual(['cafe', 'connect', 'ask'])
  })

  it('finds one spelling of an identifier by another', () => {
    const parts = ['max', 'token']
    expect(terms('max_tokens')).toEqual(parts)
    expect(terms('--max-tokens')).toEqual(parts)
    expect(terms('maxTokens')).toEqual(['maxtoken', ...parts])
  })

  it('knows a version with and without its v', () => {
    expect(terms('v1.2.3 1.2.3 v8')).toEqual(['1.2.3', '1.2.3', 'v8'])
  })

  it('drops every word of the default list', () => {
    expect(terms(englishStopWords.join(' '))).toEqual([])
  })

  it('takes other stop words, in any case and with accents', () => {
    const analyzer = createEnglishAnalyzer({ name: 'own', stopWords: new Set(['ÊTRE']) })
    expect(terms('être or not', analyzer)).toEqual(['or', 'not'])
    expect(terms('to be', createEnglishAnalyzer({ name: 'own', stopWords: [] }))).toEqual(['to', 'be'])
  })

  it('takes another stemmer, which gets folded words and may drop them', () => {
    const analyzer = createEnglishAnalyzer({ name: 'own', stem: (word) => (word.length > 3 ? word.slice(0, 3) : '') })
    expect(terms('Naïve abc words', analyzer)).toEqual(['nai', 'wor'])
  })

  it('bears another name with other parts, for its terms are others', () => {
    expect(createEnglishAnalyzer().name).toBe('english')
    expect(createEnglishAnalyzer({ name: 'english-legal', stopWords: [] }).name).toBe('english-legal')
  })

  it('tells long words apart by their first 64 characters', () => {
    const { term } = createEnglishAnalyzer()
    expect(term('x'.repeat(10_000_000))).toBe('x'.repeat(64))
    expect(term(`${'x'.repeat(63)}😀`)).toBe('x'.repeat(63))
  })

  it('gives a text the same terms each time, and never an empty one', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const found = terms(text)
        expect(found).toEqual(terms(text))
        expect(found).not.toContain('')
      }),
    )
  })

  it.each([
    [{ stopWords: [] }, '"name" must be a string such as "english-legal", got a value of type undefined.'],
    [{ name: '' }, '"name" must be a string such as "english-legal", got an empty one.'],
    [{ name: 'english', stopWords: [] }, '"name" must be another than "english" for an analyzer with other parts.'],
    [{ name: 'own', stopwords: [] }, 'The options are "name", "stopWords" and "stem", got "stopwords".'],
    [{ name: 'own', stopWords: 'the' }, '"stopWords" must be an iterable of words, got a string.'],
    [{ name: 'own', stopWords: null }, '"stopWords" must be an iterable of words, got null.'],
    [{ name: 'own', stopWords: ['the', 5] }, '"stopWords[1]" must be a string, got a number.'],
    [{ name: 'own', stem: 'porter' }, '"stem" must be a function, got a string.'],
  ])('refuses %j', (options, message) => {
    expect(() => createEnglishAnalyzer(options as never)).toThrow(new TypeError(message))
  })
})
