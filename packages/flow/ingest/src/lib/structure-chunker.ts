import { expectKnownKeys } from '@empire/errors'
import type { Chunker, Piece } from './chunker.ts'
import { type ChunkSize, chunkSize, type ChunkSizeOptions } from './chunk-size.ts'
import type { DocumentPart } from './document.ts'
import { HeadingPath } from './heading-path.ts'
import { pieceMaker } from './piece-maker.ts'
import { SectionSplitter } from './section-splitter.ts'
import { sectionsOf } from './sections-of.ts'

/** How `structureChunker` cuts. */
export interface StructureChunkerOptions extends ChunkSizeOptions {}

/**
 * Cuts documents by their structure into chunks that together hold all their content.
 *
 * A chunk never spans two sections that have content; a heading without content goes with what follows it. As many whole
 * blocks as fit are put together, and what belongs together is not begun where it can be left for the next chunk; a block
 * that is too large is cut between sentences, then lines, then words, then characters (code and tables between lines
 * first). Linear in the text: about two counts of each part of it.
 */
export function structureChunker(options: StructureChunkerOptions = {}): Chunker {
  expectKnownKeys('"options"', options, ['counter', 'maxTokens'])
  const size = chunkSize(options)
  return Object.freeze({
    fingerprint: `structure/2 ${size.description}`,
    start() {
      const path = new HeadingPath()
      return { push: (part: DocumentPart) => cut(part, path, size), end: () => [] }
    },
  } satisfies Chunker)
}

function* cut(part: DocumentPart, path: HeadingPath, { maxTokens, count }: ChunkSize): Generator<Piece> {
  const pieceOf = pieceMaker(part)
  const splitter = new SectionSplitter(part.text, { maxTokens, count })
  for (const { headings, blocks } of sectionsOf(part.blocks, path)) {
    for (const range of splitter.split(blocks)) yield pieceOf(range, headings)
  }
}
