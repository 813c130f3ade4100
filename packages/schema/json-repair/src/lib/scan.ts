import * as char from './char.ts'
import { createFrame, type Frame, type FrameType } from './frames.ts'
import type { Source } from './source.ts'

/** What is expected next. */
export type Expecting = 'key' | 'value' | 'separator'

/** One value that is being read: the open brackets, and the member at hand. */
export interface Scan {
  readonly source: Source
  readonly frames: Frame[]
  /** How many frames each closer can close. */
  readonly open: { brace: number; bracket: number; parenthesis: number }
  position: number
  expecting: Expecting
  /** The comma after the last member, as long as nothing follows it; else -1. */
  comma: number
  /** Where the member at hand begins, the comma before it, and how many edits were there before; -1 forbids to drop it. */
  member: number
  memberComma: number
  memberEdits: number
  /** The member at hand has its colon. */
  memberHasColon: boolean
  isCut: boolean
}

export function createScan(source: Source, position: number): Scan {
  return {
    source,
    frames: [],
    open: { brace: 0, bracket: 0, parenthesis: 0 },
    position,
    expecting: 'value',
    comma: -1,
    member: position,
    memberComma: -1,
    memberEdits: 0,
    memberHasColon: false,
    isCut: false,
  }
}

/** Opens a bracket. `at` is -1 for one that the text lacks. */
export function pushFrame(scan: Scan, type: FrameType, at: number, closer: number): void {
  scan.frames.push(createFrame(type, at, closer))
  countCloser(scan, closer, 1)
  scan.comma = -1
  scan.expecting = type === 'object' ? 'key' : 'value'
}

export function countCloser({ open }: Scan, closer: number, by: number): void {
  if (closer === char.closeBrace) open.brace += by
  else if (closer === char.closeBracket) open.bracket += by
  else open.parenthesis += by
}

/** How many frames a closer can close. */
export function openFor({ open }: Scan, closer: number): number {
  if (closer === char.closeBrace) return open.brace
  return closer === char.closeBracket ? open.bracket : open.parenthesis
}

/** Begins a member or an item: the comma before it stays, or is put where it is missing. */
export function beginMember(scan: Scan, offset: number): void {
  const frame = scan.frames[scan.frames.length - 1]
  const { edits, text } = scan.source
  scan.member = offset
  scan.memberComma = scan.comma
  scan.memberEdits = edits.size
  scan.memberHasColon = false
  if (frame === undefined) return
  if (scan.comma >= 0) {
    if (text.charCodeAt(scan.comma) !== char.comma) edits.add('replace_separator', scan.comma, 1, ',')
  } else if (frame.members > 0) edits.add('insert_comma', offset, 0, ',')
  scan.comma = -1
  frame.members++
}

/**
 * Takes the member at hand back, and all that was repaired in it: the end of the text cut it before its value, or in the
 * first character of it, at `from`. Where brackets were put around it, `null` is its value instead.
 */
export function dropMember(scan: Scan, from: number, end: number): void {
  const { edits } = scan.source
  if (scan.memberEdits < 0) {
    edits.add('insert_null', from, end - from, 'null')
    return
  }
  edits.rewind(scan.memberEdits, 0)
  if (scan.memberComma >= 0) edits.add('remove_cut', scan.memberComma, 1, '')
  if (end > scan.member) edits.add('remove_cut', scan.member, end - scan.member, '')
  const frame = scan.frames[scan.frames.length - 1]
  if (frame !== undefined) {
    frame.members--
    if (scan.memberHasColon) frame.colons--
  }
  scan.comma = -1
}

/** Takes the comma away that nothing follows. */
export function dropComma(scan: Scan): void {
  if (scan.comma >= 0) scan.source.edits.add('remove_trailing_comma', scan.comma, 1, '')
  scan.comma = -1
}
