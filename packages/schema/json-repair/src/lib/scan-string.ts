import * as char from './char.ts'
import type { Frame } from './frames.ts'
import { escapeDepth, scanEscapedString } from './escaped-string.ts'
import { scanEscape } from './escape-text.ts'
import { judgeQuote } from './judge-quote.ts'
import type { QuoteVerdict, StringPlace } from './quote-case.ts'
import { plainStringEnd } from './plain-string-end.ts'
import { isDelimiter, isKeyAt, isQuotedKeyAt, isWholeItem, quoteRun, seeQuoted, skipSpace } from './look-ahead.ts'
import { closeCutString, isStrayClosing } from './cut-string.ts'
import { at, choose, lookAhead, type Source } from './source.ts'

/** Where a string ends. */
export interface StringEnd {
  readonly end: number
  /** The text ends inside the string. */
  readonly isCut: boolean
}

/** Reads the string that begins at an offset, in quotes of any kind, and writes down its repairs. */
export function scanString(
  source: Source,
  offset: number,
  place: StringPlace,
  frames: readonly Frame[],
  inParentheses: boolean,
): StringEnd {
  const depth = escapeDepth(source.text, offset)
  if (depth > 0) return scanEscapedString(source, offset, depth)
  const end = plainStringEnd(source.text, offset, place)
  if (end > 0) return { end, isCut: false }
  return scanBody(source, offset, place, frames, inParentheses)
}

/** How many quotation marks open a string: 2 for `""a""`, 3 for Python's long strings. */
function openingLength(text: string, offset: number): number {
  const code = at(text, offset)
  if (at(text, offset + 1) !== code) return 1
  let run = 2
  // More are the next string's: each run is counted once.
  while (run < 6 && at(text, offset + run) === code) run++
  const next = skipSpace(text, offset + run)
  if (run >= 6) return 3
  if (isDelimiter(text, next) || at(text, next) === char.colon || at(text, next) === char.plus)
    return run === 2 ? 1 : run / 2
  if (run === 2 && !isDoubled(text, next)) return 1
  return next === offset + run && run <= 3 ? run : 1
}

/** Whether the next quotation mark is doubled too, or ends a string: not `""a" b"`. */
function isDoubled(text: string, from: number): boolean {
  const family = char.quoteFamily(at(text, from - 1))
  for (let index = from; index < from + lookAhead && index < text.length; index++) {
    const code = at(text, index)
    if (code === char.backslash) index++
    else if (char.closesQuote(family, code)) {
      if (char.closesQuote(family, at(text, index + 1))) return true
      const next = skipSpace(text, index + 1)
      return isDelimiter(text, next) || at(text, next) === char.colon
    }
  }
  return true
}

function scanBody(
  source: Source,
  offset: number,
  place: StringPlace,
  frames: readonly Frame[],
  inParentheses: boolean,
): StringEnd {
  const { text, edits } = source
  let family = char.quoteFamily(at(text, offset))
  const run = Math.floor(openingLength(text, offset))
  if (family !== 1 || run > 1) edits.add('replace_quote', offset, run, '"')
  const start = offset + run
  const size = edits.size
  let closing = run
  let segment = start
  let inner = 0
  /** A double quotation mark stands in a string of another family. */
  let hasDouble = false
  let index = start
  for (;;) {
    index = plainEnd(text, index, family)
    const code = at(text, index)
    if (code === char.none) return closeCutString(source, start, place === 'member' || place === 'item' ? frames : [])
    if (code < char.space) {
      edits.add('escape_control', index, 1, controlEscape(code))
      index++
      continue
    }
    if (code === char.backslash) {
      index = scanEscape(source, index)
      continue
    }
    if (!char.closesQuote(family, code)) {
      if (!hasDouble && run === 1 && isForeignEnd(text, index, place)) return close(index)
      hasDouble = true
      edits.add('replace_quote', index, 0, '\\')
      index++
      continue
    }
    if (place === 'key' && run === 1 && at(text, index + 1) === char.colon) return close(index)
    const verdict = run > 1 ? judgeRun(index) : judge(index)
    if (verdict === 'end') {
      if (run === 1) closing = endLength(text, index)
      const next = joinedString(text, index + closing, place)
      if (next < 0) return close(index)
      edits.add('join_strings', index, next - index, '')
      if (next === text.length) {
        edits.rewind(edits.size - 1, index)
        const { end } = close(index)
        edits.add('join_strings', end, next - end, '')
        return { end: next, isCut: true }
      }
      family = char.quoteFamily(at(text, next - 1))
      index = next
      segment = next
    } else if (verdict === 'inner') {
      if (code === char.doubleQuote) edits.add('escape_quote', index, 0, '\\')
      inner++
      index++
      segment = index
    } else return endBefore(verdict.endedAt)
  }

  function close(mark: number): StringEnd {
    if (family !== 1 || closing > 1) edits.add('replace_quote', mark, closing, '"')
    return { end: mark + closing, isCut: false }
  }

  function judge(mark: number): QuoteVerdict {
    const verdict = judgeQuote({ text, place, start, segment, inner, inParentheses, depth: frames.length }, mark)
    const next = at(text, mark + 1)
    if (verdict === 'end' && (inner === 0 || next === char.closeBrace || next === char.closeBracket)) return verdict
    if (choose(source, mark, 2) === 0) return verdict
    return verdict === 'inner' ? 'end' : 'inner'
  }

  function judgeRun(mark: number): QuoteVerdict {
    for (let repeat = 1; repeat < run; repeat++) {
      if (at(text, mark + repeat) === at(text, mark)) continue
      // `""a"`
      const next = skipSpace(text, mark + 1)
      if (run !== 2 || !(isDelimiter(text, next) || at(text, next) === char.colon)) return 'inner'
      closing = 1
    }
    return 'end'
  }

  /** The string lacks its end: it is put behind the last word before the offset. */
  function endBefore(split: number): StringEnd {
    let end = split
    while (end > start && char.isJsonSpace(at(text, end - 1))) end--
    const isStray = isStrayClosing(text, start, end) || isStrayApostrophe(text, start, end)
    if (isStray) end--
    edits.rewind(size, end)
    if (!isStray && isEscapedClosing(text, start, end)) {
      // `"C:\dir\", "b": 1`: the backslash is a part of the string, the quotation mark its end.
      edits.add('escape_backslash', end - 2, 0, '\\')
      return { end, isCut: false }
    }
    edits.add(isStray ? 'replace_quote' : 'insert_quote', end, isStray ? 1 : 0, '"')
    return { end: isStray ? end + 1 : end, isCut: false }
  }
}

