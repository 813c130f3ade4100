import type { Anchor } from './document.ts'

/** A place in the original. */
export interface Place {
  readonly line: number
  readonly byte: number
}

/** From offsets of a text back to its original. */
export interface Locator {
  /** The place of the character at `offset`. */
  start(offset: number): Place
  /** The place just after the character before `offset`. */
  end(offset: number): Place
}

/** Asked for ascending offsets, all questions together cost one pass over the text. */
export function createLocator(text: string, anchors: readonly Anchor[]): Locator {
  let passed = 0
  let offset = 0
  let line = 1
  let byte = 0

  function locate(target: number, bound: number): Place {
    while (passed < anchors.length && anchors[passed]!.offset < bound) ({ offset, line, byte } = anchors[passed++]!)
    const part = text.slice(offset, target)
    for (let feed = part.indexOf('\n'); feed >= 0; feed = part.indexOf('\n', feed + 1)) line++
    byte += Buffer.byteLength(part)
    offset = target
    return { line, byte }
  }

  return { start: (target) => locate(target, target + 1), end: (target) => locate(target, target) }
}
