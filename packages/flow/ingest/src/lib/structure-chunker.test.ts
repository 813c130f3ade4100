import { createEstimator, type TokenCounter } from '@empire/tokens'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Piece } from './chunker.ts'
import { parseHtml } from './parse-html.ts'
import { parseMarkdown } from './parse-markdown.ts'
import { parseText } from './parse-text.ts'
import type { ParsedText } from './parsed-text.ts'
import { structureChunker, type StructureChunkerOptions } from './structure-chunker.ts'

const anchors = [{ offset: 0, line: 1, byte: 0 }]
const parsers = {
  'text/markdown': (text: string) => parseMarkdown({ text, anchors }),
  'text/html': (text: string) => parseHtml({ text, anchors }),
  'text/plain': (text: string): ParsedText => ({ text, blocks: parseText(text), anchors }),
}

function partOf(text: string, mediaType: keyof typeof parsers = 'text/markdown'): ParsedText {
  return parsers[mediaType](text)
}

function chunk(part: ParsedText, options: StructureChunkerOptions = {}): Piece[] {
  const run = structureChunker(options).start()
  return [...(run.push(part) as Iterable<Piece>), ...(run.end() as Iterable<Piece>)]
}

function counterOf(count: (text: string) => number): TokenCounter {
  return { name: 'test', exact: false, count }
}

const words = counterOf((text) => text.split(/\s+/).filter(Boolean).length)
const characters = counterOf((text) => [...text].length)

function textsOf(text: string, maxTokens: number, counter = words, mediaType?: keyof typeof parsers): string[] {
  return chunk(partOf(text, mediaType), { maxTokens, counter }).map((part) => part.text)
}

