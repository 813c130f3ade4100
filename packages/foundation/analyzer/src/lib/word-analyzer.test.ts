import { describe, expect, it } from 'vitest'
import { createPlainAnalyzer } from './plain-analyzer.ts'
import { createWordAnalyzer } from './word-analyzer.ts'

describe('createWordAnalyzer', () => {
  it('folds a word, drops stop words, and reduces it by the stem', () => {
    const analyzer = createWordAnalyzer({
      name: 'vowels',
      stopWords: ['Été'],
      stem: (word) => word.replaceAll(/[aeiou]/g, ''),
    })
    expect(analyzer.name).toBe('vowels')
    expect([analyzer.term('Café'), analyzer.term('ETE'), analyzer.term('aeiou')]).toEqual(['cf', undefined, undefined])
    expect([analyzer.fold?.('Café'), analyzer.fold?.('ETE')]).toEqual(['cafe', 'ete'])
  })

  it('refuses stop words that are none', () => {
    const options = { name: 'a', stem: (word: string) => word }
    expect(() => createWordAnalyzer({ ...options, stopWords: 5 as never })).toThrow(
      new TypeError('"stopWords" must be an iterable of words, got a number.'),
    )
    expect(() => createWordAnalyzer({ ...options, stopWords: ['a', null as never] })).toThrow(
      new TypeError('"stopWords[1]" must be a string, got null.'),
    )
  })
})

describe('createPlainAnalyzer', () => {
  it('takes every word as it stands, folded', () => {
    const { tokens, term } = createPlainAnalyzer()
    expect(tokens('The Connections').map((token) => term(token))).toEqual(['the', 'connections'])
  })
})
