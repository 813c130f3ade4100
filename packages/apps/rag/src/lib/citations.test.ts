import { describe, expect, it } from 'vitest'
import { readCitations } from './citations.ts'
import type { FoundPassage } from './find-passages.ts'

function passage(number: number, text: string): FoundPassage {
  const start = number * 100
  const lineNumbers = text.split('\n').map((_, index) => start + index)
  const lines = { start, end: start + lineNumbers.length - 1 }
  return { passage: { number, path: `${number}.md`, lines, headings: [], score: 1, text }, lineNumbers }
}

const first = passage(1, '# Ports\n\nThe default is\n  80. Change it\nwith care.\n\n> A quoted\n> block.')
const second = passage(2, 'The default is 443.')

describe('readCitations', () => {
  it('gives each cited passage once, in the order of the answer', () => {
    expect(readCitations('Second [2]. First [1], and [2] again.', [first, second])).toMatchObject([
      { number: 2, path: '2.md' },
      { number: 1, path: '1.md' },
    ])
  })

  it.each([
    ['a heading', '# Ports [1]', 100],
    ['a sentence over two lines', 'The default is 80. [1]', 102],
    ['a sentence that starts within a line', 'Quoted:\n\nChange it with care. [1]', 103],
    ['the lines of a block quote', 'A quoted block. [1]', 106],
    ['the end of the line before', 'care. [1]', 104],
    ['words that the passage does not hold', 'The port is eighty. [1]', 100],
    ['no words at all', '[1]', 100],
  ])('names the line of %s', (_, answer, line) => {
    expect(readCitations(answer, [first, second])).toEqual([{ number: 1, path: '1.md', line }])
  })

  it('names the lines of the file, not those of the text', () => {
    const page = { ...passage(1, 'One.\nTwo.'), lineNumbers: [100, 140] }
    expect(readCitations('Two. [1]', [page])).toEqual([{ number: 1, path: '1.md', line: 140 }])
  })

  it('reads several markers in a row', () => {
    expect(readCitations('Both agree [2][1].', [first, second]).map(({ number }) => number)).toEqual([2, 1])
  })

  it.each(['argv[1]', 'rows()[1]', 'grid[0][1]', '$[1]'])('does not take %s for a marker', (code) => {
    expect(readCitations(`Call ${code} and wait.`, [first])).toEqual([])
  })

  it('lets a number that names no passage cite nothing', () => {
    expect(readCitations('Nothing [3], [0], [01234567], [x], [].', [first, second])).toEqual([])
  })
})
