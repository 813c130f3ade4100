import { describe, expect, it } from 'vitest'
import type { Chunk } from './chunker.ts'
import { lineAt } from './line-at.ts'
import { readDocument } from './read-document.ts'

async function chunkOf(mediaType: string, text: string): Promise<Chunk> {
  const { chunks } = await readDocument({ id: 'a', path: 'a' }, { bytes: new TextEncoder().encode(text), mediaType })
  return chunks[0]!
}

function lineOf(chunk: Chunk, words: string): number {
  return lineAt(chunk, chunk.text.indexOf(words))
}

describe('lineAt', () => {
  it('counts the lines of Markdown', async () => {
    const chunk = await chunkOf('text/markdown', '# One\n\nText.\r\n\nMore\ntext.\n')
    expect(['# One', 'Text', 'More', 'text.'].map((words) => lineOf(chunk, words))).toEqual([1, 3, 5, 6])
  })

  it('finds each line of a paragraph of HTML, which is one line of the text', async () => {
    const chunk = await chunkOf(
      'text/html',
      '<h1>S</h1>\n<p>\n  Cats sleep.\n  Dogs bark.\n  The port is 7411.\n</p>\n',
    )
    expect(['S', 'Cats', 'Dogs', 'The port'].map((words) => lineOf(chunk, words))).toEqual([1, 3, 4, 5])
  })

  it('takes the end of the text for a place on its last line', async () => {
    expect(lineAt(await chunkOf('text/plain', 'a\nb'), 3)).toBe(2)
  })

  it.each([-1, 4, 0.5, Number.NaN])('refuses an offset of %s', async (offset) => {
    const chunk = await chunkOf('text/plain', 'a\nb')
    expect(() => lineAt(chunk, offset)).toThrow(
      new TypeError(`Expected "offset" to be an index into the text, got a number (${offset}).`),
    )
  })
})
