import { describeValue } from '@empire/errors'
import type { Document } from './document.ts'
import { createLocator } from './locator.ts'

/**
 * The line of the original, from 1, on which the character at `offset` of `document.text` stands.
 *
 * Takes time in proportion to the offset.
 */
export function lineAt(document: Pick<Document, 'text' | 'anchors'>, offset: number): number {
  if (!Number.isSafeInteger(offset) || offset < 0 || offset > document.text.length) {
    throw new TypeError(`Expected "offset" to be an index into the text, got ${describeValue(offset)}.`)
  }
  return createLocator(document.text, document.anchors).start(offset).line
}
