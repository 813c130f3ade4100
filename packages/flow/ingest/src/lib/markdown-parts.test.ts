import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Chunker, Piece } from './chunker.ts'
import type { DocumentPart } from './document.ts'
import { markdownParts } from './markdown-parts.ts'
import { parseMarkdown } from './parse-markdown.ts'
import { partSize } from './part-size.ts'
import { sentenceChunker } from './sentence-chunker.ts'
import { structureChunker } from './structure-chunker.ts'
import { tokenChunker } from './token-chunker.ts'

const line = fc.constantFrom(
  '# One',
  '## Two of them C#',
  '### Three',
  '\u00a0# After a no-break space',
  '',
  '',
  'Some words. And some more of them.',
  'é中文😀。这是一句。',
  '===',
  '---',
  '+++',
  'title: Of the settings',
  '```js',
  '# in code',
  '<!-- open',
  '-->',
  '<pre>',
  '</pre>',
  '- item',
  '1. one',
  '| a | b |',
  '|---|---|',
)
const source = fc
  .tuple(fc.array(line, { maxLength: 40 }), fc.constantFrom('\n', '\r\n'))
  .map(([lines, end]) => lines.join(end))

const wholeOf = (text: string): DocumentPart => parseMarkdown({ text, anchors: [{ offset: 0, line: 1, byte: 0 }] })

function cut(chunker: Chunker, parts: Iterable<DocumentPart>): Piece[] {
  const run = chunker.start()
  const pieces: Piece[] = []
  for (const part of parts) if (part.blocks.length > 0) pieces.push(...(run.push(part) as Iterable<Piece>))
  return [...pieces, ...(run.end() as Iterable<Piece>)]
}

describe('markdownParts', () => {
  it.each([
    structureChunker({ maxTokens: 12 }),
    sentenceChunker({ maxTokens: 12, overlap: 5 }),
    tokenChunker({ maxTokens: 12, overlap: 5 }),
  ])('is cut like the whole by $fingerprint', (chunker) => {
    fc.assert(
      fc.property(source, fc.integer({ min: 1, max: 200 }), (text, size) => {
        const parts = [...markdownParts(Buffer.from(text), 0, size)]
        expect(cut(chunker, parts)).toEqual(cut(chunker, [wholeOf(text)]))
      }),
    )
  })

  it('gives the title of the whole, wherever it stands', () => {
    fc.assert(
      fc.property(source, fc.integer({ min: 1, max: 200 }), (text, size) => {
        const [first] = markdownParts(Buffer.from(text), 0, size)
        const whole = wholeOf(text)
        expect(first?.title).toBe(whole.blocks.length === 0 ? undefined : whole.title)
      }),
    )
  })

  it('goes on with all parts but the last, each of them small', () => {
    const text = `## Section\n\n${'Some words. '.repeat(50)}\n\n`.repeat(500)
    const parts = [...markdownParts(Buffer.from(text))]
    expect(parts.map((part) => part.text).join('')).toBe(text)
    expect(parts.length).toBeGreaterThan(10)
    expect(parts.map((part) => part.goesOn)).toEqual(parts.map((_part, index) => index < parts.length - 1))
    for (const part of parts) expect(part.text.length).toBeLessThanOrEqual(partSize + 1000)
  })

  it('takes linear time for a section without end', () => {
    expect([...markdownParts(Buffer.from(`# A\n\n${'Words.\n\n'.repeat(20_000)}`))]).toHaveLength(1)
    expect([...markdownParts(Buffer.from(`---\na: b\n${'# A\n\nb\n'.repeat(10_000)}`))]).toHaveLength(1)
  })
})
