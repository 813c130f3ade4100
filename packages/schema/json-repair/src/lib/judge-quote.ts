import * as char from './char.ts'
import {
  ellipsisLength,
  hasLineFeed,
  isBareKeyAt,
  isComment,
  isDelimiter,
  endsValue,
  isKeyAt,
  isLiteralAt,
  isQuotedKeyAt,
  isValueStart,
  isWholeItem,
  seeQuoted,
  skipSpace,
  skipSpaceBack,
} from './look-ahead.ts'
import { closersLeft } from './closers-left.ts'
import { firstCloser } from './first-closer.ts'
import { at, lookAhead } from './source.ts'

/** Where a string stands. */
export type StringPlace = 'key' | 'member' | 'item' | 'root'

/** What a quotation mark inside a string was judged to be: its end, a part of it, or the sign that it ended before. */
export type QuoteVerdict = 'end' | 'inner' | { readonly endedAt: number }

/** What is known of a string when a quotation mark turns up in it. */
export interface QuoteCase {
  readonly text: string
  readonly place: StringPlace
  /** The offset of the first code unit of the string. */
  readonly start: number
  /** The offset behind the quotation mark before this one, or of the start of the string. */
  readonly segment: number
  /** How many quotation marks of the string were judged to be a part of it. */
  readonly inner: number
  /** The string is an argument of a call or stands in a tuple: `)` can follow it. */
  readonly inParentheses: boolean
  /** How many brackets are open around it. */
  readonly depth: number
}

/**
 * Judges a quotation mark inside a string of its own family.
 *
 * What strict JSON allows to follow a string always ends it, so that no valid string is cut. Otherwise what follows
 * decides, at most `lookAhead` code units of it.
 */
export function judgeQuote(given: QuoteCase, mark: number): QuoteVerdict {
  const next = skipSpace(given.text, mark + 1)
  if (at(given.text, next) === char.none || endsValue(given.text, next)) return 'end'
  if (given.place === 'key') return judgeInKey(given, mark, next)
  if (given.place === 'root') return judgeInRoot(given, mark, next)
  return judgeInValue(given, mark, next)
}

function judgeInKey({ text, start, segment }: QuoteCase, mark: number, next: number): QuoteVerdict {
  const code = at(text, next)
  if (code === char.colon) return 'end'
  // `{"a: 1, "b": 2}`: the key lacks its end. Only what follows the last quotation mark is searched, once.
  if (segment === start) {
    const split = text.slice(start, Math.min(mark, start + lookAhead)).indexOf(':')
    if (split > 0) return { endedAt: start + split }
  }
  if (
    code === char.equals ||
    code === char.semicolon ||
    code === char.comma ||
    char.isCloser(code) ||
    char.quoteFamily(code) > 0
  )
    return 'end'
  if (code === char.openBrace || code === char.openBracket || char.isDigit(code) || code === char.minus) return 'end'
  return isLiteralAt(text, next) || isComment(text, next) ? 'end' : 'inner'
}

function judgeInRoot(given: QuoteCase, mark: number, next: number): QuoteVerdict {
  const { text } = given
  const code = at(text, next)
  if (code === char.colon || code === char.semicolon || code === char.closeParenthesis) return 'end'
  if (code === char.comma) return isValueStart(text, skipSpace(text, next + 1)) ? 'end' : 'inner'
  if (code === char.closeBracket || code === char.closeBrace || isJoin(text, next)) return 'end'
  if (isComment(text, next) || isNextString(given, mark, next)) return 'end'
  return hasLineFeed(text, mark, next) ? 'end' : 'inner'
}

/** `"a" "b"`: the quote stands behind a word, and another whole string behind it. */
function isNextString({ text, inner }: QuoteCase, mark: number, next: number): boolean {
  if (inner > 0 || next === mark + 1 || char.quoteFamily(at(text, next)) === 0) return false
  if (skipSpaceBack(text, mark) !== mark - 1) return false
  const sight = seeQuoted(text, next)
  return sight.kind === 'closed' && (isDelimiter(text, sight.next) || char.quoteFamily(at(text, sight.next)) > 0)
}

