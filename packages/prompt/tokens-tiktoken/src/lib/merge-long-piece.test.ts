import { array, assert, constantFrom, integer, oneof, property, string, tuple } from 'fast-check'
import { Tiktoken, type TiktokenBPE } from 'js-tiktoken/lite'
import o200k from 'js-tiktoken/ranks/o200k_base'
import r50k from 'js-tiktoken/ranks/r50k_base'
import { describe, expect, it } from 'vitest'
import { mergeLongPiece } from './merge-long-piece.ts'

const fragments = [
  'a',
  'aa',
  'ab',
  'the',
  ' ',
  '    ',
  '\n',
  '=',
  '==',
  '-',
  '字',
  '的',
  '한',
  '😀',
  '🜁',
  '\u0301',
  '\uD800',
  '\uFFFD',
  'é',
]
const fragment = constantFrom(...fragments)
const runs = tuple(fragment, integer({ min: 1, max: 150 })).map(([part, times]) => part.repeat(times))
const pieces = oneof(
  runs,
  array(runs, { minLength: 2, maxLength: 3 }).map((parts) => parts.join('')),
  array(fragment, { minLength: 30, maxLength: 120 }).map((parts) => parts.join('')),
  string({ unit: 'binary', minLength: 20, maxLength: 60 }),
  string({ unit: constantFrom('a', 'b', 'e', 't'), minLength: 30, maxLength: 200 }),
)

function createMerge(ranks: TiktokenBPE): {
  merge(piece: string): number[]
  decode(tokens: readonly number[]): string
} {
  const tiktoken = new Tiktoken({ ...ranks, pat_str: String.raw`[\s\S]+` })
  return {
    merge: (piece) => tiktoken.encode(piece, [], []),
    decode: (tokens) => tiktoken.decode([...tokens]),
  }
}

describe.each<[string, TiktokenBPE]>([
  ['o200k_base', o200k],
  ['r50k_base', r50k],
])('mergeLongPiece with %s', (_, ranks) => {
  const { merge, decode } = createMerge(ranks)

  it('gives what merging in one go gives', { timeout: 60_000 }, () => {
    assert(
      property(pieces, (piece) => {
        expect(mergeLongPiece(piece, merge, decode)).toEqual(merge(piece))
      }),
      { numRuns: 60 },
    )
  })

  it('merges in short windows, whatever the length', () => {
    let longest = 0
    let work = 0
    const watched = (piece: string): number[] => {
      longest = Math.max(longest, piece.length)
      work += piece.length
      return merge(piece)
    }
    const words = Array.from({ length: 2000 }, (_unused, index) => (index * 7919).toString(36).replaceAll(/\d/g, 'x'))
    const text = words.join('')
    const tokens = mergeLongPiece(text, watched, decode)
    expect(decode(tokens)).toBe(text)
    expect(longest).toBeLessThan(200)
    expect(work).toBeLessThan(text.length * 10)
  })
})
