import { describeValue, expectKnownKeys } from '@empire/errors'
import type { Chunker, Piece } from './chunker.ts'
import { type ChunkSize, chunkSize, type OverlapOptions } from './chunk-size.ts'
import type { Block, DocumentPart } from './document.ts'
import { HeadingPath } from './heading-path.ts'
import { pieceMaker } from './piece-maker.ts'
import { SectionSplitter } from './section-splitter.ts'
import { sectionsOf } from './sections-of.ts'
import { type SentenceSplitter, sentenceSplitter } from './sentence-splitter.ts'

/** How `sentenceChunker` cuts. `overlap` is met with whole sentences. */
export interface SentenceChunkerOptions extends OverlapOptions {
  /** The language of the text, as a BCP 47 tag. Default: `en`, which does for most. */
  readonly locale?: string | undefined
  /** Words with a dot that ends no sentence, beside the usual ones: `['Abb.', 'Ziff.']`. */
  readonly abbreviations?: readonly string[] | undefined
}

/**
 * Cuts documents between sentences into chunks of as many whole sentences as fit, each of which may repeat the last ones of
 * the one before. Never across sections; code and tables stay whole where they fit.
 *
 * Sentences are those of Unicode (UAX 29, by `Intl.Segmenter`), except that abbreviations and initials end none.
 */
export function sentenceChunker(options: SentenceChunkerOptions = {}): Chunker {
  expectKnownKeys('"options"', options, ['abbreviations', 'counter', 'locale', 'maxTokens', 'overlap'])
  const { locale = 'en', abbreviations = [] } = options
  const size = chunkSize(options)
  if (!Array.isArray(abbreviations) || !abbreviations.every((word) => typeof word === 'string' && word.endsWith('.'))) {
    throw new TypeError(
      `Expected "abbreviations" to be a list of words with a dot at the end, got ${describeValue(abbreviations)}.`,
    )
  }
  const sentencesOf = sentenceSplitter(locale, abbreviations)
  const own = abbreviations.length > 0 ? ` abbreviations=${JSON.stringify(abbreviations)}` : ''

  return Object.freeze({
    fingerprint: `sentences/1 ${size.description} locale=${locale}${own}`,
    start() {
      const path = new HeadingPath()
      return { push: (part: DocumentPart) => cut(part, refine(part, sentencesOf), path, size), end: () => [] }
    },
  } satisfies Chunker)
}

function* cut(
  part: DocumentPart,
  blocks: readonly Block[],
  path: HeadingPath,
  { maxTokens, overlap, count }: ChunkSize,
): Generator<Piece> {
  const pieceOf = pieceMaker(part)
  const splitter = new SectionSplitter(part.text, { maxTokens, overlap, count, overlapAt: 'block' })
  for (const section of sectionsOf(blocks, path)) {
    for (const range of splitter.split(section.blocks)) yield pieceOf(range, section.headings)
  }
}

/** The blocks of a part, with one for each sentence of a text. */
function refine({ text, blocks }: DocumentPart, sentencesOf: SentenceSplitter): Block[] {
  const refined: Block[] = []
  for (const block of blocks) {
    if (block.kind !== 'text') refined.push(block)
    else
      for (const { start, end } of sentencesOf(text, block.start, block.end)) refined.push({ kind: 'text', start, end })
  }
  return refined
}
