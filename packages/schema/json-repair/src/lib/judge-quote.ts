import * as char from './char.ts'
import { closersLeft } from './closers-left.ts'
import { endedBefore } from './ended-before.ts'
import { findQuote } from './find-quote.ts'
import { firstCloser } from './first-closer.ts'
import { judgeComma } from './judge-comma.ts'
import {
  ellipsisLength,
  endsValue,
  hasLineFeed,
  isBareKeyAt,
  isComment,
  isDelimiter,
  isKeyAt,
  isLiteralAt,
  isQuotedKeyAt,
  isValueStart,
  isWholeItem,
  quoteRun,
  seeQuoted,
  skipSpace,
  skipSpaceBack,
} from './look-ahead.ts'
import type { QuoteCase, QuoteVerdict } from './quote-case.ts'
import { at, lookAhead } from './source.ts'
import { isInBraces, opensInside } from './string-brackets.ts'

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
  if ((code === char.slash || code === char.backslash) && next === text.length - 1) return 'end'
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

/** `"a": "b, c": 1` and `"a": "b⏎c": 1`: the value ended before the name that the quote closes. */
function judgeColon(given: QuoteCase, mark: number): QuoteVerdict {
  const { text, place, segment } = given
  if (isInBraces(given, mark)) return 'inner'
  if (place === 'item' || isKeyWithoutOpener(given, mark)) return 'end'
  for (let index = mark - 1; index >= segment && index > mark - lookAhead; index--) {
    const code = at(text, index)
    if (code === char.comma || code === char.lineFeed) return { endedAt: index }
  }
  // `"a": "b"c": 1`: the quotation mark before the name began it, directly behind the value.
  const isName =
    given.inner === 1 && char.isLetter(at(text, segment - 2)) && /^[\w$-]+$/.test(text.slice(segment, mark))
  return isName && isValueStart(text, skipSpace(text, skipSpace(text, mark + 1) + 1))
    ? { endedAt: segment - 1 }
    : 'inner'
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
    const code = at(text, skipSpace(text, mark + quoteRun(text, mark)))
    if (code === char.comma || char.isCloser(code) || code === char.none) {
      // Inches, or the second of a pair.
      const before = at(text, mark - 1)
      const isInner =
        (inner + escapedQuotes(given, mark)) % 2 === 1 ||
        char.isDigit(before) ||
        mark === given.start ||
        char.isJsonSpace(before)
      return isInner ? 'inner' : 'end'
    }
    if (place === 'item') return inner % 2 === 0 ? 'end' : 'inner'
    return isQuotedKeyAt(text, next) ? 'end' : 'inner'
  }
  if (place === 'item') return inner % 2 === 0 ? 'end' : 'inner'
  if (isNextString(given, mark, next)) return 'end'
  return isKeyAt(text, next) || hasLineFeed(text, mark + 1, next) ? 'end' : 'inner'
}

/** Whether `"` after a gap of bare words opens a key: then the words are no part of the string. */
function nextQuoteOpensKey(text: string, from: number): boolean {
  const quote = findQuote(text, from)
  if (quote < 0 || !isQuotedKeyAt(text, quote)) return false
  const before = skipSpaceBack(text, quote)
  return at(text, before) === char.comma || hasLineFeed(text, before, quote)
}

/** `+` and another string: the two are one. */
function isJoin(text: string, offset: number): boolean {
  if (at(text, offset) !== char.plus) return false
  const next = skipSpace(text, offset + 1)
  return at(text, next) === char.none || char.quoteFamily(at(text, next)) > 0
}

function escapedQuotes({ text, start }: QuoteCase, mark: number): number {
  return text.slice(Math.max(start, mark - lookAhead), mark).match(/\\"/g)?.length ?? 0
}
