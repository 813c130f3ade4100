import * as char from './char.ts'
import { readLiteral } from './literal.ts'
import {
  endsValue,
  hasLineFeed,
  isBareKeyAt,
  isDelimiter,
  isKeyAt,
  isLiteralAt,
  skipSpace,
  skipSpaceBack,
} from './look-ahead.ts'
import { isJsonNumber, numberText } from './number-text.ts'
import { at, lookAhead } from './source.ts'

/**
 * Whether the bracket at an offset begins a value. Where a value is likely (`isOpen`), it does unless it is a link of
 * Markdown; in prose, only what can begin JSON may follow it: not `{name}`, `[INST]` or `[see below]`.
 */
export function isContainerAt(text: string, offset: number, isOpen: boolean): boolean {
  const next = skipSpace(text, offset + 1)
  const code = at(text, next)
  const isBrace = at(text, offset) === char.openBrace
  if (!isBrace && isMark(text, offset)) return false
  if (isOpen && (isBrace || !isLabel(text, offset))) return true
  if (char.quoteFamily(code) > 0) return at(text, next + 1) !== char.lineFeed
  if (code === char.none || code === char.backslash || code === char.slash) return true
  if (code === char.openBrace || code === char.openBracket) return isContainerAt3(text, next)
  if (isBrace) return code === char.closeBrace || (!isTemplate(text, next) && isKeyAt(text, next))
  if (code === char.closeBracket || char.isDigit(code) || code === char.minus) return true
  return isLiteralAt(text, next)
}

/** What follows two brackets in prose; more of them are taken as they come. */
function isContainerAt3(text: string, offset: number): boolean {
  const code = at(text, skipSpace(text, offset + 1))
  return (
    !char.isLetter(code) || isKeyAt(text, skipSpace(text, offset + 1)) || isLiteralAt(text, skipSpace(text, offset + 1))
  )
}

/** `{name}` and `{name:format}` of templates have no space behind the colon and no comma. */
function isTemplate(text: string, from: number): boolean {
  return /^[\w.]+\s*\}/.test(text.slice(from, from + 64))
}

