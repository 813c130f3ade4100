import * as char from './char.ts'
import { at, lookAhead } from './source.ts'

/** How many closers without an opener follow up to the end of the text; -1 if that is too far to see. */
export function closersLeft(text: string, from: number): number {
  if (text.length - from > lookAhead) return -1
  let depth = 0
  let count = 0
  for (let index = from; index < text.length; index++) {
    const code = at(text, index)
    if (code === char.doubleQuote) {
      for (index++; index < text.length && at(text, index) !== char.doubleQuote; index++)
        if (at(text, index) === char.backslash) index++
    } else if (code === char.openBrace || code === char.openBracket) depth++
    else if (code === char.closeBrace || code === char.closeBracket) {
      if (depth === 0) count++
      else depth--
    }
  }
  return count
}
