/** Letters inserted, deleted, replaced, or swapped with their neighbour, from one word to another. */
export function editDistance(from: string, to: string): number {
  const left = [...from]
  const right = [...to]
  const table = Array.from({ length: left.length + 1 }, (_, row) => [
    row,
    ...right.map((__, at) => (row === 0 ? at + 1 : 0)),
  ])
  const cell = (row: number, column: number): number => table[row]?.[column] as number
  for (let row = 1; row <= left.length; row += 1) {
    for (let column = 1; column <= right.length; column += 1) {
      const isSame = left[row - 1] === right[column - 1]
      const isSwap = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      const ways = [cell(row - 1, column) + 1, cell(row, column - 1) + 1, cell(row - 1, column - 1) + (isSame ? 0 : 1)]
      if (isSwap && row > 1 && column > 1) ways.push(cell(row - 2, column - 2) + 1)
      ;(table[row] as number[])[column] = Math.min(...ways)
    }
  }
  return cell(left.length, right.length)
}