function judgeInValue(given: QuoteCase, mark: number, next: number): QuoteVerdict {
  const { text, place } = given
  const code = at(text, next)
  if (code === char.comma) return judgeComma(given, mark, next)
  if (code === char.closeBrace || code === char.closeBracket) return judgeCloser(given, mark, next)
  if (code === char.closeParenthesis) {
    if (opensInside(given, mark, next)) return 'inner'
    return given.inParentheses || isDelimiter(text, skipSpace(text, next + 1)) ? 'end' : 'inner'
  }
  if (code === char.colon) return judgeColon(given, mark)
  if (char.quoteFamily(code) > 0) return judgeSecondQuote(given, mark, next)
  if (isJoin(text, next) || ellipsisLength(text, next) > 0) return 'end'
  if (code === char.semicolon) {
    const after = skipSpace(text, next + 1)
    if (place === 'item' && given.inner % 2 === 0 && isValueStart(text, after)) return 'end'
    if (char.isCloser(at(text, after))) return opensInside(given, mark, after) ? 'inner' : 'end'
    return isQuotedKeyAt(text, after) || isBareKeyAt(text, after) ? 'end' : 'inner'
  }
  if (code === char.slash && next === text.length - 1) return 'end'
  if (isSeparator(given, next)) return 'end'
  if (isComment(text, next)) return code === char.slash || next > mark + 1 ? 'end' : 'inner'
  const split = endedBefore(given, mark)
  if (split !== undefined) return { endedAt: split }
  if (place === 'member') {
    if (next > mark + 1 && isBareKeyAt(text, next)) return 'end'
    return next > mark + 1 && (nextQuoteOpensKey(text, next) || isLeftOver(given, next)) ? 'end' : 'inner'
  }
  if (code === char.openBrace || code === char.openBracket)
    return next > mark + 1 || (given.inner === 0 && isWholeBracket(text, next)) ? 'end' : 'inner'
  if (given.inner === 0 && /^(?:-?\d+(?:\.\d+)?|true|false|null)\s*[,\]]/.test(text.slice(next, next + 32)))
    return 'end'
  return hasLineFeed(text, mark + 1, next) || (next > mark + 1 && isLeftOver(given, next)) ? 'end' : 'inner'
}

/** Whether a bracket stands at an offset whose closer is in sight, with a comma or a closer behind. */
function isWholeBracket(text: string, offset: number): boolean {
  const close = firstCloser(text, offset + 1)
  const code = at(text, skipSpace(text, close + 1))
  return at(text, close) === at(text, offset) + 2 && (code === char.comma || code === char.closeBracket)
}

/** A sign that stands for the comma before a key. */
function isSeparator({ text, place }: QuoteCase, offset: number): boolean {
  const code = at(text, offset)
  const next = skipSpace(text, offset + 1)
  if (place === 'member') return (code === char.dot || code === char.bar) && isQuotedKeyAt(text, next)
  return false
}

/** Whether only words without a quotation mark stand between the first quote of a string and a closer, or in a list the next item. */
function isLeftOver({ text, place, inner }: QuoteCase, from: number): boolean {
  if (inner % 2 === 1) return false
  for (let index = from; index < from + lookAhead; index++) {
    const code = at(text, index)
    if (code === char.closeBrace || code === char.closeBracket) return true
    if (code === char.comma && place === 'item' && inner === 0) return isWholeItem(text, skipSpace(text, index + 1))
    if (code === char.none || char.quoteFamily(code) > 0) return false
  }
  return false
}

