import { describeValue } from '@empire/errors'
import { type BreakKind, lastBreak } from './break-point.ts'
import type { Block } from './document.ts'
import { isBlank } from './is-blank.ts'

/** A part of a text and its tokens. */
export interface TextRange {
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
const longestWord = 40
/** From here on are mostly scripts without spaces, as Chinese and Japanese. */
const firstWide = 0x2e80
/** Filled to this share, or after this many counts, a piece is not worth another count. */
const wellFilled = 0.9
const enoughCounts = 4
/** Text that reaches this much further than what should fit is not counted to its end before its beginning is. */
const overshoot = 1.25

/** The first guess is at less than what should fit: most often that is one count. */
const aim = 0.95
/** A second look for a place to cut pays if it reaches so many times further. */
const enoughMore = 1.2
/** A block that reaches so many times further than what should fit is cut without being counted. */
const farTooLong = 8

/** How `SectionSplitter` cuts. */
export interface SectionSplitterOptions {
  readonly maxTokens: number
  readonly count: (text: string) => number
  /** The most tokens that a piece repeats of the one before. Default: 0. */
  readonly overlap?: number | undefined
  /** Where what is repeated may start. Default: `word`. */
  readonly overlapAt?: 'word' | 'block' | undefined
  /** Where to cut, best first. Default: by the kind of the block. */
  readonly breaks?: readonly BreakKind[] | undefined
}

/** Cuts sections of texts into pieces of at most `maxTokens`: whole blocks where they fit. */
export class SectionSplitter {
  #text = ''
  readonly #maxTokens: number
  readonly #count: (text: string) => number
  readonly #overlap: number
  readonly #overlapAt: 'word' | 'block'
  readonly #breaks: readonly BreakKind[] | undefined
  /** As last counted: how much text to try, so that no text is counted more than a few times. */
  #charactersPerToken = 4

  constructor({ maxTokens, count, overlap = 0, overlapAt = 'word', breaks: cuts }: SectionSplitterOptions) {
    this.#maxTokens = maxTokens
    this.#count = count
    this.#overlap = overlap
    this.#overlapAt = overlapAt
    this.#breaks = cuts
  }

  *split(text: string, blocks: readonly Block[]): Generator<TextRange> {
    this.#text = text
    const end = blocks.at(-1)!.end
    // A cut just after a heading would part it from its content.
    const content = Math.max(
      blocks.findIndex((block) => block.kind !== 'heading'),
      0,
    )
    let current = content
    let start = this.#firstOfLine(blocks[0]!.start)
    let covered = start
    // What is left may be blank: a cell may end with a space.
    while (covered < end && start < end) {
      while (blocks[current]!.end <= start) current++
      while (current > content && blocks[current - 1]!.end > start) current--
      const piece = this.#wholeBlocks(start, blocks, current) ?? this.#partOfBlock(start, blocks[current]!)
      const next = this.#firstOfLine(Math.max(covered, piece.end))
      if (piece.end <= covered) {
        // What is repeated leaves no room for more.
        start = next
        continue
      }
      if (this.#firstNotBlank(start) < piece.end) yield piece
      covered = piece.end
      start = covered < end ? (this.#repeatedFrom(piece, blocks, current) ?? next) : end
    }
  }

  /** Where the end of a piece starts that the next one repeats. */
  #repeatedFrom(piece: TextRange, blocks: readonly Block[], current: number): number | undefined {
    if (this.#overlap === 0) return undefined
    const ratio = this.#charactersPerToken
    let length = Math.floor(ratio * this.#overlap)
    for (let counts = 0; counts < enoughCounts && length > 0; counts++) {
      const from = Math.max(piece.start + 1, piece.end - length)
      const start =
        this.#overlapAt === 'block'
          ? nextStart(blocks, current, from)
          : nextWord(this.#text, counts === 0 ? startOfWord(this.#text, from, piece.start + 1) : from, piece.end)
      if (start >= piece.end) return undefined
      const tokens = this.#tokensOf(start, piece.end)
      this.#charactersPerToken = ratio
      if (tokens <= this.#overlap) return start
      length = Math.min(length, Math.floor((piece.end - start) * 0.8))
    }
    return undefined
  }

  #wholeBlocks(start: number, blocks: readonly Block[], current: number): TextRange | undefined {
    if (this.#breaks !== undefined || blocks[current]!.end - start > farTooLong * (this.#reach() + 500))
      return undefined
    return this.#search(start, blocks.at(-1)!.end, (limit) => {
      let index = current
      while (index + 1 < blocks.length && blocks[index + 1]!.end <= limit) index++
      // Before what belongs together, if it does not all fit.
      let cut = index
      let depth = depthOf(blocks[cut + 1])
      for (let before = index - 1; before >= current && depth > 0; before--) {
        if (depthOf(blocks[before + 1]) < depth) {
          cut = before
          depth = depthOf(blocks[cut + 1])
        }
      }
      return blocks[cut]!.end
    })
  }

  #partOfBlock(start: number, block: Block): TextRange {
    const kinds = this.#breaks ?? breaks[block.kind]
    for (let tried = 0; ;) {
      const limit = Math.min(block.end, start + Math.ceil(aim * this.#reach()))
      if (limit - start <= tried * enoughMore) break
      tried = limit - start
      for (const kind of kinds) {
        if (kind === 'character') continue
        const piece = this.#search(start, block.end, (to) => lastBreak(this.#text, kind, start, to))
        if (piece) return piece
      }
      // What fits was judged by what came before: there may be room for such a place yet.
      if (this.#tokensOf(start, limit) > this.#maxTokens) break
    }
    const piece = this.#search(start, block.end, (to) => lastBreak(this.#text, 'character', start, to))
    if (piece) return piece
    const end = lastBreak(this.#text, 'character', start, start + 1)!
    return { start, end, tokens: this.#measure(start, end) }
  }

  /** The longest piece from `start` that fits, as far as a few guesses tell. `cut` gives the best end up to a limit. */
  #search(start: number, bound: number, cut: (limit: number) => number | undefined): TextRange | undefined {
    let best: TextRange | undefined
    let tooFar = bound + 1
    let limit = Math.min(bound, start + Math.ceil(aim * this.#reach()))
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

function depthOf(block: Block | undefined): number {
  return block === undefined || block.kind === 'heading' ? 0 : (block.depth ?? 0)
}

/** Where the first word starts from an index on; right there in a script without spaces. */
function nextWord(text: string, from: number, end: number): number {
  let index = from
  if (!isBlank(text.charCodeAt(index - 1))) {
    while (index < end && !isBlank(text.charCodeAt(index))) index++
  }
  while (index < end && isBlank(text.charCodeAt(index))) index++
  const unit = text.charCodeAt(from)
  if (index < end || unit < firstWide) return index
  return unit >= 0xdc00 && unit <= 0xdfff ? from + 1 : from
}

/** Where the word starts that is at an index, if it is a usual one. */
function startOfWord(text: string, index: number, least: number): number {
  let start = index
  while (start > least && index - start < longestWord && !isBlank(text.charCodeAt(start - 1))) start--
  return isBlank(text.charCodeAt(start - 1)) ? start : index
}

/** Where the first block starts from an index on. */
function nextStart(blocks: readonly Block[], current: number, from: number): number {
  let index = current
  while (index < blocks.length && blocks[index]!.start < from) index++
  return blocks[index]?.start ?? Infinity
}