describe('structureChunker', () => {
  it('gives each section with its headings and its place', () => {
    const text = '---\ntitle: Guide\n---\n# Guide\n\nHello.\n\n## Größe\n\nAbout\nsizes.\n'
    expect(chunk(partOf(text), { counter: words })).toEqual([
      {
        headings: ['Guide'],
        text: '# Guide\n\nHello.',
        lines: { start: 4, end: 6 },
        bytes: { start: 21, end: 36 },
        anchors: [{ offset: 0, line: 4, byte: 21 }],
        tokens: 3,
      },
      {
        headings: ['Guide', 'Größe'],
        text: '## Größe\n\nAbout\nsizes.',
        lines: { start: 8, end: 11 },
        bytes: { start: 38, end: 62 },
        anchors: [{ offset: 0, line: 8, byte: 38 }],
        tokens: 4,
      },
    ] satisfies Piece[])
  })

  describe('headings', () => {
    it('go with what follows them, when nothing else stands under them', () => {
      const parts = chunk(partOf('# A\n\n## B\n\n## C\n\ntext\n\n# D'), { counter: words })
      expect(parts.map((part) => [part.headings, part.text])).toEqual([
        [['A', 'C'], '# A\n\n## B\n\n## C\n\ntext'],
        [['D'], '# D'],
      ])
    })

    it('nest by level, also when a level is left out', () => {
      const parts = chunk(partOf('### A\na\n# B\nb\n### C\nc\n## D\nd'), { counter: words })
      expect(parts.map((part) => part.headings)).toEqual([['A'], ['B'], ['B', 'C'], ['B', 'D']])
    })

    it('are not parted from a block that is too large', () => {
      expect(textsOf('# A\n\none two three. four five six.', 5)).toEqual(['# A\n\none two three.', 'four five six.'])
    })

    it('are cut when they alone are too large', () => {
      expect(textsOf('# a b c\n# d e f', 3)).toEqual(['# a b', 'c', '# d e', 'f'])
    })
  })

  it('puts as many whole blocks together as fit', () => {
    expect(textsOf('a b\n\nc\n\nd e\n\nf', 3)).toEqual(['a b\n\nc', 'd e\n\nf'])
  })

  it.each([
    ['a code block', '```\nb c\n```'],
    ['a table', 'b | c\n--|--'],
  ])('keeps %s whole where it fits', (_what, block) => {
    expect(textsOf(`a a a\n\n${block}\n\nd d d`, 5)).toEqual(['a a a', block, 'd d d'])
  })

  describe('a block that is too large', () => {
    it.each([
      ['between sentences', 'One. Two? Three!', 11, ['One. Two?', 'Three!']],
      ['after a closing quote', 'He: "yes." (No.) Done.', 16, ['He: "yes." (No.)', 'Done.']],
      ['between list items', '- a b\n- c d\n1. e f', 14, ['- a b\n- c d', '1. e f']],
      ['not within numbers', 'Pi is 3.14159 they say.', 14, ['Pi is 3.14159', 'they say.']],
      ['between lines', 'a b c\nd e f', 8, ['a b c', 'd e f']],
      ['between words', 'a b c d e', 4, ['a b', 'c d', 'e']],
      ['code between lines, with its indent', '```\nif {\n  b. c\n}\n```', 12, ['```\nif {', '  b. c\n}\n```']],
      ['a table between rows', 'a | b\n--|--\nc. d | e', 13, ['a | b\n--|--', 'c. d | e']],
    ])('is cut %s', (_how, text, maxTokens, parts) => {
      expect(textsOf(text, maxTokens, characters)).toEqual(parts)
    })

    it('is cut between characters at last, never within one', () => {
      expect(textsOf('😀😀😀', 2, characters)).toEqual(['😀😀', '😀'])
      expect(textsOf('abcdefg', 3, characters)).toEqual(['abc', 'def', 'g'])
    })

    it('is cut between sentences of a script without spaces', () => {
      expect(textsOf('一二三。四五六。七', 5, characters)).toEqual(['一二三。', '四五六。七'])
    })

    it('ends in a chunk with what follows', () => {
      expect(textsOf('a b. c d. e.\n\nf', 4)).toEqual(['a b. c d.', 'e.\n\nf'])
    })
  })

  it('makes a chunk of a single character that is over the limit', () => {
    const parts = chunk(partOf('a😀'), { maxTokens: 1, counter: counterOf((text) => 5 * [...text].length) })
    expect(parts.map((part) => [part.text, part.tokens])).toEqual([
      ['a', 5],
      ['😀', 5],
    ])
  })

  it('gives the lines of the page for HTML', () => {
    const html = '<h1>A</h1>\n<p>one\ntwo\n\nthree four\n<pre>\n\nx\n\ny</pre>'
    const parts = chunk(partOf(html, 'text/html'), { maxTokens: 2, counter: words })
    expect(parts.map((part) => [part.text, part.lines])).toEqual([
      ['A', { start: 1, end: 1 }],
      ['one two', { start: 2, end: 3 }],
      ['three four', { start: 5, end: 5 }],
      ['x\n\ny', { start: 8, end: 10 }],
    ])
  })

  describe('for any document', () => {
    const line = fc.oneof(
      fc.constantFrom(
        '',
        '',
        '# h',
        '## h 2',
        '```',
        '~~~~',
        '===',
        '---',
        '<!--',
        '-->',
        '|-|',
        '- x. y',
        '    code',
        '\tt',
      ),
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.string({ unit: fc.constantFrom('a', ' ', '.', '。', 'é', '😀', '\u00a0', '\u0301', '\r'), maxLength: 60 }),
    )
    const text = fc
      .tuple(fc.array(line, { maxLength: 40 }), fc.constantFrom('\n', '\r\n'))
      .map(([lines, end]) => lines.join(end).toWellFormed().replaceAll('\0', ''))
      .filter((lines) => lines.trim() !== '')
    const counter = fc.constantFrom(
      words,
      characters,
      createEstimator(),
      counterOf((part) => Buffer.byteLength(part)),
      // Neither additive nor growing evenly.
      counterOf((part) => Math.ceil([...part].length ** 1.5)),
      counterOf((part) => part.length % 7),
    )
    const mediaType = fc.constantFrom('text/markdown' as const, 'text/plain' as const)

    it('chunks come in order, hold every line, stand where they say, and keep the limit', () => {
      fc.assert(
        fc.property(
          text,
          counter,
          mediaType,
          fc.integer({ min: 1, max: 40 }),
          (source, tokenCounter, type, maxTokens) => {
            // Front matter is no content.
            fc.pre(!/^\ufeff?---/.test(source))
            const bytes = Buffer.from(source)
            const document = partOf(source, type)
            const parts = chunk(document, { maxTokens, counter: tokenCounter })
            let end = bytes.length - Buffer.byteLength(document.text)
            for (const part of parts) {
              expect(part.text.trim()).not.toBe('')
              expect(bytes.subarray(end, part.bytes.start).toString().trim()).toBe('')
              expect(bytes.subarray(part.bytes.start, part.bytes.end).toString()).toBe(part.text)
              expect(part.lines.start).toBe(bytes.subarray(0, part.bytes.start).toString().split('\n').length)
              expect(part.lines.end).toBe(part.lines.start + part.text.split('\n').length - 1)
              expect(part.tokens).toBe(tokenCounter.count(part.text))
              expect(part.tokens <= maxTokens || [...part.text].length === 1).toBe(true)
              end = part.bytes.end
            }
            expect(bytes.subarray(end).toString().trim()).toBe('')
            expect(JSON.parse(JSON.stringify(parts))).toEqual(parts)
          },
        ),
        { numRuns: 300 },
      )
    })

    it('no part is counted more than a few times', () => {
      const unit = fc.constantFrom('a', ' ', '. ', '\n', '\n\n', '😀', '    ', '# ')
      fc.assert(
        fc.property(
          fc.array(fc.tuple(unit, fc.integer({ min: 1, max: 3000 })), { minLength: 1, maxLength: 5 }),
          (runs) => {
            const source = `x${runs.map(([part, times]) => part.repeat(times)).join('')}x`
            let counted = 0
            const counting = counterOf((part) => {
              counted += part.length
              return Math.ceil(part.length / 4)
            })
            chunk(partOf(source), { maxTokens: 20, counter: counting })
            expect(counted).toBeLessThan(6 * source.length + 1000)
          },
        ),
      )
    })
  })

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses a limit of %s', (maxTokens) => {
    expect(() => chunk(partOf('a'), { maxTokens })).toThrow(
      new TypeError(`Expected "maxTokens" to be a whole number from 1, got a number (${maxTokens}).`),
    )
  })

  it('refuses a counter that does not count', () => {
    // @ts-expect-error -- no counter
    expect(() => chunk(partOf('a'), { counter: {} })).toThrow(
      new TypeError('Expected "counter" to be a TokenCounter, got an object.'),
    )
    expect(() => chunk(partOf('a'), { counter: counterOf(() => Number.NaN) })).toThrow(
      new TypeError('Expected "counter" to count a number from 0, got a number (NaN).'),
    )
  })
})
