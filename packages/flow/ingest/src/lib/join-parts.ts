import type { Anchor, Block, DocumentPart } from './document.ts'
import { createLocator, type Place } from './locator.ts'

/** Parts that go on with each other, as one. Linear in all of them. */
export function joinParts(parts: readonly DocumentPart[]): DocumentPart {
  const blocks: Block[] = []
  const anchors: Anchor[] = []
  let length = 0
  let end: Place | undefined
  for (const part of parts) {
    for (const block of part.blocks) blocks.push({ ...block, start: block.start + length, end: block.end + length })
    for (const anchor of part.anchors) {
      // Where the text goes on as the original does, the last anchor still tells the place.
      const told =
        anchor.offset === 0 && anchor.line === end?.line && anchor.byte === end.byte && anchor.page === end.page
      if (!told) anchors.push({ ...anchor, offset: anchor.offset + length })
    }
    end = createLocator(part).end(part.text.length)
    length += part.text.length
  }
  const { encoding } = parts[0]!
  return { text: parts.map(({ text }) => text).join(''), blocks, anchors, encoding }
}
