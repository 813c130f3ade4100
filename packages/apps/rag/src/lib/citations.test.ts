import { describe, expect, it } from 'vitest'
import type { Citation } from './answer.ts'
import { readCitations } from './citations.ts'
import type { FoundPassage } from './find-passages.ts'

function passage(number: number, text: string): FoundPassage {
  const start = number * 100
  const lines = { start, end: start + text.split('\n').length - 1 }
  const anchors = [{ offset: 0, line: start, byte: 0 }]
  return { passage: { number, path: `${number}.md`, lines, headings: [], score: 1, text }, anchors }
}

const first = passage(1, '# Ports\n\nThe default is\n  80. Change it\nwith care.\n\n> A quoted\n> block.')
const second = passage(2, 'The default is 443.')

/** The passages that are cited. */
function cited(answer: string, passages: readonly FoundPassage[]): readonly Citation[] {
  return readCitations(answer, passages).citations
}

describe('readCitations', () => {
  it('gives each cited passage once, in the order of the answer', () => {
    expect(cited('Second [2]. First [1], and [2] again.', [first, second])).toMatchObject([
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
    expect(cited(answer, [first, second])).toEqual([{ number: 1, path: '1.md', line }])
  })

  it('names the line of the file, where the text of the passage is another', () => {
    const page = {
      ...passage(1, 'One. Two.'),
      anchors: [
        { offset: 0, line: 100, byte: 0 },
        { offset: 5, line: 105, byte: 5 },
      ],
    }
    expect(cited('Two. [1]', [page])).toEqual([{ number: 1, path: '1.md', line: 105 }])
  })

  it('names the page of the quote, where the file has pages', () => {
    const { passage: found } = passage(1, 'One.\n\nTwo.')
    const anchors = [
      { offset: 0, line: 100, byte: 0, page: 4 },
      { offset: 6, line: 102, byte: 6, page: 5 },
    ]
    const pages = { passage: { ...found, pages: { start: 4, end: 5 } }, anchors }
    expect(cited('Two. [1]', [pages])).toEqual([{ number: 1, path: '1.md', line: 102, page: 5 }])
    expect(cited('Three. [1]', [pages])).toEqual([{ number: 1, path: '1.md', line: 100, page: 4 }])
  })

  it.each([
    [
      'code that starts with the mark of a quotation',
      '```py\n>>> import os\n>>> port = 80\n```',
      '>>> port = 80 [1]',
      102,
    ],
    ['what was cut out of a long sentence', 'one\ntwo three\nfour', '… three four … [1]', 101],
    ['a line that ends with a carriage return alone', 'one\rtwo\nthree', 'two three [1]', 100],
  ])('names the line of %s', (_, text, answer, line) => {
    expect(cited(answer, [passage(1, text)])).toEqual([{ number: 1, path: '1.md', line }])
  })

  it('knows a marker of its own, though another passage has the same answer', () => {
    const transcript = passage(2, 'It printed: The default is 443. [1] Then it stopped.')
    expect(cited('Quoted:\n\nThe default is 443. [1]', [passage(1, 'The default is 443.'), transcript])).toEqual([
      { number: 1, path: '1.md', line: 100 },
    ])
  })

  it('does not take a marker in the lines below a quote for one of the answer', () => {
    const list = passage(1, 'There are two:\n\n- one, see [2]\n- another')
    const answer = 'There are two: [1]\n- one, see [2]\n- another\n\nTwo. [2]'
    expect(cited(answer, [list, passage(2, 'Two.')]).map(({ line }) => line)).toEqual([100, 200])
    expect(cited(answer.slice(0, 34), [list, passage(2, 'Two.')])).toHaveLength(1)
  })

  it('does not take a marker that was quoted for one of the answer', () => {
    const note = passage(1, 'The port is 80, see [2] and [3].')
    const others = [passage(2, 'Two.'), passage(3, 'Three.')]
    const answer = 'Quoted:\n\nThe port is 80, see [2] and [3]. [1]\n\nTwo. [2]'
    expect(cited(answer, [note, ...others]).map(({ number }) => number)).toEqual([1, 2])
  })

  it('reads several markers in a row', () => {
    expect(cited('Both agree [2][1].', [first, second]).map(({ number }) => number)).toEqual([2, 1])
  })

  it.each(['argv[1]', 'rows()[1]', 'grid[0][1]', '$[1]'])('does not take %s for a marker', (code) => {
    expect(cited(`Call ${code} and wait.`, [first])).toEqual([])
  })

  it('lets a number that names no passage cite nothing', () => {
    expect(cited('Nothing [3], [0], [01234567], [x], [].', [first, second])).toEqual([])
  })

  it('reads several numbers in one marker', () => {
    expect(cited('Both [1, 2].', [first, second])).toMatchObject([{ number: 1 }, { number: 2 }])
  })

  it.each([
    ['The default is 80 [1]. It was 8080 [7], as [7] says [3].', [7, 3]],
    ['The default is 80 [1, 9].', [9]],
    ['The ports are [80, 443] [1].', []],
    ['See argv[5] [1].', []],
  ])('tells the numbers in "%s" that name no passage', (answer, unknown) => {
    expect(readCitations(answer, [first, second])).toMatchObject({ citations: [{ number: 1 }], unknown })
  })
})
