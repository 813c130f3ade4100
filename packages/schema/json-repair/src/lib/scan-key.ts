import * as char from './char.ts'
import { continueAsList, isItemOfList, leaveObject } from './continue-as-list.ts'
import { escapeDepth } from './escaped-string.ts'
import type { Frame } from './frames.ts'
import { ellipsisLength, endsValue, isKeyAt, isQuotedKeyAt, isValueStart, skipSpace } from './look-ahead.ts'
import { openBracket } from './open-bracket.ts'
import { scanBare } from './scan-bare.ts'
import { scanBlank } from './scan-blank.ts'
import { scanString } from './scan-string.ts'
import { type Scan, beginMember, countCloser, dropMember } from './scan.ts'
import { at, lookAhead } from './source.ts'

/** A key is expected, and something other than a closer or a comma stands at the position. */
export function scanKey(scan: Scan, frame: Frame): void {
  const { source, position } = scan
  const { text, edits } = source
  const code = at(text, position)
  if (isItemOfList(scan, frame)) return continueAsList(scan, frame)
  if (code === char.openBrace || code === char.openBracket || code === char.openParenthesis)
    return scanOpener(scan, frame)
  const outer = scan.frames[scan.frames.length - 2]
  if (outer?.type === 'object' && frame.wrapsObject && frame.members === 1 && frame.colons === 0 && frame.open >= 0) {
    // `{"a": {{"b": 1}, "c": 2}`: one brace too many, and the key is one of the object around it.
    edits.add('remove_opener', frame.open, 1, '')
    scan.frames.pop()
    countCloser(scan, frame.closer, -1)
    return scanKey(scan, outer)
  }
  if (code === char.colon && isSymbolKey(text, position)) {
    edits.add('remove_text', position, 1, '')
    scan.position++
    return
  }
  if (code === char.colon) {
    beginMember(scan, position)
    edits.add('insert_key', position, 0, '""')
    return afterKey(scan, frame, position)
  }
  if (char.quoteFamily(code) > 0 || escapeDepth(text, position) > 0) {
    beginMember(scan, position)
    const { end, isCut } = scanString(source, position, 'key', scan.frames, false)
    if (isCut) return cutKey(scan, end)
    return afterKey(scan, frame, end)
  }
  return scanBareKey(scan, frame)
}

/** `:name =>` of Ruby. */
function isSymbolKey(text: string, offset: number): boolean {
  return /^:[A-Za-z_]\w*[?!]?\s*=>/.test(text.slice(offset, offset + lookAhead))
}

/** A bracket where a key should be: an item of a set, or something misplaced. */
function scanOpener(scan: Scan, frame: Frame): void {
  const { source, position, frames } = scan
  const code = at(source.text, position)
  if (frame.colons > 0 && code === char.openBrace && frames[frames.length - 2]?.type === 'array') {
    // `[{"a": 1, {"b": 2}]`: the object before was left open.
    return leaveObject(scan)
  }
  if (frame.colons > 0 && code === char.openBrace) {
    source.edits.add('remove_opener', position, 1, '')
    frame.ghosts++
    scan.position++
    return
  }
  const note = code === char.openParenthesis && frame.colons > 0 ? noteEnd(source.text, position) : 0
  if (note > 0) {
    source.edits.add('remove_text', position, note - position, '')
    scan.position = note
    return
  }
  beginMember(scan, position)
  if (frame.colons > 0) {
    source.edits.add('insert_key', position, 0, '"":')
    frame.colons++
  } else {
    if (frame.members === 1) frame.wrapsObject = code === char.openBrace
    frame.keyless ??= []
    frame.keyless.push(position)
  }
  openBracket(scan)
}

