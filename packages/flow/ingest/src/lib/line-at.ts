import { describeValue } from '@empire/errors'
import type { Piece } from './chunker.ts'
import { createLocator } from './locator.ts'

/**
 * The line of the original, from 1, on which the character at `offset` of a chunk's text stands.
 *
 * Takes time in proportion to the offset.
 */
export function lineAt(chunk: Pick<Piece, 'text' | 'anchors'>, offset: number): number {
  if (!Number.isSafeInteger(offset) || offset < 0 || offset > chunk.text.length) {
    throw new TypeError(`Expected "offset" to be an index into the text, got ${describeValue(offset)}.`)
  }
  return createLocator(chunk).start(offset).line
}
