import { createEstimator, type TokenCounter } from '@empire/tokens'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Piece } from './chunker.ts'
import type { DocumentPart } from './document.ts'
import { parseMarkdown } from './parse-markdown.ts'
import { parseText } from './parse-text.ts'
import { sentenceChunker } from './sentence-chunker.ts'
import { tokenChunker, type TokenChunkerOptions } from './token-chunker.ts'

const anchors = [{ offset: 0, line: 1, byte: 0 }]
const words: TokenCounter = { name: 'words', exact: false, count: (text) => text.split(/\s+/).filter(Boolean).length }
const bytes: TokenCounter = { name: 'bytes', exact: true, count: (text) => Buffer.byteLength(text) }

function chunk(parts: readonly DocumentPart[], options: TokenChunkerOptions): Piece[] {
  const run = tokenChunker(options).start()
  return [...parts.flatMap((part) => [...(run.push(part) as Iterable<Piece>)]), ...(run.end() as Iterable<Piece>)]
}

const textsOf = (text: string, options: TokenChunkerOptions): string[] =>
  chunk([parseMarkdown({ text, anchors })], { counter: words, ...options }).map((piece) => piece.text)

describe('tokenChunker', () => {
  it('cuts between words, whatever they belong to', () => {
    expect(textsOf('# A b\n\nc. d e\n\nf g', { maxTokens: 3 })).toEqual(['# A b', 'c. d e', 'f g'])
  })

  it('leaves out blank space at the end of a block', () => {
    const part = { text: 'a b c  ', blocks: [{ kind: 'table', start: 0, end: 7 } as const], anchors }
    expect(chunk([part], { counter: words, maxTokens: 2, overlap: 1 }).map(({ text }) => text)).toEqual(['a b', 'b c'])
  })

  it('repeats the end of the chunk before', () => {
    expect(textsOf('one two three four five six seven', { maxTokens: 4, overlap: 2 })).toEqual([
      'one two three four',
      'three four five six',
      'five six seven',
    ])
  })

  it('repeats characters where there are no words', () => {
    const pieces = chunk([{ text: '一二三四五六七', blocks: [{ kind: 'text', start: 0, end: 7 }], anchors }], {
      maxTokens: 9,
      overlap: 3,
      counter: bytes,
    })
    expect(pieces.map(({ text }) => text)).toEqual(['一二三', '三四五', '五六七'])
  })

  it('repeats nothing where that would leave no room for more', () => {
    expect(textsOf('a bbbbbbbb cc', { maxTokens: 9, overlap: 4, counter: bytes })).toEqual(['a', 'bbbbbbbb', 'cc'])
  })

  it('knows the headings that a chunk stands under, also those of an earlier part', () => {
    const [first, second] = ['# A\n\none two\n\n## B\n\nthree', 'four\n\n# C\n\nfive'].map((text) =>
      parseMarkdown({ text, anchors }),
    )
    const pieces = chunk([first!, second!], { maxTokens: 3, counter: words })
    expect(pieces.map(({ text, headings }) => [text, headings])).toEqual([
      ['# A\n\none', ['A']],
      ['two\n\n## B', ['A']],
      ['three', ['A', 'B']],
      ['four\n\n# C', ['A', 'B']],
      ['five', ['C']],
    ])
  })

  it('leaves out what is no content', () => {
    const text = 'menu one two more'
    const blocks = [
      { kind: 'text' as const, start: 5, end: 8 },
      { kind: 'text' as const, start: 13, end: 17 },
    ]
    expect(chunk([{ text, blocks, anchors }], { counter: words }).map((piece) => piece.text)).toEqual(['one', 'more'])
  })

  it('refuses an overlap of more than half', () => {
    expect(() => tokenChunker({ maxTokens: 10, overlap: 6 })).toThrow(
      new TypeError('Expected "overlap" to be at most half of "maxTokens" (10), got a number (6).'),
    )
    expect(() => tokenChunker({ overlap: -1 })).toThrow(
      new TypeError('Expected "overlap" to be a whole number from 0, got a number (-1).'),
    )
  })
})

describe.each([
  ['tokenChunker', tokenChunker],
  ['sentenceChunker', sentenceChunker],
])('%s, for any text', (_name, chunkerOf) => {
  const unit = fc.constantFrom(
    'a',
    'bc',
    'Mr.',
    '. ',
    '! ',
    ' ',
    ' ',
    '\n',
    '\n\n',
    '# ',
    '。',
    'é',
    '😀',
    '字',
    '\u00a0',
    '12',
  )
  const text = fc.array(unit, { minLength: 1, maxLength: 150 }).map((units) => units.join(''))
  const counter = fc.constantFrom(words, bytes, createEstimator())

  it('holds all of it, in order, with no more overlap than asked for, and stands where it says', () => {
    fc.assert(
      fc.property(
        text,
        counter,
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        fc.boolean(),
        (source, by, maxTokens, share, plain) => {
          const overlap = Math.floor(maxTokens * share)
          const original = Buffer.from(source)
          const part = plain
            ? { text: source, blocks: parseText(source), anchors }
            : parseMarkdown({ text: source, anchors })
          fc.pre(part.blocks.length > 0 && !source.startsWith('---'))
          const pieces = [...(chunkerOf({ maxTokens, overlap, counter: by }).start().push(part) as Iterable<Piece>)]
          let covered = 0
          let start = -1
          for (const piece of pieces) {
            expect(original.subarray(piece.bytes.start, piece.bytes.end).toString()).toBe(piece.text)
            expect(piece.lines.start).toBe(original.subarray(0, piece.bytes.start).toString().split('\n').length)
            expect(piece.lines.end).toBe(piece.lines.start + piece.text.split('\n').length - 1)
            expect(piece.tokens <= maxTokens || [...piece.text].length === 1).toBe(true)
            expect(piece.bytes.start).toBeGreaterThan(start)
            expect(piece.bytes.end).toBeGreaterThan(covered)
            expect(original.subarray(covered, piece.bytes.start).toString().trim()).toBe('')
            const repeated = original.subarray(piece.bytes.start, covered).toString()
            expect(repeated === '' ? 0 : by.count(repeated)).toBeLessThanOrEqual(overlap)
            ;({ start, end: covered } = piece.bytes)
          }
          expect(original.subarray(covered).toString().trim()).toBe('')
        },
      ),
      { numRuns: 400 },
    )
  })

  it('counts no part more than a few times', () => {
    const runs = fc.array(fc.tuple(unit, fc.integer({ min: 1, max: 3000 })), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(runs, fc.constantFrom(0, 5, 10), (parts, overlap) => {
        const source = `x${parts.map(([part, times]) => part.repeat(times)).join('')}x`
        let counted = 0
        const counting: TokenCounter = {
          name: 'counting',
          exact: false,
          count(part) {
            counted += part.length
            return Math.ceil(part.length / 4)
          },
        }
        const part = { text: source, blocks: parseText(source), anchors }
        const pieces = chunkerOf({ maxTokens: 20, overlap, counter: counting }).start().push(part)
        expect([...(pieces as Iterable<Piece>)].length).toBeGreaterThan(0)
        expect(counted).toBeLessThan(14 * source.length + 1000)
      }),
    )
  })
})