/** The end of words in parentheses at an offset, else 0. */
function noteEnd(text: string, offset: number): number {
  const [note = ''] = /^\([^()[\]{}"\n]*\)/.exec(text.slice(offset, offset + lookAhead)) ?? []
  return note === '' ? 0 : offset + note.length
}

/** What follows a key: its colon, something in place of it, or nothing. */
function afterKey(scan: Scan, frame: Frame, end: number): void {
  const { source } = scan
  const { text, edits } = source
  if (frame.firstKey < 0) {
    frame.firstKey = scan.member
    frame.firstKeyEnd = Math.min(end, scan.member + lookAhead)
  }
  let next = scanBlank(source, end)
  if (next === end && char.quoteFamily(at(text, end)) > 0 && at(text, skipSpace(text, end + 1)) === char.colon) {
    // `"a"": 1`
    edits.add('remove_text', end, 1, '')
    next = skipSpace(text, end + 1)
  }
  const code = at(text, next)
  if (code === char.none || endsValue(text, next)) return cutKey(scan, next)
  if (code === char.colon) {
    scan.position = next + 1
    if (at(text, next + 1) === char.equals) {
      edits.add('replace_separator', next + 1, 1, '')
      scan.position++
    }
  } else if (code === char.minus && at(text, next + 1) === char.greaterThan) {
    edits.add('replace_separator', next, 2, ':')
    scan.position = next + 2
  } else if (
    code === char.semicolon &&
    isValueStart(text, skipSpace(text, next + 1)) &&
    !isKeyAt(text, skipSpace(text, next + 1))
  ) {
    edits.add('replace_separator', next, 1, ':')
    scan.position = next + 1
  } else if (code === char.equals) {
    const length = at(text, next + 1) === char.greaterThan ? 2 : 1
    edits.add('replace_separator', next, length, ':')
    scan.position = next + length
  } else if (code === char.comma || code === char.semicolon || char.isCloser(code)) {
    frame.bare ??= []
    frame.bare.push(end)
    scan.position = next
    scan.expecting = 'separator'
    return
  } else {
    edits.add('insert_colon', next, 0, ':')
    scan.position = next
  }
  frame.colons++
  scan.memberHasColon = true
  scan.expecting = 'value'
}

function cutKey(scan: Scan, end: number): void {
  dropMember(scan, end, end)
  scan.position = end
  scan.isCut = true
  scan.expecting = 'separator'
}

/** A key without quotes, an item of a set, or words that belong nowhere. */
function scanBareKey(scan: Scan, frame: Frame): void {
  const { source, position } = scan
  const { text, edits } = source
  const dots = ellipsisLength(text, position)
  if (dots > 0) {
    let end = position + dots
    // `...rest` is a spread.
    if (dots === 3)
      while (char.isLetter(at(text, end)) || char.isDigit(at(text, end)) || at(text, end) === char.dot) end++
    if (at(text, skipSpace(text, end)) === char.colon) end = position + dots
    edits.add('remove_ellipsis', position, end - position, '')
    scan.position = end
    return
  }
  let index = position
  let last = position
  for (; ; index++) {
    const code = at(text, index)
    if (code === char.colon && index > position && text.startsWith('//', index + 1)) {
      index += 2
      last = index + 1
      continue
    }
    if (code === char.none || code === char.comma || code === char.colon || code === char.equals) break
    if (char.isCloser(code) || code === char.openBrace || code === char.openBracket || code === char.lineFeed) break
    if (char.quoteFamily(code) > 0 && code !== char.singleQuote) break
    if (code === char.slash && at(text, index + 1) === char.slash) break
    if (!char.isJsonSpace(code)) last = index + 1
  }
  if (at(text, index) === char.lineFeed && at(text, skipSpace(text, index)) === char.colon)
    index = skipSpace(text, index)
  const code = at(text, index)
  if (char.quoteFamily(code) > 0) return scanQuoteInKey(scan, frame, last, index)
  if (code === char.colon || code === char.equals) {
    if (last === position) {
      // `{= 1}`
      edits.add('remove_text', position, 1, '')
      scan.position++
      return
    }
    beginMember(scan, position)
    // `a': 1` has lost its first quote.
    const stray = at(text, last - 1) === char.singleQuote && last > position + 1 ? 1 : 0
    const name = source.original.slice(position, last - stray)
    edits.add(stray > 0 ? 'insert_quote' : 'quote_key', position, last - position, JSON.stringify(name))
    return afterKey(scan, frame, last)
  }
  if (code === char.none) {
    beginMember(scan, position)
    return cutKey(scan, text.length)
  }
  if (last > position && last - position <= 64 && isValueStart(text, skipSpace(text, last)) && code !== char.none) {
    const gap = skipSpace(text, last)
    if (gap === index && (code === char.openBrace || code === char.openBracket)) {
      beginMember(scan, position)
      edits.add('quote_key', position, last - position, JSON.stringify(source.original.slice(position, last)))
      return afterKey(scan, frame, last)
    }
  }
  if (frame.colons > 0) {
    const end = Math.max(index, position + 1)
    edits.add('remove_text', position, end - position, '')
    scan.position = end
    return
  }
  return scanLoneItem(scan, frame)
}

/** A word or a number without a colon: a name without a value, or an item of a set. */
function scanLoneItem(scan: Scan, frame: Frame): void {
  const { source, position } = scan
  beginMember(scan, position)
  const token = scanBare(source, position, false)
  scan.position = token.end
  scan.expecting = 'separator'
  const last = source.edits.last()
  if (last !== undefined && last.offset === position && last.replacement.startsWith('"')) {
    frame.bare ??= []
    frame.bare.push(scan.position)
    return
  }
  frame.keyless ??= []
  frame.keyless.push(position)
}

/** `key": 1` lacks its first quotation mark; words before `"key": 1` belong nowhere. */
function scanQuoteInKey(scan: Scan, frame: Frame, last: number, quote: number): void {
  const { source, position } = scan
  const { text, edits } = source
  const next = skipSpace(text, quote + 1)
  if (at(text, next) === char.colon && last > position) {
    beginMember(scan, position)
    edits.add('insert_quote', position, quote + 1 - position, JSON.stringify(source.original.slice(position, last)))
    return afterKey(scan, frame, quote + 1)
  }
  if (isQuotedKeyAt(text, quote) || frame.colons > 0 || quote === position) {
    const end = Math.max(quote, position + 1)
    edits.add('remove_text', position, end - position, '')
    scan.position = end
    return
  }
  return scanLoneItem(scan, frame)
}
