/** The order of two texts by code points, which is that of their UTF-8: what all backends sort strings by. */
export function compareText(left: string, right: string): number {
  const length = Math.min(left.length, right.length)
  for (let at = 0; at < length; at += 1) {
    const one = left.charCodeAt(at)
    const other = right.charCodeAt(at)
    // Surrogates stand for the characters above all others, though units of U+E000 to U+FFFF are greater.
    if (one !== other) return lift(one) - lift(other)
  }
  return left.length - right.length
}

function lift(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}
