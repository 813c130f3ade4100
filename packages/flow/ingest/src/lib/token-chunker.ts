import { expectKnownKeys } from '@empire/errors'
import type { Chunker, ChunkerRun, Piece } from './chunker.ts'
import { type ChunkSize, chunkSize, type OverlapOptions } from './chunk-size.ts'
import type { Block, ContentBlock, DocumentPart } from './document.ts'
import { HeadingPath } from './heading-path.ts'
import { joinParts } from './join-parts.ts'
import { pieceMaker } from './piece-maker.ts'
import { SectionSplitter } from './section-splitter.ts'

/** How `tokenChunker` cuts. */
export interface TokenChunkerOptions extends OverlapOptions {}

/**
 * Cuts documents between words into chunks of as many tokens as fit, whatever their structure, each of which may repeat the
 * end of the one before. The fastest: with an estimating counter and no overlap, little more than one count of each part.
 *
 * A chunk stands under the headings that are open where it starts, or that start with it.
 */
export function tokenChunker(options: TokenChunkerOptions = {}): Chunker {
  expectKnownKeys('"options"', options, ['counter', 'maxTokens', 'overlap'])
  const size = chunkSize(options)
  return Object.freeze({
    fingerprint: `tokens/1 ${size.description}`,
    start: () => new TokenRun(size),
  } satisfies Chunker)
}

class TokenRun implements ChunkerRun {
  readonly #size: ChunkSize
  readonly #path = new HeadingPath()
  /** Parts that go on: a chunk may span them. */
  #held: DocumentPart[] = []

  constructor(size: ChunkSize) {
    this.#size = size
  }

  *push(part: DocumentPart): Generator<Piece> {
    if (part.goesOn === true || this.#held.length > 0) this.#held.push(part)
    if (part.goesOn !== true) yield* cut(this.#taken() ?? part, this.#path, this.#size)
  }

  *end(): Generator<Piece> {
    const rest = this.#taken()
    if (rest !== undefined) yield* cut(rest, this.#path, this.#size)
  }

  #taken(): DocumentPart | undefined {
    const parts = this.#held
    this.#held = []
    return parts.length === 0 ? undefined : joinParts(parts)
  }
}

function* cut(part: DocumentPart, path: HeadingPath, { maxTokens, overlap, count }: ChunkSize): Generator<Piece> {
  const pieceOf = pieceMaker(part)
  const splitter = new SectionSplitter({ maxTokens, overlap, count, breaks: ['word', 'character'] })
  const headings = part.blocks.filter((block) => block.kind === 'heading')
  let passed = 0
  let titles = path.titles
  for (const run of runsOf(part)) {
    for (const range of splitter.split(part.text, [run])) {
      if (headings[passed] && headings[passed]!.start <= range.start) {
        while (headings[passed] && headings[passed]!.start <= range.start) path.enter(headings[passed++]!)
        titles = path.titles
      }
      yield pieceOf(range, titles)
    }
  }
  while (headings[passed]) path.enter(headings[passed++]!)
}

/** Blocks with nothing but blank space between them, as one. */
function* runsOf({ text, blocks }: DocumentPart): Generator<ContentBlock> {
  let run: Block | undefined
  for (const { start, end } of blocks) {
    if (run && text.slice(run.end, start).trim() === '') run = { kind: 'text', start: run.start, end }
    else {
      if (run) yield run as ContentBlock
      run = { kind: 'text', start, end }
    }
  }
  if (run) yield run as ContentBlock
}