function judgeComma(given: QuoteCase, mark: number, comma: number): QuoteVerdict {
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

/** `)`, `]` or `}` after the quote: the end, unless it closes a bracket of the string and nothing valid follows. */
function judgeCloser(given: QuoteCase, mark: number, closer: number): QuoteVerdict {
  const { text } = given
  const after = skipSpace(text, closer + 1)
  const code = at(text, after)
  if (code === char.none || code === char.comma || char.isCloser(code) || endsValue(text, after)) {
    if (code !== char.closeParenthesis || given.inParentheses) return 'end'
  }
  return opensInside(given, mark, closer) ? 'inner' : 'end'
}

/** Whether the closer has its opener inside the string, looking back from the quote. */
function opensInside({ text, start }: QuoteCase, mark: number, closer: number): boolean {
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
function isInBraces({ text, start, inner }: QuoteCase, mark: number): boolean {
  if (inner === 0) return false
  let depth = 0
  for (let index = mark - 1; index >= start && index > mark - lookAhead; index--) {
    const code = at(text, index)
    if (code === char.closeBrace) depth++
    else if (code === char.openBrace && --depth < 0) return at(text, skipSpace(text, index + 1)) === char.doubleQuote
  }
  return false
}

/** `"a": "b, c": 1` and `"a": "b⏎c": 1`: the value ended before the name that the quote closes. */
function judgeColon(given: QuoteCase, mark: number): QuoteVerdict {
  const { text, place, segment } = given
  if (isInBraces(given, mark)) return 'inner'
  if (place === 'item' || isKeyWithoutOpener(given, mark)) return 'end'
  for (let index = mark - 1; index >= segment && index > mark - lookAhead; index--) {
    const code = at(text, index)
    if (code === char.comma || code === char.lineFeed) return { endedAt: index }
  }
  return 'inner'
}

/** `{"a": "b": 1}}`: the string is a name, and one closer more follows than brackets are open. */
function isKeyWithoutOpener({ text, start, segment, inner, depth }: QuoteCase, mark: number): boolean {
  if (inner > 0 || segment !== start || !/^[\w$-][\w$ -]{0,40}$/.test(text.slice(start, mark))) return false
  return closersLeft(text, mark + 1) === depth + 1
}

/** A second quotation mark follows: `"53""`, `"a" "b"`, `""a""`. */
function judgeSecondQuote(given: QuoteCase, mark: number, next: number): QuoteVerdict {
  const { text, place, inner } = given
  if (next === mark + 1) {
    const after = skipSpace(text, next + 1)
    const code = at(text, after)
    if (code === char.comma || char.isCloser(code) || code === char.none) {
      // Inches, or the second of a pair.
      const before = at(text, mark - 1)
      const isInner = (inner + escapedQuotes(given, mark)) % 2 === 1 || char.isDigit(before) || mark === given.start || char.isJsonSpace(before)
      return isInner ? 'inner' : 'end'
    }
    if (place === 'item') return inner % 2 === 0 ? 'end' : 'inner'
    return isQuotedKeyAt(text, next) ? 'end' : 'inner'
  }
  if (place === 'item') return inner % 2 === 0 ? 'end' : 'inner'
  if (isNextString(given, mark, next)) return 'end'
  return isKeyAt(text, next) || hasLineFeed(text, mark + 1, next) ? 'end' : 'inner'
}

function escapedQuotes({ text, start }: QuoteCase, mark: number): number {
  return text.slice(Math.max(start, mark - lookAhead), mark).match(/\\"/g)?.length ?? 0
}

/** `"a": "b, "c": 1` and `["a, "b"]`: the quote opens what follows, and the string ended before the comma. */
function endedBefore(given: QuoteCase, mark: number): number | undefined {
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

/** Whether `"` after a gap of bare words opens a key: then the words are no part of the string. */
function nextQuoteOpensKey(text: string, from: number): boolean {
  const quote = findQuote(text, from)
  if (quote < 0 || !isQuotedKeyAt(text, quote)) return false
  const before = skipSpaceBack(text, quote)
  return at(text, before) === char.comma || hasLineFeed(text, before, quote)
}

const reachedEnd = -2

/** The next quotation mark within the look-ahead; `reachedEnd` if the text ends before, -1 if it is further away. */
function findQuote(text: string, from: number): number {
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

/** Whether a delimiter follows the quotation mark at an offset, so that it can close a string. */
function followsDelimiter(text: string, quote: number): boolean {
  const code = at(text, skipSpace(text, quote + 1))
  return code === char.comma || char.isCloser(code) || code === char.none
}

/** `+` and another string: the two are one. */
function isJoin(text: string, offset: number): boolean {
  if (at(text, offset) !== char.plus) return false
  const next = skipSpace(text, offset + 1)
  return at(text, next) === char.none || char.quoteFamily(at(text, next)) > 0
}
