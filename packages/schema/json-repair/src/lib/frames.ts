/** What an open bracket holds: an object, an array, a tuple that becomes an array, or the argument of a call. */
export type FrameType = 'object' | 'array' | 'tuple' | 'call'

/** One open bracket. */
export interface Frame {
  type: FrameType
  /** The offset of its opener; -1 if the text lacks it. */
  readonly open: number
  /** The code unit that closes it in the text. */
  readonly closer: number
  /** Members or items that have begun. */
  members: number
  /** A comma stands in it. */
  hasComma: boolean
  /** Of an object: members with a colon. */
  colons: number
  /** Of an object: where the names without a value end. */
  bare: number[] | undefined
  /** Of an object: where the values without a key begin. */
  keyless: number[] | undefined
  /** Of an object without colons: its only member is an object too. */
  wrapsObject: boolean
  /** Openers inside it that were removed, and whose closers have to go too. */
  ghosts: number
  /** Where the first key stands in the text, quotes and all; -1 without one. */
  firstKey: number
  firstKeyEnd: number
  /** Where the first key of the object stands that was closed in it last. */
  lastKey: number
  lastKeyEnd: number
  /** Of an object: where the value of the last member begins; -1 without one. */
  lastValue: number
}

export function createFrame(type: FrameType, open: number, closer: number): Frame {
  return {
    type,
    open,
    closer,
    members: 0,
    hasComma: false,
    colons: 0,
    bare: undefined,
    keyless: undefined,
    wrapsObject: false,
    ghosts: 0,
    firstKey: -1,
    firstKeyEnd: -1,
    lastKey: -1,
    lastKeyEnd: -1,
    lastValue: -1,
  }
}
