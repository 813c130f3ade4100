/** Compares the length of a text in code points with a bound, counting only as far as it has to. */
export function isAtLeastLong(text: string, minimum: number): boolean {
  if (text.length < minimum) return false
  // A code point takes one or two units.
  return text.length >= minimum * 2 || codePointLength(text) >= minimum
}

export function isAtMostLong(text: string, maximum: number): boolean {
  if (text.length <= maximum) return true
  return text.length <= maximum * 2 && codePointLength(text) <= maximum
}

/** The number of code points of a text. */
export function codePointLength(text: string): number {
  let length = text.length
  for (let index = 0; index < text.length - 1; index += 1) {
    const unit = text.charCodeAt(index)
    if (unit < 0xd800 || unit > 0xdbff) continue
    const next = text.charCodeAt(index + 1)
    if (next >= 0xdc00 && next <= 0xdfff) {
      length -= 1
      index += 1
    }
  }
  return length
}
