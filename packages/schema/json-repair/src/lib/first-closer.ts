import * as char from './char.ts'
import { at, lookAhead } from './source.ts'

/** The offset of the first closer within the look-ahead that nothing behind `from` opens, or -1. */
export function firstCloser(text: string, from: number): number {
  let depth = 0
  for (let index = from; index < from + lookAhead; index++) {
    const code = at(text, index)
    if (code === char.none) return -1
    if (code === char.doubleQuote) {
      for (index++; index < from + lookAhead && at(text, index) !== char.doubleQuote; index++)
        if (at(text, index) === char.backslash) index++
    } else if (code === char.openBrace || code === char.openBracket) depth++
    else if ((code === char.closeBrace || code === char.closeBracket) && depth-- === 0) return index
  }
  return -1
}
