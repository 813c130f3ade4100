import type { TokenCounter } from '@empire/tokens'
import { describe, expect, it } from 'vitest'
import type { Piece } from './chunker.ts'
import { parseMarkdown } from './parse-markdown.ts'
import { sentenceChunker, type SentenceChunkerOptions } from './sentence-chunker.ts'

const counter: TokenCounter = { name: 'words', exact: false, count: (text) => text.split(/\s+/).filter(Boolean).length }

function chunk(text: string, options: SentenceChunkerOptions = {}): Piece[] {
  const part = parseMarkdown({ text, anchors: [{ offset: 0, line: 1, byte: 0 }] })
  return [
    ...(sentenceChunker({ counter, ...options })
      .start()
      .push(part) as Iterable<Piece>),
  ]
}

const textsOf = (text: string, options?: SentenceChunkerOptions): string[] =>
  chunk(text, options).map((piece) => piece.text)

describe('sentenceChunker', () => {
  it('puts as many whole sentences together as fit', () => {
    expect(textsOf('One two. Three four. Five six seven. Eight.', { maxTokens: 5 })).toEqual([
      'One two. Three four.',
      'Five six seven. Eight.',
    ])
  })

  it('repeats whole sentences', () => {
    expect(textsOf('A b. C d. E f. G h.', { maxTokens: 4, overlap: 2 })).toEqual([
      'A b. C d.',
      'C d. E f.',
      'E f. G h.',
    ])
    expect(textsOf('A b c. D e f.', { maxTokens: 4, overlap: 2 })).toEqual(['A b c.', 'D e f.'])
  })

  it('keeps sections apart, and code whole', () => {
    const text = '# A\n\nOne. Two.\n\n## B\n\nThree.\n\n```\nx. Y\n```'
    expect(chunk(text).map((piece) => [piece.headings, piece.text])).toEqual([
      [['A'], '# A\n\nOne. Two.'],
      [['A', 'B'], '## B\n\nThree.\n\n```\nx. Y\n```'],
    ])
  })

  it('cuts a sentence that is too large between words', () => {
    expect(textsOf('a b c d e f. G h.', { maxTokens: 2 })).toEqual(['a b', 'c d', 'e f.', 'G h.'])
  })

  it('refuses a locale that is none, and abbreviations without a dot', () => {
    expect(() => sentenceChunker({ locale: '?' })).toThrow(
      new TypeError('Expected "locale" to be a BCP 47 tag such as "en", got a string ("?").'),
    )
    expect(() => sentenceChunker({ abbreviations: ['Abb'] })).toThrow(
      new TypeError('Expected "abbreviations" to be a list of words with a dot at the end, got an array.'),
    )
  })
})
