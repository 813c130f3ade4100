import * as char from './char.ts'
import { closersLeft } from './closers-left.ts'
import { firstCloser } from './first-closer.ts'
import type { Frame } from './frames.ts'
import { isKeyAt, isQuotedKeyAt, skipSpace } from './look-ahead.ts'
import { countCloser, dropComma, openFor, type Scan } from './scan.ts'
import { at, choose, lookAhead } from './source.ts'

/** The closer of JSON that ends a frame; empty for a call. */
function jsonCloser(frame: Frame): string {
  if (frame.type === 'call') return frame.members > 1 ? ']' : ''
  if (isGroup(frame)) return ''
  if (frame.type !== 'object') return ']'
  if (isDoubled(frame)) return ''
  return isSet(frame) ? ']' : '}'
}

/** Whether parentheses only stand around a value: `(1)` is no tuple, `(1,)` is one. */
function isGroup(frame: Frame): boolean {
  return frame.type === 'tuple' && frame.members === 1 && !frame.hasComma
}

/** Whether an object has members and none of them a value, as a set in Python. */
function isSet(frame: Frame): boolean {
  return frame.type === 'object' && frame.colons === 0 && frame.members > 0
}

/** Whether an object only wraps another one: `{{"a": 1}}`. */
function isDoubled(frame: Frame): boolean {
  return isSet(frame) && frame.members === 1 && frame.wrapsObject
}

/** A closer stands at the position, where a member has ended or could begin. */
export function scanCloser(scan: Scan): void {
  const { source, frames, position } = scan
  const { text, edits } = source
  const code = at(text, position)
  const frame = frames[frames.length - 1]
  if (frame === undefined) return
  if (frame.type === 'object' && scan.expecting === 'value') {
    if (code === char.closeBracket && isEmptyList(scan)) {
      // `{"a": ], "b": 1}`
      edits.add('insert_opener', position, 0, '[')
      scan.position++
      scan.expecting = 'separator'
      return
    }
    edits.add('insert_null', position, 0, 'null')
  }
  if (code === frame.closer) {
    if (frame.ghosts > 0 && code === char.closeBrace) {
      frame.ghosts--
      removeCloser(scan)
    } else if (isMisplaced(scan, frame)) {
      if (!continueList(scan, frame)) removeCloser(scan)
    } else closeTop(scan, position, 1)
  } else if (isSurplus(scan)) removeCloser(scan)
  else if (openFor(scan, code) > 0) closeMismatch(scan)
  else if (frames.length > 1 ? followsIn(scan, frames.length - 2) : isLast(scan)) {
    closeTop(scan, position, 1)
  } else removeCloser(scan)
}

/** `["a"], ["b"]` where only one list can stand: the second goes on with the first. */
function continueList(scan: Scan, frame: Frame): boolean {
  const { source, position } = scan
  const { text, edits } = source
  const comma = skipSpace(text, position + 1)
  const next = skipSpace(text, comma + 1)
  if (frame.type !== 'array' || at(text, next) !== char.openBracket) return false
  edits.add('remove_closer', position, 1, '')
  edits.add('remove_opener', next, 1, '')
  scan.comma = comma
  scan.position = next + 1
  scan.expecting = 'value'
  return true
}

function removeCloser(scan: Scan): void {
  scan.source.edits.add('remove_closer', scan.position, 1, '')
  scan.position++
  const frame = scan.frames[scan.frames.length - 1]
  if (scan.comma < 0 && (frame === undefined || frame.members > 0)) scan.expecting = 'separator'
}

/** Whether a bracket that closes in place of a value can only be a list without its opener. */
function isEmptyList({ source: { text }, open, position }: Scan): boolean {
  if (open.bracket === 0) return true
  const next = skipSpace(text, position + 1)
  return at(text, next) === char.comma && isQuotedKeyAt(text, skipSpace(text, next + 1))
}

/** Whether a closer that does not fit is one too many: more of the innermost frame follows, and a closer for each that is open. */
function isSurplus(scan: Scan): boolean {
  const { source, frames, position } = scan
  const { text } = source
  if (at(text, skipSpace(text, position + 1)) !== char.comma || !followsIn(scan, frames.length - 1)) return false
  return closersLeft(text, position + 1) === frames.length
}

/** Whether nothing but white space or text without a comma follows: the value ends here. */
function isLast({ source, position }: Scan): boolean {
  const code = at(source.text, skipSpace(source.text, position + 1))
  return code !== char.comma && !char.isCloser(code)
}

/**
 * A closer that does not fit, with a bracket further out that it would close. Either brackets were left open in between,
 * or it is the wrong one for the bracket at hand: what follows decides.
 */
function closeMismatch(scan: Scan): void {
  const { frames, source, position } = scan
  const code = at(source.text, position)
  let match = frames.length - 2
  while (match >= 0 && frames[match]?.closer !== code && frames.length - match <= maximumMismatch) match--
  const isNear = frames[match]?.closer === code
  const asWrong = followsIn(scan, frames.length - 2)
  const asMissing = isNear && followsIn(scan, match - 1)
  const wrongFirst = asWrong !== asMissing ? asWrong : !asMissing && match === 0 && !isLast(scan)
  const left = asWrong && asMissing ? closersLeft(source.text, position + 1) : -1
  const isBalanced = left === frames.length - 1 && left !== match
  const takeWrong = asWrong === asMissing ? (choose(source, position, 2) === 0) === (wrongFirst || isBalanced) : asWrong
  if (takeWrong) {
    closeTop(scan, position, 1)
    return
  }
  while (frames.length > 0 && frames[frames.length - 1]?.closer !== code) {
    if (!unwrapSet(scan)) closeTop(scan, position, 0)
  }
  closeTop(scan, position, 1)
}

