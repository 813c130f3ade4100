import * as char from './char.ts'
import { callLength } from './call-length.ts'
import { closeAll, scanCloser } from './close-frame.ts'
import { escapeDepth } from './escaped-string.ts'
import type { Frame } from './frames.ts'
import { ellipsisLength, endsValue, isDelimiter, skipSpace } from './look-ahead.ts'
import { openBracket } from './open-bracket.ts'
import { plainScalarEnd, scanBare } from './scan-bare.ts'
import { scanBlank } from './scan-blank.ts'
import { scanKey } from './scan-key.ts'
import { scanPlain } from './scan-plain.ts'
import { scanStrayColon } from './scan-stray-colon.ts'
import { scanString } from './scan-string.ts'
import { type Scan, beginMember, createScan, dropMember, pushFrame } from './scan.ts'
import { type Source, at, lookAhead } from './source.ts'

/** One value of the text. */
export interface ScannedValue {
  /** The offset behind it. */
  readonly end: number
  /** The text ended inside it. */
  readonly isCut: boolean
  /** Nothing is left of it. */
  readonly isLost: boolean
}

/**
 * Reads the value that begins at an offset, whatever it is, and writes down its repairs. `asObject` reads members whose
 * opening brace is missing.
 */
export function scanValue(source: Source, offset: number, asObject = false): ScannedValue {
  const scan = createScan(source, offset)
  const { text, edits } = source
  if (asObject) {
    edits.add('insert_opener', offset, 0, '{')
    pushFrame(scan, 'object', -1, char.closeBrace)
  }
  for (;;) {
    scanPlain(scan)
    const frame = scan.frames[scan.frames.length - 1]
    const isObjectValue = frame?.type === 'object' && scan.expecting === 'value'
    scan.position = scanBlank(source, scan.position, !isObjectValue)
    const code = at(text, scan.position)
    if (code === char.none || endsValue(text, scan.position)) return finish(scan, asObject)
    if (frame === undefined) {
      if (scan.expecting === 'separator') return { end: scan.position, isCut: scan.isCut, isLost: false }
      if (!scanItem(scan, undefined, code)) return { end: scan.position, isCut: true, isLost: true }
    } else if (char.isCloser(code)) scanCloser(scan)
    else if (scan.expecting === 'separator') scanSeparator(scan, frame, code)
    else if (code === char.comma || code === char.semicolon) scanExtraComma(scan, frame)
    else if (scan.expecting === 'key') scanKey(scan, frame)
    else if (!scanItem(scan, frame, code)) scan.isCut = true
    if (scan.frames.length === 0 && scan.expecting === 'separator') {
      return { end: scan.position, isCut: scan.isCut, isLost: false }
    }
  }
}

/** The text ends, or its fence: what is open is closed. */
function finish(scan: Scan, asObject: boolean): ScannedValue {
  const { frames, position } = scan
  const wasOpen = frames.length > (asObject ? 1 : 0) || (asObject && scan.expecting !== 'separator')
  if (frames[frames.length - 1]?.type === 'object' && scan.expecting === 'value') dropMember(scan, position, position)
  if (frames.length === 0) return { end: position, isCut: scan.isCut, isLost: scan.expecting === 'value' }
  closeAll(scan, position)
  return { end: position, isCut: scan.isCut || wasOpen, isLost: false }
}

function scanSeparator(scan: Scan, frame: Frame, code: number): void {
  const { position } = scan
  const { text, edits } = scan.source
  if (code === char.comma || code === char.semicolon) {
    scan.comma = position
    frame.hasComma = true
    scan.position++
  } else if (code === char.colon) {
    return scanStrayColon(scan, frame)
  } else if (ellipsisLength(text, position) > 0) {
    const length = ellipsisLength(text, position)
    edits.add('remove_ellipsis', position, length, '')
    scan.position += length
    return
  } else if (code === char.backslash && escapeDepth(text, position) === 0) {
    edits.add('remove_text', position, 1, '')
    scan.position++
    return
  }
  scan.expecting = frame.type === 'object' ? 'key' : 'value'
}

function scanExtraComma(scan: Scan, frame: Frame): void {
  const { source, position } = scan
  if (frame.type === 'object' && scan.expecting === 'value') {
    source.edits.add('insert_null', position, 0, 'null')
    scan.expecting = 'separator'
    return
  }
  source.edits.add('remove_comma', position, 1, '')
  scan.position++
}

