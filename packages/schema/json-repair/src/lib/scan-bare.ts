import * as char from './char.ts'
import { readLiteral } from './literal.ts'
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
  skipSpace,
  skipSpaceBack,
} from './look-ahead.ts'
import { isJsonNumber, numberText } from './number-text.ts'
import { isWrittenSpace } from './scan-blank.ts'
import { at, choose, lookAhead, type Source } from './source.ts'

/** What stands without quotes, where it ends, and whether anything of it is left. */
export interface BareToken {
  readonly end: number
  /** Nothing of it can be kept: a minus sign that the end of the text cut from its number. */
  readonly isLost: boolean
}

/**
 * Reads a value without quotes: a number, a literal, or bare text, which becomes a string.
 *
 * In an object, a comma is part of bare text unless a key or the end of the object follows.
 */
export function scanBare(source: Source, offset: number, inObject: boolean): BareToken {
  const end = bareEnd(source.text, offset, inObject)
  return { end: end.next, isLost: !write(source, offset, end) }
}

/** The end of a number or a literal of JSON with a delimiter behind it, else 0: most tokens, without a detour. */
export function plainScalarEnd(text: string, offset: number, inObject: boolean): number {
  const code = at(text, offset)
  if (code === char.minus || char.isDigit(code)) return plainNumberEnd(text, offset, inObject)
  return code >= 0x66 && code <= 0x74 ? plainLiteralEnd(text, offset) : 0
}

/** The end of a literal of JSON with a delimiter directly behind it, else 0. */
function plainLiteralEnd(text: string, offset: number): number {
  const code = at(text, offset)
  const word = code === 0x74 ? 'true' : code === 0x66 ? 'false' : code === 0x6e ? 'null' : undefined
  if (word === undefined || !text.startsWith(word, offset)) return 0
  const next = at(text, offset + word.length)
  return next === char.comma || next === char.lineFeed || char.isCloser(next) ? offset + word.length : 0
}

/** The end of a number of JSON with a delimiter behind it, else 0. */
function plainNumberEnd(text: string, offset: number, inObject: boolean): number {
  let index = offset
  if (at(text, index) === char.minus) index++
  const first = at(text, index)
  if (!char.isDigit(first)) return 0
  index++
  if (first !== 0x30) while (char.isDigit(at(text, index))) index++
  if (at(text, index) === char.dot) {
    const fraction = ++index
    while (char.isDigit(at(text, index))) index++
    if (index === fraction) return 0
  }
  if ((at(text, index) | 0x20) === 0x65) {
    index++
    if (at(text, index) === char.plus || at(text, index) === char.minus) index++
    const exponent = index
    while (char.isDigit(at(text, index))) index++
    if (index === exponent) return 0
  }
  const code = at(text, index)
  if (code === char.comma) return isThousands(text, index) || (inObject && isDecimalComma(text, index)) ? 0 : index
  if (char.isCloser(code) || code === char.none || code === char.lineFeed || code === char.carriageReturn) return index
  if (code !== char.space && code !== char.tab) return 0
  const next = skipSpace(text, index)
  return hasLineFeed(text, index, next) || isDelimiter(text, next) || isKeyAt(text, next) ? index : 0
}

/** `1,234` is one number for people, unless the next digits are not three. What it means depends on where they live. */
function isThousands(text: string, comma: number): boolean {
  let index = comma
  while (at(text, index) === char.comma && (index === comma || char.isDigit(at(text, index + 1)))) {
    const group = index + 1
    index++
    while (char.isDigit(at(text, index))) index++
    if (index - group !== 3) return false
  }
  return true
}

/** `1,5` in an object: digits directly behind the comma that are no key. */
function isDecimalComma(text: string, comma: number): boolean {
  return char.isDigit(at(text, comma + 1)) && !isKeyAt(text, comma + 1)
}

interface BareEnd {
  /** Behind the last code unit of the text. */
  readonly last: number
  /** Where scanning goes on: behind a stray closing quote. */
  readonly next: number
  readonly isQuoted: boolean
}

