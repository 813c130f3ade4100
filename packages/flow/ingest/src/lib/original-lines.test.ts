import { describe, expect, it } from 'vitest'
import { chunk } from './chunk.ts'
import { originalLines } from './original-lines.ts'
import { parseDocument } from './parse-document.ts'

function linesOf(path: string, mediaType: string, text: string): number[][] {
  const document = parseDocument({ id: path, path }, { bytes: new TextEncoder().encode(text), mediaType })
  return chunk(document).map((piece) => originalLines(document, piece))
}

describe('originalLines', () => {
  it('counts on from the first line of a chunk of Markdown', () => {
    expect(linesOf('a.md', 'text/markdown', '# One\n\nText.\n\n# Two\n\nMore\ntext.\n')).toEqual([
      [1, 2, 3],
      [5, 6, 7, 8],
    ])
  })

  it('finds the line of each paragraph of HTML', () => {
    const html = '<h1>Title</h1>\n\n<div>\n<p>One.</p>\n\n\n<p>Two\nlines.</p></div>'
    const [lines] = linesOf('a.html', 'text/html', html)
    expect(lines).toEqual(expect.arrayContaining([1, 4, 7]))
    expect(lines).toEqual(lines?.toSorted((a, b) => a - b))
  })

  it('gives one line for a part without line breaks', () => {
    expect(linesOf('a.txt', 'text/plain', '\n\nAlone.')).toEqual([[3]])
  })
})