const wrapper =
  /^<(?:!\[CDATA\[|[/|]?(?!(?:html|head|body|div|p|b|i|em|strong|h\d|span|a|ul|ol|li|br|table|t[rdh]|pre)>)[A-Za-z][^<>\s]{0,40}>)/i

/** `<result>` and `<![CDATA[` around a value, but no tag of HTML: the offset behind the tag, else 0. */
export function tagEnd(text: string, offset: number): number {
  const [tag] = wrapper.exec(text.slice(offset, offset + 48)) ?? ['']
  return tag === '' ? 0 : offset + tag.length
}

/** Whether `"""` or `'''` stand at an offset as a fence: with JSON behind the word for it or on the next line, or behind the value. */
export function isQuoteFence(text: string, offset: number): boolean {
  const code = at(text, offset)
  if (code !== char.doubleQuote && code !== char.singleQuote) return false
  if (at(text, offset + 1) !== code || at(text, offset + 2) !== code) return false
  return /^(?:json\w*)?\s*(?:[[{]|$)/i.test(text.slice(offset + 3, offset + 64))
}

/** Whether a quotation mark only stands around a whole object or array (`"{"a": 1}"`, code within a line), or is left over behind a value. */
export function isStrayQuote(text: string, offset: number, isBehind: boolean): boolean {
  if (char.quoteFamily(at(text, offset)) === 0) return false
  if (isBehind) return at(text, skipSpace(text, offset + 1)) === char.none || isInlineEnd(text, offset)
  if (/^`[{[]\s*["'[{\d}\]]/.test(text.slice(offset, offset + 32))) return true
  return /^(["'`])\s*(?:\{|\[(?:\s*\{)?)\s*\1\w[^"'`\\]*\1\s*[:,\]]/.test(text.slice(offset, offset + lookAhead))
}

/** Whether a backtick stands directly behind a bracket: the end of code within a line. */
function isInlineEnd(text: string, offset: number): boolean {
  return at(text, offset) === char.backtick && char.isCloser(at(text, offset - 1))
}

/** Whether the text is nothing but numbers and literals: `1 2 3`. */
export function holdsScalars(text: string): boolean {
  return /^\s*(?:(?:[+-]?\.?\d[\w.+-]*|true|false|null|True|False|None|NaN)(?:\s+|$))+$/.test(text)
}

const loneText =
  /^(?:[@/.~&%+-]{0,2}[\p{L}\p{N}_$][^\s"'`{}[\](),;<>]*["'`]?|[\p{L}\p{N}_-]+ +[\p{L}\p{N}_-]+)(?=\s*(?:$|```|~~~|<))/u

/**
 * Whether one or two words, and nothing else that is text, stand from an offset to the end: a string that has lost its
 * quotes. What ends as a sentence does is prose.
 */
export function isLoneText(text: string, offset: number): boolean {
  const [words] = loneText.exec(text.slice(offset, offset + lookAhead)) ?? ['']
  if (words === '' || /[.!?:,…。！？]$/.test(words)) return false
  const next = skipSpace(text, offset + words.length)
  if (at(text, next) === char.none) return true
  return endsValue(text, next) && /^(?:[`~]{3,}|<[/|][^<>]{1,40}>)\s*$/.test(text.slice(next, next + lookAhead))
}

/**
 * Whether members begin at an offset, where nothing stands before it, whose object has only its closing brace
 * (`a: 1, b: 2}`) or no braces at all: several lines, or parts between commas, that are a name and its value each.
 */
export function isMembersAt(text: string, offset: number): boolean {
  if (skipSpaceBack(text, offset) >= 0 || text.includes('{')) return false
  if (isBareKeyAt(text, offset) && text.trimEnd().endsWith('}')) return true
  if (!bareMember.test(text.slice(offset, offset + lookAhead)) || /[[\]}]/.test(text)) return false
  const whole = text.trim()
  const parts = whole.split(whole.includes('\n') ? '\n' : ',').filter((part) => part.trim() !== '')
  return parts.length > 1 && parts.every((part) => bareMember.test(part))
}

const bareMember = /^\s*[\p{L}_$][\p{L}\p{N}_$-]*[ \t]*[:=](?![:=/])[ \t]*\S/u

/** `[label](target)` and `[LABEL]` followed by prose: no array. */
function isLabel(text: string, offset: number): boolean {
  const label = text.slice(offset, offset + lookAhead)
  const end = label.indexOf(']')
  if (end < 0) return false
  if (!char.isLetter(at(text, offset + 1)) || isLiteralAt(text, offset + 1)) return false
  const after = skipSpace(text, offset + end + 1)
  if (at(text, offset + end + 1) === char.openParenthesis) return true
  return !label.slice(0, end).includes(',') && !isDelimiter(text, after) && at(text, after) !== char.openBracket
}

/** The mark of a prompt format, or a time stamp with more behind it. */
function isMark(text: string, offset: number): boolean {
  const label = text.slice(offset, offset + 64)
  if (marker.test(label)) return true
  const end = label.indexOf(']')
  return end > 0 && isTimestamp(label.slice(1, end)) && !isDelimiter(text, skipSpace(text, offset + end + 1))
}

/** `[INST]` before a bracket, and `[/INST]`: the marks of a prompt format. */
const marker = /^\[(?:\/[A-Z][A-Z_]+\]|[A-Z][A-Z_]+\]\s*[[{<])/

/** `[12:00:00]` and `[2024-01-31 12:00:00]` at the start of a line of a log. */
function isTimestamp(label: string): boolean {
  return /^[\d:.,TZ+/ -]{5,40}$/.test(label) && /\d:\d\d/.test(label)
}

/** `[1]`, `[2, 3]`, `[]` and `{}`: in prose rather a citation or a mention than the value that was asked for. */
export function isCitation(text: string, offset: number): boolean {
  return /^(?:\[[\d\s,–-]*\]|\{\s*\})/.test(text.slice(offset, offset + 40))
}

/** The end of the number or the literal at an offset, if nothing but a delimiter or a new line follows it; else 0. */
export function scalarEnd(text: string, offset: number): number {
  let end = offset
  while (end < offset + lookAhead && isScalarCode(at(text, end))) end++
  if (end === offset) return 0
  const token = text.slice(offset, end)
  const isCut = end === text.length
  const next = skipSpace(text, end)
  if (!isDelimiter(text, next) && !hasLineFeed(text, end, next)) return 0
  if (isJsonNumber(token) || numberText(token) !== undefined) return end
  if (readLiteral(token, false, 'null') !== undefined) return end
  return isCut && /^[a-z]/.test(token) && isJsonCut(token) ? end : 0
}

function isJsonCut(token: string): boolean {
  return ['true', 'false', 'null'].some((word) => word.startsWith(token))
}

function isScalarCode(code: number): boolean {
  return (
    char.isDigit(code) ||
    (code < 0x80 && char.isLetter(code)) ||
    code === char.plus ||
    code === char.minus ||
    code === char.dot
  )
}
