/** The pieces of a text up to the first of the stop sequences, also where one runs over several pieces. */
export function stopAt(pieces: readonly string[], stopSequences: readonly string[]): string[] {
  const whole = pieces.join('')
  const ends = stopSequences.map((sequence) => whole.indexOf(sequence)).filter((index) => index !== -1)
  let left = Math.min(whole.length, ...ends)
  const kept: string[] = []
  for (const piece of pieces) {
    if (left === 0) break
    kept.push(piece.slice(0, left))
    left -= Math.min(left, piece.length)
  }
  return kept
}
