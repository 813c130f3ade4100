import { describeValue } from '@empire/errors'
import { type BreakKind, lastBreak } from './break-point.ts'
import type { Block } from './document.ts'
import { isBlank } from './is-blank.ts'

/** A part of a text and its tokens. */
export interface Piece {
  readonly start: number
  readonly end: number
  readonly tokens: number
}

const breaks: Record<Block['kind'], readonly BreakKind[]> = {
  heading: ['sentence', 'line', 'word', 'character'],
  text: ['sentence', 'line', 'word', 'character'],
  code: ['line', 'word', 'character'],
  table: ['line', 'sentence', 'word', 'character'],
}
const longestIndent = 40
/** Filled to this share, or after this many counts, a piece is not worth another count. */
const wellFilled = 0.9
const enoughCounts = 4
/** Text that reaches this much further than what should fit is not counted to its end before its beginning is. */
const overshoot = 1.25

/** Cuts sections of a text into pieces of at most `maxTokens`: whole blocks where they fit. */
export class SectionSplitter {
  readonly #text: string
  readonly #maxTokens: number
  readonly #count: (text: string) => number
  /** As last counted: how much text to try, so that no text is counted more than a few times. */
  #charactersPerToken = 4

  constructor(text: string, maxTokens: number, count: (text: string) => number) {
    this.#text = text
    this.#maxTokens = maxTokens
    this.#count = count
  }

  *split(blocks: readonly Block[]): Generator<Piece> {
    const end = blocks.at(-1)!.end
    // A cut just after a heading would part it from its content.
    const content = blocks.findIndex((block) => block.kind !== 'heading')
    let current = Math.max(content, 0)
    let start = this.#firstOfLine(blocks[0]!.start)
    while (start < end) {
      while (blocks[current]!.end <= start) current++
      const piece = this.#wholeBlocks(start, blocks, current) ?? this.#partOfBlock(start, blocks[current]!)
      if (this.#firstNotBlank(start) < piece.end) yield piece
      start = this.#firstOfLine(piece.end)
    }
  }

  #wholeBlocks(start: number, blocks: readonly Block[], current: number): Piece | undefined {
    return this.#search(start, blocks.at(-1)!.end, (limit) => {
      let index = current
      while (index + 1 < blocks.length && blocks[index + 1]!.end <= limit) index++
      return blocks[index]!.end
    })
  }

  #partOfBlock(start: number, block: Block): Piece {
    for (const kind of breaks[block.kind]) {
      const piece = this.#search(start, block.end, (limit) => lastBreak(this.#text, kind, start, limit))
      if (piece) return piece
    }
    const end = lastBreak(this.#text, 'character', start, start + 1)!
    return { start, end, tokens: this.#measure(start, end) }
  }

  /** The longest piece from `start` that fits, as far as a few guesses tell. `cut` gives the best end up to a limit. */
  #search(start: number, bound: number, cut: (limit: number) => number | undefined): Piece | undefined {
    let best: Piece | undefined
    let tooFar = bound + 1
    let limit = Math.min(bound, start + this.#reach())
    for (let counts = 0; best === undefined || counts < enoughCounts; counts++) {
      const end = cut(limit)
      if (end === undefined || end <= (best?.end ?? start) || end >= tooFar) break
      const tokens = this.#measure(start, end)
      if (tokens <= this.#maxTokens) {
        best = { start, end, tokens }
        if (tokens >= wellFilled * this.#maxTokens) break
        limit = Math.min(start + this.#reach(), tooFar - 1)
      } else {
        tooFar = end
        limit = start + Math.min(this.#reach(), Math.floor((end - start) * wellFilled))
      }
    }
    return best
  }

  /** The tokens of a part, or more than `maxTokens` as soon as its beginning is known to have more. */
  #measure(start: number, end: number): number {
    for (let length = Math.ceil(this.#reach() * overshoot); start + length < end; length *= 2) {
      const tokens = this.#tokensOf(start, start + length)
      if (tokens > this.#maxTokens) return tokens
    }
    return this.#tokensOf(start, end)
  }

  #tokensOf(start: number, end: number): number {
    const tokens = this.#count(this.#text.slice(start, end))
    if (!(tokens >= 0))
      throw new TypeError(`Expected "counter" to count a number from 0, got ${describeValue(tokens)}.`)
    this.#charactersPerToken = (end - start) / Math.max(tokens, 1)
    return tokens
  }

  #reach(): number {
    return Math.max(1, Math.ceil(this.#charactersPerToken * this.#maxTokens))
  }

  #firstNotBlank(start: number): number {
    let first = start
    while (first < this.#text.length && isBlank(this.#text.charCodeAt(first))) first++
    return first
  }

  /** Where the next content starts: with its indent, if it is the first of its line. */
  #firstOfLine(start: number): number {
    const first = this.#firstNotBlank(start)
    let line = first
    while (line > start && first - line <= longestIndent && isIndent(this.#text[line - 1]!)) line--
    return line === 0 || this.#text[line - 1] === '\n' ? line : first
  }
}

function isIndent(character: string): boolean {
  return character === ' ' || character === '\t'
}
