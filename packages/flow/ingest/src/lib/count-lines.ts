/** How many lines end in a text. */
export function countLines(text: string): number {
  let lines = 0
  for (let feed = text.indexOf('\n'); feed >= 0; feed = text.indexOf('\n', feed + 1)) lines++
  return lines
}
