/** The position of the first byte, in UTF-8, in which two texts differ; `undefined` if they are the same. */
export function firstChangedByte(before: string, after: string): number | undefined {
  if (before === after) return undefined
  const encoder = new TextEncoder()
  const old = encoder.encode(before)
  const young = encoder.encode(after)
  const end = Math.min(old.length, young.length)
  let position = 0
  while (position < end && old[position] === young[position]) position++
  return position
}
