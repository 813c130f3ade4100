/**
 * The words of a sorted list, from an index on and as long as they begin with `prefix`, that are at most `most` slips away from a word:
 * letters inserted, deleted, replaced or swapped with their neighbour (optimal string alignment). Gives index and number of slips.
 *
 * Words share the rows of the table for the beginning that they have in common, and all words behind a beginning that is too far
 * away already are passed over.
 */
export function slips(
  word: string,
  words: readonly string[],
  most: number,
  from: number,
  prefix: string,
): [index: number, slips: number][] {
  const found: [number, number][] = []
  const width = word.length + 1
  const rows: Uint8Array[] = [Uint8Array.from({ length: width }, (_, column) => Math.min(column, 255))]
  let previous = ''
  let valid = 0
  let at = from
  while (at < words.length) {
    const other = words[at] as string
    if (!other.startsWith(prefix)) break
    let row = Math.min(commonLength(previous, other), valid)
    previous = other
    let isFar = false
    while (row < other.length && !isFar) {
      row += 1
      isFar = fillRow(rows, row, word, other, most)
    }
    valid = row
    if (isFar) {
      at = skip(words, at, other.slice(0, row))
      continue
    }
    const count = (rows[other.length] as Uint8Array)[width - 1] as number
    if (count <= most) found.push([at, count])
    at += 1
  }
  return found
}

/** Fills the row of a letter of the other word, and says whether every word that goes on so is too far away. */
function fillRow(rows: Uint8Array[], row: number, word: string, other: string, most: number): boolean {
  const above = rows[row - 1] as Uint8Array
  const current = (rows[row] ??= new Uint8Array(above.length))
  const letter = other.charCodeAt(row - 1)
  current[0] = Math.min(row, 255)
  let least = current[0]
  for (let column = 1; column < current.length; column += 1) {
    const own = word.charCodeAt(column - 1)
    let cost = Math.min(
      (above[column] as number) + 1,
      (current[column - 1] as number) + 1,
      (above[column - 1] as number) + (own === letter ? 0 : 1),
    )
    const isSwapped =
      row > 1 && column > 1 && own === other.charCodeAt(row - 2) && word.charCodeAt(column - 2) === letter
    if (isSwapped) cost = Math.min(cost, ((rows[row - 2] as Uint8Array)[column - 2] as number) + 1)
    current[column] = Math.min(cost, 255)
    if (cost < least) least = cost
  }
  // A swap reaches over a row: only when the row before is too far as well is there no way back.
  return least > most && (row < 2 || Math.min(...above) >= most)
}

/** The index of the first word behind all those with a beginning. */
function skip(words: readonly string[], from: number, beginning: string): number {
  let low = from + 1
  let high = words.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((words[middle] as string).startsWith(beginning)) low = middle + 1
    else high = middle
  }
  return low
}

function commonLength(left: string, right: string): number {
  const most = Math.min(left.length, right.length)
  let length = 0
  while (length < most && left.charCodeAt(length) === right.charCodeAt(length)) length += 1
  return length
}
