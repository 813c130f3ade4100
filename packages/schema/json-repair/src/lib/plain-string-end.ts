import * as char from './char.ts'
import type { StringPlace } from './quote-case.ts'
import { skipSpace } from './look-ahead.ts'
import { at, lookAhead } from './source.ts'

/**
 * The offset behind a string of strict JSON that is followed by what strict JSON allows there, else -1: most strings,
 * without a detour.
 */
export function plainStringEnd(text: string, offset: number, place: StringPlace): number {
  if (place === 'root' || at(text, offset) !== char.doubleQuote) return -1
  const mark = closingQuote(text, offset + 1, text.length)
  if (mark < 0) return -1
  let next = skipSpace(text, mark + 1)
  let code = at(text, next)
  if (place === 'key') return code === char.colon ? mark + 1 : -1
  if (code === char.comma) {
    next = skipSpace(text, next + 1)
    code = at(text, next)
    if (place === 'item') return isPlainStart(code) ? mark + 1 : -1
    if (code !== char.doubleQuote) return -1
    const key = closingQuote(text, next + 1, next + lookAhead)
    return key >= 0 && at(text, skipSpace(text, key + 1)) === char.colon ? mark + 1 : -1
  }
  if (code !== (place === 'item' ? char.closeBracket : char.closeBrace)) return -1
  code = at(text, skipSpace(text, next + 1))
  return code === char.comma || code === char.closeBrace || code === char.closeBracket ? mark + 1 : -1
}

/** The offset of the quotation mark that ends a body without faults, or -1. */
export function closingQuote(text: string, from: number, limit: number): number {
  for (let index = from; index < limit; index++) {
    const code = text.charCodeAt(index)
    if (code === char.doubleQuote) return index
    if (code < char.space) return -1
    if (code === char.backslash) {
      const next = at(text, ++index)
      if (next !== char.doubleQuote && next !== char.backslash && next !== 0x6e) return -1
    }
  }
  return -1
}

function isPlainStart(code: number): boolean {
  return (
    code === char.doubleQuote ||
    code === char.openBrace ||
    code === char.openBracket ||
    code === char.minus ||
    char.isDigit(code)
  )
}
