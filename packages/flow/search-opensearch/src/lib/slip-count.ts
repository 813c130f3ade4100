/**
 * How many letters were inserted, deleted, replaced or swapped with their neighbour between two words (optimal string alignment), or
 * a number above `most` as soon as it is certain that there are more.
 */
export function slipCount(left: string, right: string, most: number): number {
  const one = [...left]
  const other = [...right]
  if (Math.abs(one.length - other.length) > most) return most + 1
  let beforeLast: number[] = []
  let last = other.map((_, at) => at)
  last.push(other.length)
  for (const [row, letter] of one.entries()) {
    const current = [row + 1]
    let least = row + 1
    for (const [at, own] of other.entries()) {
      let cost = Math.min(
        (last[at + 1] as number) + 1,
        (current[at] as number) + 1,
        (last[at] as number) + (letter === own ? 0 : 1),
      )
      const isSwapped = row > 0 && at > 0 && letter === other[at - 1] && one[row - 1] === own
      if (isSwapped) cost = Math.min(cost, (beforeLast[at - 1] as number) + 1)
      current.push(cost)
      least = Math.min(least, cost)
    }
    // A swap reaches over a row.
    if (least > most && last.every((cost) => cost >= most)) return most + 1
    beforeLast = last
    last = current
  }
  return last.at(-1) as number
}
