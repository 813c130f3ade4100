import * as char from './char.ts'
import { readLiteral } from './literal.ts'
import { isDelimiter, hasLineFeed, isKeyAt, isLiteralAt, skipSpace } from './look-ahead.ts'
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
  if (isOpen && (isBrace || !isLabel(text, offset))) return true
  if (code === char.none || char.quoteFamily(code) > 0 || code === char.backslash || code === char.slash) return true
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

/** `[label](target)` and `[LABEL]` followed by prose: no array. */
function isLabel(text: string, offset: number): boolean {
  if (!char.isLetter(at(text, offset + 1)) || isLiteralAt(text, offset + 1)) return false
  const label = text.slice(offset, offset + lookAhead)
  const end = label.indexOf(']')
  if (end < 0) return false
  const after = skipSpace(text, offset + end + 1)
  if (at(text, offset + end + 1) === char.openParenthesis) return true
  return !label.slice(0, end).includes(',') && !isDelimiter(text, after) && at(text, after) !== char.openBracket
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
  if (isJsonNumber(token) || numberText(token, isCut) !== undefined) return end
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
