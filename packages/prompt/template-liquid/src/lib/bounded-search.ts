import type { Context } from 'liquidjs'
import { checkTime } from './bounded-context.ts'

/** So many characters compared take some milliseconds. */
const comparisonsBetweenChecks = 1e7

/** Whether `needle` is in `text`. */
export function includesText(text: string, needle: string, context: Context): boolean {
  for (const part of searchableParts(text, needle, context)) if (part.includes(needle)) return true
  return false
}

/** Does a search that could take long piece by piece, so that the same search of the whole cannot take long either. */
export function rehearseSearch(
  text: string,
  needle: string,
  context: Context,
  search: (part: string, needle: string) => void,
): void {
  if (text.length * needle.length < comparisonsBetweenChecks) return
  for (const part of searchableParts(text, needle, context)) search(part, needle)
}

/**
 * Overlapping parts of a text, with a look at the clock before each: the search of the platform may take time in
 * proportion to text times needle, which is hours for a megabyte each.
 */
function* searchableParts(text: string, needle: string, context: Context): Generator<string> {
  const step = Math.max(1, Math.floor(comparisonsBetweenChecks / Math.max(1, needle.length)))
  for (let start = 0; start === 0 || start + needle.length <= text.length; start += step) {
    checkTime(context)
    yield text.slice(start, start + step + needle.length - 1)
  }
}
