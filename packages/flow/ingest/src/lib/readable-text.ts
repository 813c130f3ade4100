import type { Anchor, Block, ContentBlock } from './document.ts'
import { headingTitle } from './heading-title.ts'
import { isBlank } from './is-blank.ts'
import { createLocator } from './locator.ts'

/** What stands between two pieces of one block; a later one in this order replaces an earlier one. */
type Gap = '' | ' ' | ' | ' | '\n'
const gaps: readonly Gap[] = ['', ' ', ' | ', '\n']

const spaces = ' \t\n\r\f'
const words = /[^ \t\n\r\f]+(?: [^ \t\n\r\f]+)*/g

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
  readonly #pieces: string[] = []
  readonly #blocks: Block[] = []
  readonly #anchors: { offset: number; source: number }[] = []
  #length = 0
  #gap: Gap = ''
  #mark: { text: string; source: number } | undefined
  /** The block at hand, from its first piece on. */
  #block: OpenBlock | undefined

  /** Adds text whose white space means no more than one space. */
  write(characters: string, source: number, kind: 'text' | 'table', level: number): void {
    if (spaces.includes(characters[0]!)) this.gap(' ')
    for (const match of characters.matchAll(words)) {
      if (match.index > 0) this.gap(' ')
      this.#append(match[0], source + match.index, kind, level)
    }
    if (spaces.includes(characters.at(-1)!)) this.gap(' ')
  }

  /** Adds text as it is, except for blank lines in front. */
  writeVerbatim(characters: string, source: number): void {
    const skipped = this.#block ? 0 : (/^\s*\n/.exec(characters)?.[0].length ?? 0)
    if (skipped < characters.length) this.#append(characters.slice(skipped), source + skipped, 'code', 0)
  }

  /** What to put before the next piece, if it is in the same block. */
  gap(gap: Gap): void {
    if (gaps.indexOf(gap) > gaps.indexOf(this.#gap)) this.#gap = gap
  }

  /** What the next block starts with. */
  mark(text: string, source: number): void {
    this.#mark = { text, source }
  }

  endBlock(): void {
    const block = this.#block
    this.#block = undefined
    this.#gap = ''
    if (!block) return
    const { kind, level, start, end } = block
    this.#truncate(end)
    if (end === start) return
    if (level === 0) this.#blocks.push({ kind, start, end })
    else
      this.#blocks.push({
        kind: 'heading',
        level,
        title: headingTitle(this.#pieces.slice(block.piece).join('')),
        start,
        end,
      })
  }

  finish(source: string): { text: string; blocks: Block[]; anchors: Anchor[] } {
    this.endBlock()
    const locator = createLocator(source, [])
    const anchors = this.#anchors.map((anchor) => ({ offset: anchor.offset, ...locator.start(anchor.source) }))
    if (anchors[0]?.offset !== 0) anchors.unshift({ offset: 0, line: 1, byte: 0 })
    return { text: this.#pieces.join(''), blocks: this.#blocks, anchors }
  }

  #append(piece: string, source: number, kind: ContentBlock['kind'], level: number): void {
    const block = (this.#block ??= this.#beginBlock(kind, level))
    if (this.#gap !== '' && block.end > block.start) this.#push(this.#gap)
    this.#gap = ''
    const last = this.#anchors.at(-1)
    if (!last || this.#length - last.offset !== source - last.source)
      this.#anchors.push({ offset: this.#length, source })
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
      this.#anchors.push({ offset: this.#length, source: mark.source })
      this.#push(mark.text)
    }
    return begun
  }

  #truncate(length: number): void {
    while (this.#length > length) {
      const piece = this.#pieces.pop()!
      this.#length -= piece.length
      if (this.#length < length) this.#push(piece.slice(0, length - this.#length))
    }
    while (this.#anchors.length > 0 && this.#anchors.at(-1)!.offset >= length) this.#anchors.pop()
  }

  #push(piece: string): void {
    this.#pieces.push(piece)
    this.#length += piece.length
  }
}
