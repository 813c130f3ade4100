import * as char from './char.ts'
import { findQuote, reachedEnd } from './find-quote.ts'
import {
  ellipsisLength,
  endsValue,
  isComment,
  isKeyAt,
  isQuotedKeyAt,
  isValueStart,
  isWholeItem,
  seeQuoted,
  skipSpace,
  skipSpaceBack,
} from './look-ahead.ts'
import type { QuoteCase, QuoteVerdict } from './quote-case.ts'
import { at } from './source.ts'
import { isInBraces } from './string-brackets.ts'

/** Judges a quotation mark in a value with a comma behind it: whether what follows the comma could follow the value. */
export function judgeComma(given: QuoteCase, mark: number, comma: number): QuoteVerdict {
  const { text, place, inner } = given
  const next = skipSpace(text, comma + 1)
  const code = at(text, next)
  if (code === char.none || char.isCloser(code) || code === char.comma) return 'end'
  if (isComment(text, next) || ellipsisLength(text, next) > 0 || endsValue(text, next)) return 'end'
  if (place === 'item') {
    if (inner % 2 === 1 && char.quoteFamily(code) > 0) return isWholeItem(text, next) ? 'end' : 'inner'
    if (isValueStart(text, next)) return 'end'
    const quote = findQuote(text, next)
    if (quote < 0) return quote === reachedEnd && inner % 2 === 1 ? 'inner' : 'end'
    if (at(text, skipSpaceBack(text, quote)) === char.comma) return 'end'
    return inner % 2 === 1 || !followsDelimiter(text, quote) ? 'inner' : 'end'
  }
  if (isInBraces(given, mark) && isQuotedKeyAt(text, next)) return 'inner'
  if (isKeyAt(text, next) || (inner % 2 === 0 && isCutName(text, next))) return 'end'
  if (char.quoteFamily(code) > 0) {
    const sight = seeQuoted(text, next)
    const after = sight.kind === 'closed' ? at(text, sight.next) : char.none
    const named = after === char.comma || char.isCloser(after) || isValueStart(text, next)
    return named && inner % 2 === 0 ? 'end' : 'inner'
  }
  if (code === char.openBrace || code === char.openBracket) return 'end'
  const quote = findQuote(text, next)
  if (quote < 0) return quote === reachedEnd ? 'inner' : 'end'
  return isQuotedKeyAt(text, quote) && !followsDelimiter(text, quote) ? 'end' : 'inner'
}

/** Whether the text ends in the name that begins at an offset. */
function isCutName(text: string, offset: number): boolean {
  return text.length - offset <= 64 && /^[A-Za-z_$][\w$-]*$/.test(text.slice(offset))
}

/** Whether a delimiter follows the quotation mark at an offset, so that it can close a string. */
function followsDelimiter(text: string, quote: number): boolean {
  const code = at(text, skipSpace(text, quote + 1))
  return code === char.comma || char.isCloser(code) || code === char.none
}
