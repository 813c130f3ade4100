import * as char from './char.ts'
import { hasLineFeed, isQuotedKeyAt, isValueStart, seeQuoted, skipSpace, skipSpaceBack } from './look-ahead.ts'
import type { QuoteCase } from './quote-case.ts'
import { at, lookAhead } from './source.ts'
import { isInBraces } from './string-brackets.ts'

/** `"a": "b, "c": 1` and `["a, "b"]`: the quote opens what follows, and the string ended before the comma. */
export function endedBefore(given: QuoteCase, mark: number): number | undefined {
  const { text, place, segment, inner } = given
  let before = skipSpaceBack(text, mark)
  if (before < segment) return undefined
  const isNext = at(text, before) === char.openBrace && isQuotedKeyAt(text, mark)
  if (isNext) {
    // `"b}, {"c": 1`: the next object of a list.
    before = skipSpaceBack(text, before)
    if (before < segment || at(text, before) !== char.comma) return undefined
    const end = beforeClosers(given, before)
    return end < before ? end : undefined
  }
  const isComma = at(text, before) === char.comma
  if (!isComma && !hasLineFeed(text, before, mark)) return undefined
  const split = isComma ? beforeClosers(given, before) : before + 1
  if (split < before && isQuotedKeyAt(text, mark)) return split
  if (place === 'member') return isQuotedKeyAt(text, mark) && !isInBraces(given, mark) ? split : undefined
  if (inner > 0) return undefined
  const sight = seeQuoted(text, mark)
  if (sight.kind !== 'closed') return undefined
  const code = at(text, sight.next)
  if (code === char.closeBracket) return split
  return code === char.comma && isValueStart(text, skipSpace(text, sight.next + 1)) ? split : undefined
}

/** The offset before the closers at an offset that nothing in the string opens: they end what the string stands in. */
function beforeClosers({ text, start }: QuoteCase, offset: number): number {
  let end = offset
  for (let index = offset - 1; index >= start && index > offset - 16; index--) {
    const code = at(text, index)
    if (char.isJsonSpace(code)) continue
    if (code !== char.closeBrace && code !== char.closeBracket) break
    if (text.slice(Math.max(start, index - lookAhead), index).includes(code === char.closeBrace ? '{' : '[')) break
    end = index
  }
  return end
}
