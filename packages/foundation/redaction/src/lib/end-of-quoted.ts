/**
 * Where a quoted value ends: at the next quote that is escaped no deeper than the opening one, or at the end of the line.
 *
 * @param opening The opening quote with its backslashes.
 */
export function endOfQuoted(text: string, start: number, opening: string): number {
  const quote = opening.slice(-1)
  const depth = escapeDepth(opening.length - 1)
  let backslashes = 0
  for (let at = start; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === '\\') {
      backslashes++
      continue
    }
    if (character === '\n' || character === '\r') return at
    const own = escapeDepth(backslashes)
    // The other quotes are no part of JSON: a string that they stand in may end before they do.
    const isEnd = character === quote ? own <= depth : character === '"' && endsString.test(text.slice(at + 1, at + 10))
    if (isEnd) return Math.max(start, at - (2 ** own - 1))
    backslashes = 0
  }
  return text.length
}

/** How many of the backslashes before this index escape a quote that stands there. */
export function escapesBefore(text: string, start: number, at: number): number {
  if (!/["'`]/.test(text.charAt(at))) return 0
  let begin = at
  while (begin > start && text.charAt(begin - 1) === '\\') begin--
  return 2 ** escapeDepth(at - begin) - 1
}

const endsString = /^[ \t]{0,8}(?:[,}\]:\\]|[\r\n]|$)/

/** In how many JSON strings a quote behind so many backslashes stands: 0, 1, 3, 7 of them are its own, pairs are not. */
function escapeDepth(backslashes: number): number {
  let depth = 0
  for (let left = backslashes; left % 2 === 1; left = (left - 1) / 2) depth++
  return depth
}
