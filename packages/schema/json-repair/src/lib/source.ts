import { none } from './char.ts'
import type { EditList } from './edit-list.ts'

/** How far a decision looks ahead or back at most, in UTF-16 code units. */
export const lookAhead = 256

/** What becomes of `NaN` and the infinities. */
export type NonFinite = 'null' | 'string' | 'number'

/** The text that is scanned, and what the scanner writes down about it. */
export interface Source {
  readonly text: string
  /** The text as it was given: full-width punctuation of it is plain in `text`. */
  readonly original: string
  /** Where the last line of the text begins. */
  readonly lastLine: number
  readonly edits: EditList
  readonly nonFinite: NonFinite
  /** Offsets at which another reading was possible, with the number of readings that were not taken. */
  readonly doubts: Map<number, number>
  /** Which reading to take instead of the first, by offset. */
  readonly choices: ReadonlyMap<number, number>
  /** Edits that stand for a `NaN` or an infinity, by offset. */
  readonly nonFiniteAt: Map<number, number>
}

const maximumDoubts = 64

/**
 * Which of `count` readings to take at an offset: the first, unless another was asked for. Writes the doubt down.
 */
export function choose(source: Source, offset: number, count: number): number {
  if (source.doubts.size < maximumDoubts) source.doubts.set(offset, count - 1)
  return source.choices.get(offset) ?? 0
}

/** The code unit at an offset, or `none` behind the end. */
export function at(text: string, offset: number): number {
  return offset < text.length && offset >= 0 ? text.charCodeAt(offset) : none
}
