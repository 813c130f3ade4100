/**
 * How many slips other words are away from a word: letters inserted, deleted, replaced or swapped with their neighbour (optimal string
 * alignment). Words that are compared one after another share the rows of the table for the beginning that they have in common.
 */
export class WordDistance {
  readonly #word: string
  readonly #most: number
  readonly #rows: Uint16Array[]
  #previous = ''
  #valid = 0
  #isFar = false

  /** @param most The distance from which on it does not matter how far a word is. */
  constructor(word: string, most: number) {
    this.#word = word
    this.#most = most
    this.#rows = [Uint16Array.from({ length: word.length + 1 }, (_, column) => column)]
  }

  /**
   * How many letters of the last word tell that all words that begin with them are too far away; `undefined` where a longer word may be
   * nearer, as "fox" is to "foxes" than "fo".
   */
  get far(): number | undefined {
    return this.#isFar ? this.#valid : undefined
  }

  /** The distance to a word, or a greater number than `most`. */
  to(other: string): number {
    let row = Math.min(commonLength(this.#previous, other), this.#valid)
    this.#previous = other
    this.#isFar = false
    while (row < other.length && !this.#isFar) {
      row += 1
      this.#isFar = this.#fillRow(row, other)
    }
    this.#valid = row
    return this.#isFar ? this.#most + 1 : (this.#rows[other.length]?.[this.#word.length] as number)
  }

  /** Fills the row of a letter, and says whether every word that goes on so is too far away. */
  #fillRow(row: number, other: string): boolean {
    const rows = this.#rows
    const word = this.#word
    const above = rows[row - 1] as Uint16Array
    const current = (rows[row] ??= new Uint16Array(above.length))
    const letter = other.charCodeAt(row - 1)
    current[0] = row
    let least = row
    for (let column = 1; column < current.length; column += 1) {
      const own = word.charCodeAt(column - 1)
      let cost = Math.min(
        (above[column] as number) + 1,
        (current[column - 1] as number) + 1,
        (above[column - 1] as number) + (own === letter ? 0 : 1),
      )
      const isSwapped =
        row > 1 && column > 1 && own === other.charCodeAt(row - 2) && word.charCodeAt(column - 2) === letter
      if (isSwapped) cost = Math.min(cost, ((rows[row - 2] as Uint16Array)[column - 2] as number) + 1)
      current[column] = cost
      if (cost < least) least = cost
    }
    // A swap reaches over a row: only when the row before is too far as well is there no way back.
    return least > this.#most && (row < 2 || Math.min(...above) >= this.#most)
  }
}

function commonLength(left: string, right: string): number {
  const most = Math.min(left.length, right.length)
  let length = 0
  while (length < most && left.charCodeAt(length) === right.charCodeAt(length)) length += 1
  return length
}
