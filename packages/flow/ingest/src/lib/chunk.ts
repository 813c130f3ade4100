import { describeValue } from '@empire/errors'
import { createEstimator, type TokenCounter } from '@empire/tokens'
import type { Block, Document } from './document.ts'
import { createLocator } from './locator.ts'
import { SectionSplitter } from './section-splitter.ts'

/** From `start` to `end`; whether `end` is included is said where it is used. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** A part of a document that is small enough to be found, shown and cited by itself. Plain data. */
export interface Chunk {
  /** `documentId#n`, where n counts the chunks of the document from 0. */
  readonly id: string
  /** The id of the document. */
  readonly documentId: string
  /** The path of the document. */
  readonly path: string
  /** The title of the document. */
  readonly title: string
  /** The headings it stands under, outermost first; its own heading is the last of them. */
  readonly headings: readonly string[]
  /** A part of `Document.text`, without blank space around it except for the indent of the first line. */
  readonly text: string
  /** Index into `Document.text` where `text` starts. */
  readonly offset: number
  /** First and last line in the original, from 1, both inclusive. */
  readonly lines: Range
  /** Bytes of the original, from 0, the end exclusive. For Markdown and text they decode to `text`. */
  readonly bytes: Range
  /** What the counter says of `text`. */
  readonly tokens: number
}

/** How `chunk` cuts. */
export interface ChunkOptions {
  /** The most tokens of a chunk. A single character that counts more is a chunk by itself. Default: 512. */
  maxTokens?: number | undefined
  /** Counts the tokens. Default: the estimator of `@empire/tokens`. */
  counter?: TokenCounter | undefined
}

/**
 * Cuts a document into chunks, in order, that together hold all its content.
 *
 * A chunk never spans two sections that have content; a heading without content goes with what follows it. As many whole
 * blocks as fit are put together; a block that is too large is cut between sentences, then lines, then words, then
 * characters (code and tables between lines first). Linear in the text: about two counts of each part of it.
 */
export function chunk(document: Document, options: ChunkOptions = {}): Chunk[] {
  const { maxTokens, counter } = chunkSettings(options)
  const { id: documentId, path, title, text } = document
  const locator = createLocator(text, document.anchors)
  const splitter = new SectionSplitter(text, maxTokens, (part) => counter.count(part))
  const chunks: Chunk[] = []
  for (const section of sectionsOf(document.blocks)) {
    for (const { start, end, tokens } of splitter.split(section.blocks)) {
      const first = locator.start(start)
      const last = locator.end(end)
      chunks.push({
        id: `${documentId}#${chunks.length}`,
        documentId,
        path,
        title,
        headings: section.headings,
        text: text.slice(start, end),
        offset: start,
        lines: { start: first.line, end: last.line },
        bytes: { start: first.byte, end: last.byte },
        tokens,
      })
    }
  }
  return chunks
}

/** The options with their defaults. Throws `TypeError` for values that make no sense. */
export function chunkSettings({ maxTokens = 512, counter = createEstimator() }: ChunkOptions): {
  maxTokens: number
  counter: TokenCounter
} {
  if (!Number.isSafeInteger(maxTokens) || maxTokens < 1) {
    throw new TypeError(`Expected "maxTokens" to be a whole number from 1, got ${describeValue(maxTokens)}.`)
  }
  if (typeof counter?.count !== 'function') {
    throw new TypeError(`Expected "counter" to be a TokenCounter, got ${describeValue(counter)}.`)
  }
  return { maxTokens, counter }
}

interface Section {
  readonly headings: readonly string[]
  readonly blocks: readonly Block[]
}

/** Headings in a row, and the content under the last of them. */
function* sectionsOf(blocks: readonly Block[]): Generator<Section> {
  const path: { level: number; title: string }[] = []
  let section: Block[] = []
  for (const block of blocks) {
    if (block.kind === 'heading') {
      if (section.length > 0 && section.at(-1)!.kind !== 'heading') {
        yield { headings: path.map((heading) => heading.title), blocks: section }
        section = []
      }
      while (path.length > 0 && path.at(-1)!.level >= block.level) path.pop()
      path.push({ level: block.level, title: block.title })
    }
    section.push(block)
  }
  if (section.length > 0) yield { headings: path.map((heading) => heading.title), blocks: section }
}
