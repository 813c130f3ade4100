import { byteLength } from './byte-length.ts'
import { countLines } from './count-lines.ts'
import type { Anchor, DocumentPart } from './document.ts'

/** A place in the original. */
export interface Place {
  readonly line: number
  readonly byte: number
  readonly page?: number | undefined
}

/** From offsets of a text back to its original. */
export interface Locator {
  /** The place of the character at `offset`. */
  start(offset: number): Place
  /** The place just after the character before `offset`. */
  end(offset: number): Place
}

/** Asked for ascending offsets, all questions together cost one pass over the text. */
export function createLocator({
  text,
  anchors,
  encoding,
}: Pick<DocumentPart, 'text' | 'anchors' | 'encoding'>): Locator {
  let passed = 0
  let at: Anchor = { offset: 0, line: 1, byte: 0 }

  function locate(target: number, bound: number): Place {
    while (passed < anchors.length && anchors[passed]!.offset < bound) at = anchors[passed++]!
    const { offset, line, byte, page } = at
    const part = text.slice(offset, target)
    // Where the text is longer than what it stands for, it does not reach into what comes after that.
    const next = anchors[passed]
    const lines = line + countLines(part)
    const bytes = byte + byteLength(part, encoding)
    at = {
      offset: target,
      line: Math.min(lines, next?.line ?? lines),
      byte: Math.min(bytes, next?.byte ?? bytes),
      page,
    }
    return at
  }

  return { start: (target) => locate(target, target + 1), end: (target) => locate(target, target) }
}
