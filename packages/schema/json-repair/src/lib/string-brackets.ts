import * as char from './char.ts'
import { skipSpace } from './look-ahead.ts'
import type { QuoteCase } from './quote-case.ts'
import { at, lookAhead } from './source.ts'

/** Whether the closer has its opener inside the string, looking back from the quote. */
export function opensInside({ text, start }: QuoteCase, mark: number, closer: number): boolean {
  const close = at(text, closer)
  const open = close === char.closeParenthesis ? char.openParenthesis : close - 2
  let depth = 0
  for (let index = mark - 1; index >= start && index > mark - lookAhead; index--) {
    const code = at(text, index)
    if (code === close) depth++
    else if (code === open && --depth < 0) return true
  }
  return false
}

/** Whether quotes were judged to be a part of the string, and a brace with one behind it is open in it: an object in a string. */
export function isInBraces({ text, start, inner }: QuoteCase, mark: number): boolean {
  if (inner === 0) return false
  let depth = 0
  for (let index = mark - 1; index >= start && index > mark - lookAhead; index--) {
    const code = at(text, index)
    if (code === char.closeBrace) depth++
    else if (code === char.openBrace && --depth < 0) return at(text, skipSpace(text, index + 1)) === char.doubleQuote
  }
  return false
}
