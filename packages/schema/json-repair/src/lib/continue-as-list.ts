import * as char from './char.ts'
import { closeTop } from './close-frame.ts'
import { firstCloser } from './first-closer.ts'
import type { Frame } from './frames.ts'
import { isKeyAt, isQuotedKeyAt, skipSpace } from './look-ahead.ts'
import { type Scan, pushFrame } from './scan.ts'
import { at } from './source.ts'

/** Whether what stands where a key should is no key, and a bracket of a list closes behind it. */
export function isItemOfList({ source: { text }, position }: Scan, frame: Frame): boolean {
  if (frame.lastValue < 0 || isKeyAt(text, position)) return false
  return at(text, firstCloser(text, position)) === char.closeBracket
}

/**
 * `[{"a": 1, 2]`: the object was left open. `{"a": 1, 2], "b": 3}`: its last value is the first of a list that lacks its
 * opener, also within another list if more of the object follows.
 */
export function continueAsList(scan: Scan, frame: Frame): void {
  const { source, frames, comma } = scan
  if (frames[frames.length - 2]?.type === 'array' && !goesOnAsObject(scan, frame)) return leaveObject(scan)
  source.edits.add('insert_opener', frame.lastValue, 0, '[')
  pushFrame(scan, 'array', -1, char.closeBracket)
  const list = frames[frames.length - 1]
  if (list !== undefined) list.members = 1
  scan.comma = comma
}

/** Whether a member of the object follows the closer of the list that its last value began, and of none around it. */
function goesOnAsObject({ source: { text }, frames, position }: Scan, frame: Frame): boolean {
  if (frames[frames.length - 3]?.type === 'object') return false
  const code = at(text, position)
  const isBracket = code === char.openBrace || code === char.openBracket
  if (isBracket && at(text, frame.lastValue) !== code) return false
  const behind = skipSpace(text, firstCloser(text, position) + 1)
  return at(text, behind) === char.comma && isQuotedKeyAt(text, skipSpace(text, behind + 1))
}

/** The object was left open before the comma, or before what stands here. */
export function leaveObject(scan: Scan): void {
  const { comma, position } = scan
  scan.comma = -1
  closeTop(scan, comma >= 0 ? comma : position, 0)
  scan.position = position
  scan.comma = comma
  scan.expecting = 'value'
}
