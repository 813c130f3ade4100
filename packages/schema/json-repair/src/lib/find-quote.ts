import * as char from './char.ts'
import { at, lookAhead } from './source.ts'

/** Instead of an offset: the text ends before a quotation mark. */
export const reachedEnd = -2

/** The next quotation mark within the look-ahead; `reachedEnd` if the text ends before, -1 if it is further away. */
export function findQuote(text: string, from: number): number {
  for (let index = from; index < from + lookAhead; index++) {
    const code = at(text, index)
    if (code === char.none) return reachedEnd
    if (code === char.backslash) index++
    else if (code === char.doubleQuote || (code === char.singleQuote && !isApostrophe(text, index))) return index
  }
  return -1
}

function isApostrophe(text: string, offset: number): boolean {
  return char.isLetter(at(text, offset - 1)) && char.isLetter(at(text, offset + 1))
}
