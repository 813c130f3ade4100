import * as char from './char.ts'
import { closeTop } from './close-frame.ts'
import { firstCloser } from './first-closer.ts'
import type { Frame } from './frames.ts'
import { skipSpaceBack } from './look-ahead.ts'
import { type Scan, countCloser, pushFrame } from './scan.ts'
import { at, lookAhead } from './source.ts'

/** A colon stands where a value has ended: what looked like a value is the key of an object that lacks its opener, or the colon goes. */
export function scanStrayColon(scan: Scan, frame: Frame): void {
  const { source, position } = scan
  if (frame.type === 'array' && isAfterString(scan)) return scanKeyInArray(scan, frame)
  if (char.quoteFamily(at(source.text, frame.lastValue)) > 0) return scanKeyAsValue(scan, frame)
  source.edits.add('remove_text', position, 1, '')
  scan.position++
}

function isAfterString({ source: { text }, member, position }: Scan): boolean {
  return char.quoteFamily(at(text, member)) > 0 && char.quoteFamily(at(text, skipSpaceBack(text, position))) > 0
}

/** `{"a": "b": 1}}`: the value of the member is an object that lacks its opener. */
function scanKeyAsValue(scan: Scan, { lastValue }: Frame): void {
  const { source, frames, position } = scan
  source.edits.add('insert_opener', lastValue, 0, '{')
  pushFrame(scan, 'object', -1, char.closeBrace)
  const object = frames[frames.length - 1]
  if (object !== undefined) {
    object.members = 1
    object.colons = 1
    object.firstKey = lastValue
    object.firstKeyEnd = Math.min(position, lastValue + lookAhead)
  }
  scan.memberEdits = -1
  scan.position = position + 1
  scan.expecting = 'value'
}

/** `["a": 1]`, `[{"a": 1}, "b": 2}]` and `{"a": [1, "b": 2}`: a key where an item should be. */
function scanKeyInArray(scan: Scan, frame: Frame): void {
  const { source, frames, position, member } = scan
  const { text } = source
  const outer = frames[frames.length - 2]
  if (frame.members === 1 && at(text, firstCloser(text, position)) !== char.closeBrace) {
    // All of the array is an object.
    source.edits.add('replace_bracket', frame.open, 1, '{')
    frames.pop()
    countCloser(scan, frame.closer, -1)
    pushFrame(scan, 'object', -1, char.closeBracket)
    const object = frames[frames.length - 1]
    if (object !== undefined) object.members = 1
  } else if (outer?.type === 'object' && leftOpenAt(scan, frame.members === 1) >= 0 && !isLastKey(scan, frame)) {
    // The array was left open before the key.
    const isFirst = frame.members === 1
    frame.members--
    closeTop(scan, leftOpenAt(scan, isFirst), 0)
    if (isFirst) source.edits.add('insert_comma', member, 0, ',')
    outer.members++
  } else {
    source.edits.add('insert_opener', member, 0, '{')
    pushFrame(scan, 'object', -1, char.closeBrace)
    const object = frames[frames.length - 1]
    if (object !== undefined) object.members = 1
  }
  const object = frames[frames.length - 1]
  if (object !== undefined) {
    object.colons++
    if (object.firstKey < 0) {
      object.firstKey = member
      object.firstKeyEnd = position
    }
  }
  scan.memberEdits = -1
  scan.position = position + 1
  scan.expecting = 'value'
}

/**
 * Where the closer of an array is missing before the key at hand: at the comma, or in the white space that stands for it;
 * -1 if neither is there. Before its first item, only behind a comma.
 */
function leftOpenAt({ source: { text }, member, memberComma }: Scan, isFirst: boolean): number {
  if (memberComma >= 0) return memberComma
  const end = skipSpaceBack(text, member) + 1
  if (isFirst && at(text, end - 1) !== char.comma) return -1
  return end < member ? end : -1
}

/** Whether the member at hand has the first key of the object before it. */
function isLastKey({ source: { text }, member }: Scan, { lastKey, lastKeyEnd }: Frame): boolean {
  return lastKey >= 0 && text.startsWith(text.slice(lastKey, lastKeyEnd), member)
}