/** A value at the position. `false` if the end of the text left nothing of it. */
function scanItem(scan: Scan, frame: Frame | undefined, code: number): boolean {
  const { source, position } = scan
  const { text, edits } = source
  const inObject = frame?.type === 'object'
  if (frame !== undefined && !inObject) {
    const dots = ellipsisLength(text, position)
    if (dots > 0) {
      scan.position += dots
      // `... and 5 more`
      while (!isItemEnd(text, scan.position)) scan.position++
      edits.add('remove_ellipsis', position, scan.position - position, '')
      return true
    }
  }
  if (code === char.colon && frame !== undefined) {
    // A second colon, or a symbol of Ruby.
    edits.add('remove_text', position, 1, '')
    scan.position++
    return true
  }
  if (code === char.backslash && isBracket(at(text, position + 1))) {
    edits.add('remove_text', position, 1, '')
    scan.position++
    return true
  }
  if (inObject) frame.lastValue = position
  else beginMember(scan, position)
  if (code === char.openParenthesis && frame !== undefined && isTextAt(text, position)) {
    scan.expecting = 'separator'
    scan.position = scanBare(source, position, inObject).end
    return true
  }
  if (code === char.openBrace || code === char.openBracket || code === char.openParenthesis) {
    openBracket(scan)
    return true
  }
  scan.expecting = 'separator'
  const plain = plainScalarEnd(text, position, inObject)
  if (plain > 0) {
    scan.position = plain
    return true
  }
  const prefix = isStringPrefix(text, position) ? 1 : 0
  if (prefix > 0 || char.quoteFamily(code) > 0 || escapeDepth(text, position) > 0) {
    if (prefix > 0) edits.add('replace_quote', position, 1, '')
    const place = frame === undefined ? 'root' : inObject ? 'member' : 'item'
    const inParentheses = scan.open.parenthesis > 0
    const { end, isCut } = scanString(source, position + prefix, place, scan.frames, inParentheses)
    scan.position = end
    scan.isCut ||= isCut
    return true
  }
  const call = char.isLetter(code) ? callLength(text, position) : 0
  if (call > 0 && frame !== undefined && at(text, position + call) === char.closeParenthesis) {
    const empty = emptyCollections.get(text.slice(position, position + call - 1))
    const end = empty === undefined ? scanBare(source, position, inObject).end : position + call + 1
    if (empty !== undefined) edits.add('unwrap_call', position, call + 1, empty)
    scan.position = end
    return true
  }
  if (call > 0) {
    edits.add('unwrap_call', position, call, '')
    scan.position = position + call
    pushFrame(scan, 'call', position + call - 1, char.closeParenthesis)
    return true
  }
  const { end, isLost } = scanBare(source, position, inObject)
  scan.position = end
  if (!isLost) return true
  dropMember(scan, position, scan.position)
  return false
}

/** What Python writes for an empty collection. */
const emptyCollections: ReadonlyMap<string, string> = new Map([
  ['set', '[]'],
  ['frozenset', '[]'],
  ['list', '[]'],
  ['tuple', '[]'],
  ['dict', '{}'],
])

function isBracket(code: number): boolean {
  return code === char.openBrace || code === char.openBracket || code === char.closeBrace || code === char.closeBracket
}

/** Whether parentheses begin text: the parameters of a function (`(…) =>`), or a string that lacks its first quotation mark. */
function isTextAt(text: string, offset: number): boolean {
  const group = text.slice(offset, offset + lookAhead)
  const end = group.indexOf(')')
  if (end < 0) return false
  if (text.startsWith('=>', skipSpace(text, offset + end + 1))) return true
  const next = at(text, offset + end + 1)
  if (next !== char.doubleQuote && next !== char.singleQuote) return false
  return !/["']/.test(group.slice(0, end)) && isDelimiter(text, skipSpace(text, offset + end + 2))
}

/** The letter of `b"…"`, `u'…'`, `f"…"` and `r"…"` in Python. */
function isStringPrefix(text: string, offset: number): boolean {
  const code = at(text, offset)
  // Lower case: b, f, r, u.
  const letter = code | 0x20
  if (letter !== 0x62 && letter !== 0x66 && letter !== 0x72 && letter !== 0x75) return false
  const quote = at(text, offset + 1)
  if (quote !== char.doubleQuote && quote !== char.singleQuote) return false
  const next = skipSpace(text, offset + 2)
  return !isDelimiter(text, next) && at(text, next) !== char.colon
}

function isItemEnd(text: string, offset: number): boolean {
  const code = at(text, offset)
  return (
    code === char.none ||
    code === char.comma ||
    code === char.lineFeed ||
    char.isCloser(code) ||
    code === char.openBrace
  )
}
