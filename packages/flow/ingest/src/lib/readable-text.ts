import type { Anchor, Block, ContentBlock } from './document.ts'
import { headingTitle } from './heading-title.ts'
import { isBlank } from './is-blank.ts'
import { createLocator, type Locator } from './locator.ts'
import type { SourceText } from './parsed-text.ts'

/** What stands between two pieces of one block; a later one in this order replaces an earlier one. */
type Gap = '' | ' ' | ' | ' | '\n'
const gaps: readonly Gap[] = ['', ' ', ' | ', '\n']

/** Within a line a place may be off by so many characters of the source: a page may be all entities. */
const anchorDistance = 200
/** A list of millions of pieces takes more memory than their text. */
const piecesBetweenJoins = 1000

interface OpenBlock {
  readonly kind: ContentBlock['kind']
  /** Of a heading, else 0. */
  readonly level: number
  readonly start: number
  /** Just after the last character that is not blank. */
  end: number
  /** Its first among the pieces. */
  readonly piece: number
}

/** Puts blocks of text together and remembers where in the source each piece stood. */
export class ReadableText {
  readonly #texts: string[] = []
  /** What comes after those texts. */
  readonly #pieces: string[] = []
  readonly #blocks: Block[] = []
  readonly #source: string
  readonly #locator: Locator
  readonly #firstByte: number
  readonly #anchors: Anchor[] = []
  /** Where in the source the last anchor is, and where its line ends. */
  #anchor = 0
  #lineEnd = -1
  /** Whether a line of the text has ended since. */
  #newLine = true
  #length = 0
  #gap: Gap = ''
  #mark: { text: string; source: number } | undefined
  /** The block at hand, from its first piece on. */
  #block: OpenBlock | undefined

  constructor(source: SourceText) {
    this.#source = source.text
    this.#locator = createLocator(source)
    this.#firstByte = source.anchors[0]?.byte ?? 0
  }

  /** Adds text whose white space means no more than one space. */
  write(characters: string, source: number, kind: 'text' | 'table', level: number): void {
    let index = 0
    for (;;) {
      const start = index
      while (index < characters.length && isSpace(characters, index)) index++
      if (index > start) this.gap(' ')
      if (index === characters.length) return
      const end = endOfWords(characters, index)
      this.#append(characters.slice(index, end), source + index, kind, level)
      index = end
    }
  }

  /** Adds text as it is, except for blank lines in front. */
  writeVerbatim(characters: string, source: number): void {
    const skipped = this.#block ? 0 : endOfBlankLines(characters)
    if (skipped < characters.length) this.#append(characters.slice(skipped), source + skipped, 'code', 0)
  }

  /** What to put before the next piece, if it is in the same block. */
  gap(gap: Gap): void {
    if (gap !== this.#gap && gaps.indexOf(gap) > gaps.indexOf(this.#gap)) this.#gap = gap
  }

  /** What the next block starts with. */
  mark(text: string, source: number): void {
    this.#mark = { text, source }
  }

  unmark(): void {
    this.#mark = undefined
  }

  /** Ends the block at hand, and gives the number of blocks so far. */
  endBlock(): number {
    const block = this.#block
    this.#block = undefined
    this.#gap = ''
    if (block) this.#seal(block)
    return this.#blocks.length
  }

  #seal(block: OpenBlock): void {
    const { kind, level, start, end } = block
    if (end === start) return this.#truncate(this.#blocks.at(-1)?.end ?? 0)
    this.#truncate(end)
    if (level === 0) this.#blocks.push({ kind, start, end })
    else
      this.#blocks.push({
        kind: 'heading',
        level,
        title: headingTitle(this.#pieces.slice(block.piece).join('')),
        start,
        end,
      })
    if (this.#pieces.length > piecesBetweenJoins) this.#texts.push(this.#pieces.splice(0).join(''))
  }

  finish(): { text: string; blocks: Block[]; anchors: Anchor[] } {
    this.endBlock()
    if (this.#anchors[0]?.offset !== 0) this.#anchors.unshift({ offset: 0, line: 1, byte: this.#firstByte })
    return { text: this.#texts.join('') + this.#pieces.join(''), blocks: this.#blocks, anchors: this.#anchors }
  }

  #append(piece: string, source: number, kind: ContentBlock['kind'], level: number): void {
    const block = (this.#block ??= this.#beginBlock(kind, level))
    if (block.end > block.start) this.#push(this.#gap)
    this.#gap = ''
    if (this.#newLine || source > this.#lineEnd || source - this.#anchor >= anchorDistance) this.#pushAnchor(source)
    let used = piece.length
    while (used > 0 && isBlank(piece.charCodeAt(used - 1))) used--
    if (used > 0) block.end = this.#length + used
    this.#push(piece)
  }

  #beginBlock(kind: ContentBlock['kind'], level: number): OpenBlock {
    const mark = level === 0 ? this.#mark : undefined
    this.#mark = undefined
    this.#gap = ''
    if (this.#blocks.length > 0) this.#push(mark ? '\n' : '\n\n')
    const begun = { kind, level, start: this.#length, end: this.#length, piece: this.#pieces.length }
    if (mark) {
      this.#pushAnchor(mark.source)
      this.#push(mark.text)
    }
    return begun
  }

  #pushAnchor(source: number): void {
    const { line, byte } = this.#locator.start(source)
    this.#anchors.push({ offset: this.#length, line, byte })
    this.#anchor = source
    this.#newLine = false
    if (source <= this.#lineEnd) return
    const feed = this.#source.indexOf('\n', source)
    this.#lineEnd = feed < 0 ? Infinity : feed
  }

  #truncate(length: number): void {
    while (this.#length > length) {
      const piece = this.#pieces.pop()!
      this.#length -= piece.length
      if (this.#length < length) this.#push(piece.slice(0, length - this.#length))
    }
    while (this.#anchors.length > 0 && this.#anchors.at(-1)!.offset >= length) this.#anchors.pop()
    this.#newLine = true
  }

  #push(piece: string): void {
    this.#pieces.push(piece)
    this.#length += piece.length
    this.#newLine ||= piece.includes('\n')
  }
}

/** Where the first line starts that is not blank. */
function endOfBlankLines(text: string): number {
  let line = 0
  for (let index = 0; index < text.length && isBlank(text.charCodeAt(index)); index++) {
    if (text[index] === '\n') line = index + 1
  }
  return line
}

/** White space of HTML: without the no-break space. */
function isSpace(text: string, index: number): boolean {
  const unit = text.charCodeAt(index)
  return unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09 || unit === 0x0c
}

/** The end of the words from `start` on that one plain space parts, which need no change. */
function endOfWords(text: string, start: number): number {
  let index = start
  while (index < text.length) {
    if (isSpace(text, index)) {
      if (text[index] !== ' ' || index + 1 === text.length || isSpace(text, index + 1)) break
    }
    index++
  }
  return index
}
