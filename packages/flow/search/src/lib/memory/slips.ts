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
  const rows: Uint8Array[] = [Uint8Array.from({ length: width }, (_, column) => Math.min(column, far))]
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
    const isClose = Math.abs(other.length - word.length) <= most
    const count = isClose ? ((rows[other.length] as Uint8Array)[width - 1] as number) : far
    if (count <= most) found.push([at, count])
    at += 1
  }
  return found
}

/**
 * Fills the row of a letter of the other word, and says whether every word that goes on so is too far away. Places farther from the
 * diagonal than `most` are too far by themselves: only those beside it are computed, and the next ones closed.
 */
function fillRow(rows: Uint8Array[], row: number, word: string, other: string, most: number): boolean {
  const above = rows[row - 1] as Uint8Array
  const current = (rows[row] ??= new Uint8Array(above.length))
  const letter = other.charCodeAt(row - 1)
  const first = Math.max(1, row - most)
  const last = Math.min(current.length - 1, row + most)
  current[first - 1] = first === 1 ? Math.min(row, far) : far
  let least = current[first - 1] as number
  for (let column = first; column <= last; column += 1) {
    const own = word.charCodeAt(column - 1)
    let cost = Math.min(
      (above[column] as number) + 1,
      (current[column - 1] as number) + 1,
      (above[column - 1] as number) + (own === letter ? 0 : 1),
    )
    const isSwapped =
      row > 1 && column > 1 && own === other.charCodeAt(row - 2) && word.charCodeAt(column - 2) === letter
    if (isSwapped) cost = Math.min(cost, ((rows[row - 2] as Uint8Array)[column - 2] as number) + 1)
    current[column] = Math.min(cost, far)
    if (cost < least) least = cost
  }
  if (last + 1 < current.length) current[last + 1] = far
  // A swap reaches over a row: only when nothing in the row before is near enough either is there no way back.
  return least > most && (row < 2 || !isNear(above, Math.max(0, row - 1 - most), last, most))
}

const far = 255

function isNear(row: Uint8Array, from: number, to: number, most: number): boolean {
  for (let column = from; column <= to; column += 1) if ((row[column] as number) < most) return true
  return false
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
