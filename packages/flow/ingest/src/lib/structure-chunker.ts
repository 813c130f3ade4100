import { expectKnownKeys } from '@empire/errors'
import type { Chunker } from './chunker.ts'
import { chunkSize, type ChunkSizeOptions } from './chunk-size.ts'
import { SectionRun } from './section-run.ts'

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
  const { description, ...size } = chunkSize(options)
  return Object.freeze({
    fingerprint: `structure/2 ${description}`,
    start: () => new SectionRun(size, ({ blocks }) => blocks),
  } satisfies Chunker)
}
