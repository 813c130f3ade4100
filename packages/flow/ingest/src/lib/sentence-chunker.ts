import { describeValue, expectKnownKeys } from '@empire/errors'
import type { Chunker } from './chunker.ts'
import { chunkSize, type OverlapOptions } from './chunk-size.ts'
import type { Block, DocumentPart } from './document.ts'
import { SectionRun } from './section-run.ts'
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
  const { description, ...size } = chunkSize(options)
  if (!Array.isArray(abbreviations) || !abbreviations.every((word) => typeof word === 'string' && word.endsWith('.'))) {
    throw new TypeError(
      `Expected "abbreviations" to be a list of words with a dot at the end, got ${describeValue(abbreviations)}.`,
    )
  }
  const sentencesOf = sentenceSplitter(locale, abbreviations)
  const own = abbreviations.length > 0 ? ` abbreviations=${JSON.stringify(abbreviations)}` : ''

  return Object.freeze({
    fingerprint: `sentences/1 ${description} locale=${locale}${own}`,
    start: () => new SectionRun({ ...size, overlapAt: 'block' }, (part) => refine(part, sentencesOf)),
  } satisfies Chunker)
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
