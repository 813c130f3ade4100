import { describeValue } from '@empire/errors'
import { createEstimator, type TokenCounter } from '@empire/tokens'
import type { Chunker, Piece } from './chunker.ts'
import type { Anchor, Block, DocumentPart } from './document.ts'
import { createLocator } from './locator.ts'
import { SectionSplitter } from './section-splitter.ts'

/** How `structureChunker` cuts. */
export interface StructureChunkerOptions {
  /** The most tokens of a chunk. A single character that counts more is a chunk by itself. Default: 512. */
  readonly maxTokens?: number | undefined
  /** Counts the tokens. Default: the estimator of `@empire/tokens`. */
  readonly counter?: TokenCounter | undefined
}

/**
 * Cuts documents by their structure into chunks that together hold all their content.
 *
 * A chunk never spans two sections that have content; a heading without content goes with what follows it. As many whole
 * blocks as fit are put together; a block that is too large is cut between sentences, then lines, then words, then
 * characters (code and tables between lines first). Linear in the text: about two counts of each part of it.
 */
export function structureChunker(options: StructureChunkerOptions = {}): Chunker {
  const { maxTokens = 512, counter = createEstimator() } = options
  if (!Number.isSafeInteger(maxTokens) || maxTokens < 1) {
    throw new TypeError(`Expected "maxTokens" to be a whole number from 1, got ${describeValue(maxTokens)}.`)
  }
  if (typeof counter?.count !== 'function') {
    throw new TypeError(`Expected "counter" to be a TokenCounter, got ${describeValue(counter)}.`)
  }
  return Object.freeze({
    fingerprint: `structure/1 maxTokens=${maxTokens} counter=${counter.name}`,
    start() {
      const path: Heading[] = []
      return {
        push: (part) => cut(part, path, new SectionSplitter(part.text, maxTokens, (text) => counter.count(text))),
        end: () => [],
      }
    },
  } satisfies Chunker)
}

function* cut(part: DocumentPart, path: Heading[], splitter: SectionSplitter): Generator<Piece> {
  const { text, blocks, anchors } = part
  const locator = createLocator(part)
  let passed = 0
  for (const section of sectionsOf(blocks, path)) {
    for (const { start, end, tokens } of splitter.split(section.blocks)) {
      const first = locator.start(start)
      const last = locator.end(end)
      while (passed < anchors.length && anchors[passed]!.offset <= start) passed++
      const inside: Anchor[] = [{ offset: 0, line: first.line, byte: first.byte }]
      for (let next = passed; next < anchors.length && anchors[next]!.offset < end; next++) {
        const { offset, line, byte } = anchors[next]!
        inside.push({ offset: offset - start, line, byte })
      }
      yield {
        headings: section.headings,
        text: text.slice(start, end),
        lines: { start: first.line, end: last.line },
        bytes: { start: first.byte, end: last.byte },
        anchors: inside,
        tokens,
      }
    }
  }
}

interface Heading {
  readonly level: number
  readonly title: string
}

interface Section {
  readonly headings: readonly string[]
  readonly blocks: readonly Block[]
}

/** Headings in a row, and the content under the last of them. `path` has the headings that the blocks stand under. */
function* sectionsOf(blocks: readonly Block[], path: Heading[]): Generator<Section> {
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
