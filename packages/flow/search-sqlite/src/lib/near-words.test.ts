import { compareText } from '@empire/search/backend'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nearWords } from './near-words.ts'
import type { SqliteSearch } from './sqlite-search.ts'

/** A search whose index has some words, each its own term. */
function searchOf(words: readonly string[]): SqliteSearch {
  const sorted = [...new Set(words)].toSorted(compareText)
  return {
    tables: { words: 'words' },
    *iterate(_sql: string, _analyzer: number, from: string, to: string) {
      for (const word of sorted) if (compareText(word, from) >= 0 && compareText(word, to) < 0) yield [word, word]
    },
  } as unknown as SqliteSearch
}

/** Optimal string alignment, by the whole table. */
function distance(left: string, right: string): number {
  const rows = [Array.from({ length: right.length + 1 }, (_, column) => column)]
  const at = (row: number, column: number): number => rows[row]?.[column] as number
  for (let row = 1; row <= left.length; row += 1) {
    const own = [row]
    rows.push(own)
    for (let column = 1; column <= right.length; column += 1) {
      const isSame = left[row - 1] === right[column - 1]
      const isSwapped = row > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      own[column] = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + (isSame ? 0 : 1),
        isSwapped ? at(row - 2, column - 2) + 1 : Infinity,
      )
    }
  }
  return at(left.length, right.length)
}

function near(words: readonly string[], word: string, most: number, prefixLength = 0): string[] {
  const found = nearWords(searchOf(words), { analyzer: 0, word, most, prefixLength })
  return found.map(({ code }) => code).toSorted(compareText)
}

function letters(...all: string[]): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...all), minLength: 1, maxLength: 6 })
}

describe('nearWords', () => {
  it('finds words behind a short one that is too far away itself', () => {
    expect(near(['r', 'runs', 'rust'], 'run', 1)).toEqual(['runs'])
  })

  it('finds what a comparison with each word finds', () => {
    const word = fc.oneof(letters('a', 'b'), letters('a', 'b', 'c', 'd'), letters('é', 'a', '\u{1d49c}'))
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), word, fc.nat(2), fc.nat(2), (words, one, most, prefixLength) => {
        const expected = [...new Set(words)].filter(
          (other) => distance(one, other) <= most && other.startsWith(one.slice(0, prefixLength)),
        )
        expect(near(words, one, most, prefixLength)).toEqual(expected.toSorted(compareText))
      }),
      { numRuns: 300 },
    )
  })
})
