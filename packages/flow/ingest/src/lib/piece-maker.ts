import type { Piece, Range } from './chunker.ts'
import type { Anchor, DocumentPart } from './document.ts'
import { createLocator } from './locator.ts'
import type { TextRange } from './section-splitter.ts'

/** Makes pieces of ranges of a part, whose starts ascend, and so do their ends. Linear in the part and in the pieces. */
export function pieceMaker(part: DocumentPart): (range: TextRange, headings: readonly string[]) => Piece {
  const { text, anchors } = part
  // Two, for ranges may overlap, and a locator does not go back.
  const starts = createLocator(part)
  const ends = createLocator(part)
  let passed = 0

  return ({ start, end, tokens }, headings) => {
    const first = starts.start(start)
    const last = ends.end(end)
    while (passed < anchors.length && anchors[passed]!.offset <= start) passed++
    const inside: Anchor[] = [anchorAt(0, first)]
    for (let next = passed; next < anchors.length && anchors[next]!.offset < end; next++) {
      inside.push(anchorAt(anchors[next]!.offset - start, anchors[next]!))
    }
    const pages: Range | undefined =
      first.page === undefined || last.page === undefined ? undefined : { start: first.page, end: last.page }
    return {
      headings,
      text: text.slice(start, end),
      lines: { start: first.line, end: last.line },
      bytes: { start: first.byte, end: last.byte },
      ...(pages && { pages }),
      anchors: inside,
      tokens,
    }
  }
}

function anchorAt(offset: number, { line, byte, page }: Omit<Anchor, 'offset'>): Anchor {
  return page === undefined ? { offset, line, byte } : { offset, line, byte, page }
}
