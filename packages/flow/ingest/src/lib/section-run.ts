import type { ChunkerRun, Piece } from './chunker.ts'
import type { Block, DocumentPart } from './document.ts'
import { HeadingPath } from './heading-path.ts'
import { pieceMaker } from './piece-maker.ts'
import { SectionSplitter, type SectionSplitterOptions } from './section-splitter.ts'
import { sectionsOf } from './sections-of.ts'

/** Cuts one document, each section by itself. */
export class SectionRun implements ChunkerRun {
  readonly #options: SectionSplitterOptions
  readonly #blocksOf: (part: DocumentPart) => readonly Block[]
  readonly #path = new HeadingPath()
  /** Kept as long as the text goes on: it has learned how long pieces are. */
  #splitter: SectionSplitter | undefined

  constructor(options: SectionSplitterOptions, blocksOf: (part: DocumentPart) => readonly Block[]) {
    this.#options = options
    this.#blocksOf = blocksOf
  }

  *push(part: DocumentPart): Generator<Piece> {
    const pieceOf = pieceMaker(part)
    const splitter = this.#splitter ?? new SectionSplitter(this.#options)
    for (const { headings, blocks } of sectionsOf(this.#blocksOf(part), this.#path)) {
      for (const range of splitter.split(part.text, blocks)) yield pieceOf(range, headings)
    }
    this.#splitter = part.goesOn === true ? splitter : undefined
  }

  end(): readonly Piece[] {
    return []
  }
}