function bareEnd(text: string, offset: number, inObject: boolean): BareEnd {
  let index = offset + 1
  let last = index
  for (; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === char.closeBrace || code === char.closeBracket) break
    if (code === char.closeParenthesis && isDelimiter(text, skipSpace(text, index + 1))) break
    if (code === char.comma && commaEnds(text, offset, index, inObject)) break
    if (code === char.semicolon && semicolonEnds(text, offset, index, inObject)) break
    if (code === char.doubleQuote || code === char.singleQuote) {
      if (index > offset && isDelimiter(text, skipSpace(text, index + 1)))
        return { last, next: index + 1, isQuoted: true }
      if (char.isJsonSpace(at(text, index - 1)) ? isKeyAt(text, index) : inObject && isQuotedKeyAt(text, index)) break
      if (!inObject && (char.isJsonSpace(at(text, index - 1)) || isScalarTo(text, offset, index))) break
    }
    if (endsValue(text, index)) break
    if (code === char.backslash && endsAtWritten(text, offset, index)) break
    if (code === char.openBracket || code === char.openBrace || code === char.dot) {
      // Of a run of dots, only what stands before the first can be a scalar.
      if (isScalarTo(text, offset, index) && (code !== char.dot || ellipsisLength(text, index) > 0)) break
    }
    const close = groupEnd(text, index)
    if (close > 0) {
      index = close
      last = close + 1
      continue
    }
    if (char.isJsonSpace(code) || char.isForeignSpace(code)) {
      const next = skipSpace(text, index)
      if (isComment(text, next) || spaceEnds(text, offset, index, next, inObject)) break
      index = next - 1
    } else last = index + 1
  }
  return { last, next: last, isQuoted: false }
}

/** Whether a backslash is white space that was written out before a delimiter or a key, or stands before a closer of a number. */
function endsAtWritten(text: string, start: number, offset: number): boolean {
  let index = offset
  while (at(text, index) === char.backslash && isWrittenSpace(at(text, index + 1))) index = skipSpace(text, index + 2)
  if (index > offset) {
    const isKey = isQuotedKeyAt(text, index) || at(text, index) === char.backslash
    return isKey || (!drive.test(text.slice(start, start + 3)) && isDelimiter(text, index))
  }
  return char.isCloser(at(text, offset + 1)) && isScalarTo(text, start, offset)
}

const drive = /^(?:[A-Za-z]:\\|\\\\)/

/** The end of `(…)`, `[…]` or `{…}` in bare text, else 0: braces belong to it behind a parenthesis, or with plain words in them directly behind a word. */
function groupEnd(text: string, offset: number): number {
  const open = text.charCodeAt(offset)
  const isBody = open === char.openBrace && isFunctionHead(text, skipSpaceBack(text, offset))
  if (open === char.openBrace && !isBody) return plainBracesEnd(text, offset)
  if (open !== char.openParenthesis && open !== char.openBracket && !isBody) return 0
  const close = open === char.openParenthesis ? char.closeParenthesis : open + 2
  let depth = 0
  for (let index = offset; index < offset + lookAhead; index++) {
    const code = at(text, index)
    if (code === char.none || (code === char.doubleQuote && !isBody)) return 0
    if (isBody && char.quoteFamily(code) > 0) {
      const end = text.indexOf(text.charAt(index), index + 1)
      if (end > index && end < offset + lookAhead) index = end
    } else if (code === open) depth++
    else if (code === close && --depth === 0) return index
  }
  return 0
}

