/** The longest message, body and frame of a vendor that an error keeps, in UTF-16 units. */
const kept = 2000

/** A text, cut at 2,000 units. */
export function shortenText(text: string): string {
  return text.length <= kept ? text : `${text.slice(0, kept)}…`
}

/** Data as it is, or the beginning of its JSON text where that is longer than 2,000 units. */
export function shortenData(data: unknown): unknown {
  if (typeof data === 'string') return shortenText(data)
  let text: string | undefined
  try {
    text = JSON.stringify(data)
  } catch {
    // Nested deeper than can be written, or no JSON at all.
    return '[unreadable]'
  }
  return text === undefined || text.length <= kept ? data : shortenText(text)
}
