const longest = 64

/**
 * The name that `word` was most likely meant to be, for messages that ask "Did you mean …?"; `undefined` if none is near.
 *
 * Case and joints do not count, and one slip in three letters is forgiven. Words of more than 64 letters have none.
 */
export function closestName(word: string, names: Iterable<string>): string | undefined {
  const folded = foldName(word)
  if (folded.length > longest) return undefined
  let closest: string | undefined
  // One slip in three letters.
  let least = Math.floor(folded.length / 3) + 1
  for (const name of names) {
    const other = foldName(name)
    if (Math.abs(other.length - folded.length) >= least) continue
    const distance = editDistance(folded, other)
    if (distance >= least) continue
    least = distance
    closest = name
  }
  return closest
}

/** The letters of a name, however its words are joined: `poolSize`, `POOL_SIZE` and `pool-size` are the same. */
export function foldName(name: string): string {
  return name.replaceAll(/[_\- ]/g, '').toLowerCase()
}

/** Letters to insert, delete, replace or swap with their neighbour (Damerau–Levenshtein, optimal string alignment). */
function editDistance(from: string, to: string): number {
  let before: number[] = []
  let above = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let row = 1; row <= from.length; row++) {
    const current = [row]
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1]
      let cost = Math.min(at(above, column) + 1, at(current, column - 1) + 1, at(above, column - 1) + (same ? 0 : 1))
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      if (swapped) cost = Math.min(cost, at(before, column - 2) + 1)
      current.push(cost)
    }
    before = above
    above = current
  }
  return at(above, to.length)
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY
}