/** `b{c d}`: no brace, bracket, quotation mark, colon or line end stands between the braces. */
function plainBracesEnd(text: string, offset: number): number {
  if (!char.isLetter(at(text, offset - 1)) && at(text, offset - 1) !== char.closeBrace) return 0
  const [group = ''] = /^\{[^{}[\]"':\n]*\}/.exec(text.slice(offset, offset + lookAhead)) ?? []
  return group === '' ? 0 : offset + group.length - 1
}

/** Whether `)` or `=>` stands at an offset: a body follows. */
function isFunctionHead(text: string, offset: number): boolean {
  const code = at(text, offset)
  return code === char.closeParenthesis || (code === char.greaterThan && at(text, offset - 1) === char.equals)
}

function commaEnds(text: string, start: number, index: number, inObject: boolean): boolean {
  if (!inObject) return true
  const next = skipSpace(text, index + 1)
  const code = at(text, next)
  if (code === char.none || char.isCloser(code) || code === char.comma || code === char.openBrace) return true
  if (isComment(text, next) || isKeyAt(text, next)) return true
  if (isDecimalComma(text, index) || (char.isDigit(at(text, start)) && isThousands(text, index))) return false
  return isScalarTo(text, start, index)
}

function semicolonEnds(text: string, start: number, index: number, inObject: boolean): boolean {
  const next = skipSpace(text, index + 1)
  if (isKeyAt(text, next) || char.isCloser(at(text, next))) return true
  return !inObject && isScalarTo(text, start, index)
}

/** Whether a number or a literal, and no more, stands between two offsets. */
function isScalarTo(text: string, start: number, end: number): boolean {
  return isScalar(text.slice(start, Math.min(end, start + 40)))
}

function isScalar(token: string): boolean {
  return isJsonNumber(token) || numberText(token) !== undefined || readLiteral(token, false, 'null') !== undefined
}

/** `name =` at the start of a line. */
const assignment = /^[\p{L}_$][\p{L}\p{N}_$-]*[ \t]*=(?![=>])/u

/** White space ends a number or a literal before another value or a key, but not before more words. */
function spaceEnds(text: string, start: number, space: number, next: number, inObject: boolean): boolean {
  const code = at(text, next)
  if (hasLineFeed(text, space, next)) {
    if (!inObject || code === char.none || char.isCloser(code) || code === char.comma || isKeyAt(text, next))
      return true
    if (assignment.test(text.slice(next, next + 64))) return true
  }
  const isAfterScalar = space - start <= 40 && isScalar(text.slice(start, space))
  if (inObject) {
    if (isBareKeyAt(text, next)) return isAfterScalar || !char.isDigit(code)
    return isAfterScalar && (char.quoteFamily(code) > 0 || code === char.openBrace || code === char.openBracket)
  }
  return isAfterScalar && (!char.isLetter(code) || isLiteralAt(text, next))
}

/** Writes what the token is in JSON; `false` if nothing is left of it. */
function write(source: Source, offset: number, { last: end, next, isQuoted }: BareEnd): boolean {
  const { text, edits } = source
  const token = source.original.slice(offset, end)
  const isCut = end === text.length && !isQuoted
  const length = (isQuoted ? next : end) - offset
  if (isQuoted) {
    if (isJsonNumber(token)) edits.add('remove_text', end, next - end, '')
    else edits.add('insert_quote', offset, length, JSON.stringify(token))
    return true
  }
  if (isJsonNumber(token)) return true
  if (isCut && (token === '-' || token === '+' || token === '.')) return false
  const number = numberText(token)
  if (number !== undefined) {
    const asString = number.kind === 'trim_zeros' && choose(source, offset, 2) === 1
    edits.add(asString ? 'quote_value' : number.kind, offset, length, asString ? `"${token}"` : number.json)
    return true
  }
  const literal = readLiteral(token, isCut, source.nonFinite)
  if (literal === undefined) {
    edits.add('quote_value', offset, length, JSON.stringify(withLineEnds(token)))
    return true
  }
  if (literal.kind !== undefined) {
    const asString = !isCut && choose(source, offset, 2) === 1
    edits.add(asString ? 'quote_value' : literal.kind, offset, length, asString ? `"${token}"` : literal.json)
    if (!asString && literal.number !== undefined) source.nonFiniteAt.set(offset, literal.number)
  }
  return true
}

/** In bare text, `\n` and `\t` are written for what they mean, except in the path of a file. */
function withLineEnds(token: string): string {
  if (!token.includes('\\') || drive.test(token)) return token
  return token.replaceAll(/\\[nt]/g, (escape) => (escape === '\\n' ? '\n' : '\t'))
}