/** `[{{"a": 1}, {"b": 2}]`: a brace that holds nothing but objects in a list, and is not closed, is one too many. */
function unwrapSet(scan: Scan): boolean {
  const { frames, source } = scan
  const frame = frames[frames.length - 1]
  const outer = frames[frames.length - 2]
  if (frame === undefined || outer?.type !== 'array' || !isSet(frame) || frame.open < 0) return false
  if (frame.keyless?.length !== frame.members || !frame.keyless.every((begin) => source.text[begin] === '{'))
    return false
  source.edits.add('remove_opener', frame.open, 1, '')
  frames.pop()
  countCloser(scan, frame.closer, -1)
  return true
}

/** How many brackets a closer is looked for outwards, before all of them count as left open. */
const maximumMismatch = 64

/** Whether what follows the closer at the position fits into the frame at an index; -1 stands for the end. */
function followsIn({ source: { text }, frames, position }: Scan, index: number): boolean {
  const frame = frames[index]
  const next = skipSpace(text, position + 1)
  const code = at(text, next)
  if (frame === undefined) return code !== char.comma && !char.isCloser(code)
  if (code === char.none) return index < 0
  if (char.isCloser(code)) return code === frame.closer
  if (code === char.comma) {
    const after = skipSpace(text, next + 1)
    if (at(text, after) === char.none || char.isCloser(at(text, after))) return true
    return isKeyAt(text, after) === (frame.type === 'object')
  }
  return isKeyAt(text, next) === (frame.type === 'object')
}

/**
 * Whether members of the frame follow its closer: `{"a": 1}, "b": 2}`, `{"a": [1], 2], "b": 3}`. A new object whose
 * opener is missing follows instead when its key is the first one again.
 */
function isMisplaced({ source: { text }, frames, position }: Scan, frame: Frame): boolean {
  let comma = skipSpace(text, position + 1)
  if (frames.length === 1 && frame.type === 'object') {
    while (at(text, comma) === char.closeBrace && comma < position + lookAhead) comma = skipSpace(text, comma + 1)
  }
  if (at(text, comma) !== char.comma) return false
  const next = skipSpace(text, comma + 1)
  const outer = frames[frames.length - 2]
  if (frame.type === 'object') {
    // In a list of an object, the list was rather left open.
    if (outer?.type === 'object' || frames[frames.length - 3]?.type === 'object') return false
    if (!isQuotedKeyAt(text, next)) return false
    return outer === undefined || !text.startsWith(text.slice(frame.firstKey, frame.firstKeyEnd), next)
  }
  if (frame.type !== 'array' || outer?.type !== 'object') return false
  const code = at(text, next)
  if (code === char.openBrace && frames[frames.length - 3]?.type === 'array') return false
  if (code === char.openBracket) return frame.members > 0 && at(text, firstCloser(text, next)) !== char.closeBracket
  return code === char.openBrace || (char.isDigit(code) && !isKeyAt(text, next))
}

/** Puts the closers of all that is open at an offset. */
export function closeAll(scan: Scan, offset: number): void {
  const { source, frames } = scan
  dropComma(scan)
  let closers = ''
  for (let frame = frames.pop(); frame !== undefined; frame = frames.pop()) {
    finishFrame(scan, frame)
    closers += jsonCloser(frame)
  }
  if (closers !== '') source.edits.add('insert_closer', offset, 0, closers)
  scan.position = offset
}

/** Ends the innermost frame: `length` 1 consumes the closer at the offset, 0 puts one that is missing. */
export function closeTop(scan: Scan, offset: number, length: 0 | 1): void {
  const { source, frames } = scan
  const { edits, text } = source
  dropComma(scan)
  const frame = frames.pop()
  if (frame === undefined) return
  countCloser(scan, frame.closer, -1)
  finishFrame(scan, frame)
  const closer = jsonCloser(frame)
  if (length === 0) {
    if (closer !== '') edits.add('insert_closer', offset, 0, closer)
  } else if (text[offset] !== closer) replaceCloser(scan, frame, offset, closer)
  const outer = frames[frames.length - 1]
  if (outer !== undefined) {
    outer.lastKey = frame.firstKey
    outer.lastKeyEnd = frame.firstKeyEnd
  }
  scan.position = offset + length
  scan.expecting = 'separator'
}

function replaceCloser({ source: { edits, text } }: Scan, frame: Frame, offset: number, closer: string): void {
  const kind = at(text, offset) === frame.closer ? 'replace_bracket' : 'replace_closer'
  edits.add(frame.type === 'call' ? 'unwrap_call' : kind, offset, 1, closer)
}

/** What is known only now: members without a value, and that an object was a set. */
function finishFrame({ source: { edits } }: Scan, frame: Frame): void {
  if (frame.type === 'call') {
    if (frame.members === 0) edits.add('insert_null', frame.open + 1, 0, 'null')
    else if (frame.members > 1) edits.add('replace_bracket', frame.open + 1, 0, '[')
  } else if (frame.type === 'tuple') edits.add('replace_bracket', frame.open, 1, isGroup(frame) ? '' : '[')
  else if (isDoubled(frame)) edits.add('remove_opener', frame.open, 1, '')
  else if (isSet(frame) && frame.open >= 0) edits.add('replace_bracket', frame.open, 1, '[')
  else {
    for (const end of frame.bare ?? []) edits.add('insert_null', end, 0, ':null')
    for (const start of frame.keyless ?? []) edits.add('insert_key', start, 0, '"":')
  }
}
