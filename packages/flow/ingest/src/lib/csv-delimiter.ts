const candidates = [',', ';', '\t', '|']

/** What parts the cells: of the usual characters the one that the first line has most of, outside of quotes. */
export function detectDelimiter(text: string): string {
  const counts = new Map<string, number>()
  let quoted = false
  for (const character of text.slice(0, 64 * 1024).trimStart()) {
    if (character === '"') quoted = !quoted
    else if (!quoted && (character === '\n' || character === '\r')) break
    else if (!quoted && candidates.includes(character)) counts.set(character, (counts.get(character) ?? 0) + 1)
  }
  return candidates.toSorted((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0))[0]!
}