/** How many quotation marks end a string: more than one where they are one too many each, as in `"a""`. */
function endLength(text: string, mark: number): number {
  const run = quoteRun(text, mark)
  return run > 1 && isDelimiter(text, skipSpace(text, mark + run)) ? run : 1
}

/** `'a", "b": 1`: whether a double quotation mark directly behind a word ends a string that another kind of mark began. */
function isForeignEnd(text: string, mark: number, place: StringPlace): boolean {
  if (char.isJsonSpace(at(text, mark - 1))) return false
  const next = skipSpace(text, mark + 1)
  const code = at(text, next)
  const after = skipSpace(text, next + 1)
  if (place === 'key') return code === char.colon
  if (code === char.comma)
    return place === 'member' ? isQuotedKeyAt(text, after) : place === 'item' && isWholeItem(text, after)
  const closer = place === 'member' ? char.closeBrace : place === 'item' ? char.closeBracket : char.none
  if (code !== closer || closer === char.none) return false
  return at(text, after) === char.none || at(text, after) === char.comma || char.isCloser(at(text, after))
}

/** Whether a string that a double quotation mark began ends with the only apostrophe in it. */
function isStrayApostrophe(text: string, start: number, end: number): boolean {
  if (end <= start + 1 || at(text, end - 1) !== char.singleQuote || at(text, start - 1) !== char.doubleQuote)
    return false
  return !text.slice(Math.max(start, end - lookAhead), end - 1).includes("'")
}

/** Whether the last of an odd number of escaped quotation marks ends the string. */
function isEscapedClosing(text: string, start: number, end: number): boolean {
  const body = text.slice(Math.max(start, end - lookAhead), end)
  return /[^\\]\\"$/.test(body) && (body.match(/\\"/g)?.length ?? 0) % 2 === 1
}

/** The next code unit that needs a closer look in a string of a family. */
function plainEnd(text: string, from: number, family: number): number {
  let index = from
  for (; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code < char.space || code === char.doubleQuote || code === char.backslash) break
    if (family !== 1 && char.closesQuote(family, code)) break
  }
  return index
}

/** The offset behind the opening quote of a string that `+` joins, the text's end if it is cut there, or -1. */
function joinedString(text: string, from: number, place: StringPlace): number {
  if (place === 'key') return -1
  const sign = skipSpace(text, from)
  if (at(text, sign) !== char.plus) return place === 'member' ? adjacentString(text, from, sign) : -1
  const next = skipSpace(text, sign + 1)
  if (at(text, next) === char.none) return next
  return char.quoteFamily(at(text, next)) > 0 ? next + 1 : -1
}

/** `"a" "b"` as the value of a member is one string, as in Python, if a delimiter follows. */
function adjacentString(text: string, from: number, next: number): number {
  if (next === from || char.quoteFamily(at(text, next)) === 0 || isKeyAt(text, next)) return -1
  let sight = seeQuoted(text, next)
  // More than two are only written so in Python.
  let isPython = at(text, from - 1) === char.singleQuote || at(text, next) === char.singleQuote
  while (sight.kind === 'closed' && char.quoteFamily(at(text, sight.next)) > 0 && sight.next < next + lookAhead) {
    isPython ||= at(text, sight.next) === char.singleQuote
    if (!isPython || isKeyAt(text, sight.next)) return -1
    sight = seeQuoted(text, sight.next)
  }
  if (sight.kind !== 'closed' || !isDelimiter(text, sight.next)) return -1
  return at(text, sight.next) === char.comma && !isKeyAt(text, skipSpace(text, sight.next + 1)) ? -1 : next + 1
}

function controlEscape(code: number): string {
  return JSON.stringify(String.fromCharCode(code)).slice(1, -1)
}
