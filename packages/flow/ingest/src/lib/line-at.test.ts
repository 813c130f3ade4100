import { describe, expect, it } from 'vitest'
import type { Document } from './document.ts'
import { lineAt } from './line-at.ts'
import { parseDocument } from './parse-document.ts'

function parse(mediaType: string, text: string): Document {
  return parseDocument({ id: 'a', path: 'a' }, { bytes: new TextEncoder().encode(text), mediaType })
}

function lineOf(document: Document, words: string): number {
  return lineAt(document, document.text.indexOf(words))
}

describe('lineAt', () => {
  it('counts the lines of Markdown', () => {
    const document = parse('text/markdown', '# One\n\nText.\r\n\nMore\ntext.\n')
    expect(['# One', 'Text', 'More', 'text.'].map((words) => lineOf(document, words))).toEqual([1, 3, 5, 6])
  })

  it('finds each line of a paragraph of HTML, which is one line of the text', () => {
    const document = parse('text/html', '<h1>S</h1>\n<p>\n  Cats sleep.\n  Dogs bark.\n  The port is 7411.\n</p>\n')
    expect(['S', 'Cats', 'Dogs', 'The port'].map((words) => lineOf(document, words))).toEqual([1, 3, 4, 5])
  })

  it('takes the end of the text for a place on its last line', () => {
    expect(lineAt(parse('text/plain', 'a\nb'), 3)).toBe(2)
  })

  it.each([-1, 4, 0.5, Number.NaN])('refuses an offset of %s', (offset) => {
    expect(() => lineAt(parse('text/plain', 'a\nb'), offset)).toThrow(
      new TypeError(`Expected "offset" to be an index into the text, got a number (${offset}).`),
    )
  })
})
