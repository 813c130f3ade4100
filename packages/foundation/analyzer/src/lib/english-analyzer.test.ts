import { describe, expect, it } from 'vitest'
import { createEnglishAnalyzer } from './english-analyzer.ts'

function terms(text: string, analyzer = createEnglishAnalyzer()): string[] {
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
})
