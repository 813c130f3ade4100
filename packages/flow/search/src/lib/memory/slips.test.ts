import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { slips } from './slips.ts'

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 })

/** Optimal string alignment, the whole table. */
function distance(from: string, to: string): number {
  const table = Array.from({ length: from.length + 1 }, (_, row) =>
    Array.from({ length: to.length + 1 }, (_unused, column) => (row === 0 ? column : column === 0 ? row : 0)),
  )
  const at = (row: number, column: number): number => table[row]?.[column] ?? Infinity
  for (let row = 1; row <= from.length; row += 1) {
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1]
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      const own = table[row] as number[]
      own[column] = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + (same ? 0 : 1),
        swapped ? at(row - 2, column - 2) + 1 : Infinity,
      )
    }
  }
  return at(from.length, to.length)
}

describe('slips', () => {
  it('finds what comparing with every word finds', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(word, { maxLength: 80 }),
        word,
        fc.nat(2),
        fc.nat(2),
        (list, wanted, most, prefixLength) => {
          const sorted = list.toSorted()
          const prefix = wanted.slice(0, prefixLength)
          const from = sorted.findIndex((other) => other.startsWith(prefix))
          const expected = sorted.flatMap((other, at) => {
            const count = distance(wanted, other)
            return count <= most && other.startsWith(prefix) ? [[at, count]] : []
          })
          expect(slips(wanted, sorted, most, from === -1 ? sorted.length : from, prefix)).toEqual(expected)
        },
      ),
      { numRuns: 500 },
    )
  })
})
