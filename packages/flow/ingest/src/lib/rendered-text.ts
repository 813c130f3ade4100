import { byteLength } from './byte-length.ts'
import { countLines } from './count-lines.ts'
import type { Anchor, ContentBlock, DocumentPart } from './document.ts'
import type { Place } from './locator.ts'

/** What was written, as far as a part is told by it. */
export type RenderedPart = Pick<DocumentPart, 'text' | 'blocks' | 'anchors'>

/** Puts together a text that says what a source says in another form, in parts of a bounded size. */
export class RenderedText {
  readonly #encoding: string
  #pieces: string[] = []
  #anchors: Anchor[] = []
  #blocks: ContentBlock[] = []
  #length = 0
  #blockStart = -1

  /** @param encoding That of the source. */
  constructor(encoding: string) {
    this.#encoding = encoding
  }

  /** Of the text since the last part. */
  get length(): number {
    return this.#length
  }

  /** Whether a block is open. */
  get inBlock(): boolean {
    return this.#blockStart >= 0
  }

  /** Starts a block of lines, apart from the one before. */
  startBlock(): void {
    if (this.#blocks.length > 0) this.#push('\n\n')
    this.#blockStart = this.#length
  }

  /** Ends the block at hand, if there is anything in it. */
  endBlock(): void {
    if (this.#blockStart >= 0 && this.#length > this.#blockStart) {
      this.#blocks.push({ kind: 'table', start: this.#blockStart, end: this.#length })
    }
    this.#blockStart = -1
  }

  /** Starts a line in the block at hand, or goes on in it after `gap`. */
  startLine(gap = '\n'): void {
    if (this.#length > this.#blockStart) this.#push(gap)
  }

  /** Adds what stands from one place of the source to another, if it is told in other words. */
  write(text: string, start: Place, end: Place): void {
    if (text === '') return
    this.#anchor(this.#length, start)
    if (countLines(text) !== end.line - start.line) {
      // Its lines are not those of the source: each starts where the whole does, as far as is known.
      for (let feed = text.indexOf('\n'); feed >= 0 && feed + 1 < text.length; feed = text.indexOf('\n', feed + 1)) {
        this.#anchor(this.#length + feed + 1, start)
      }
    }
    // What ends with the last character ends where the source of it does.
    const last = lastCharacter(text)
    const length = byteLength(last, this.#encoding)
    if (text.length > last.length) {
      this.#anchor(this.#length + text.length - last.length, {
        line: last === '\n' ? end.line - 1 : end.line,
        byte: Math.max(start.byte, end.byte - length),
      })
    }
    this.#push(text)
  }

  /** What was written since the last part; `undefined` if that is nothing. */
  takePart(): RenderedPart | undefined {
    this.endBlock()
    if (this.#blocks.length === 0) return undefined
    const part = { text: this.#pieces.join(''), blocks: this.#blocks, anchors: this.#anchors }
    this.#pieces = []
    this.#anchors = []
    this.#blocks = []
    this.#length = 0
    return part
  }

  #anchor(offset: number, { line, byte }: Place): void {
    if (this.#anchors.at(-1)?.offset === offset) this.#anchors.pop()
    this.#anchors.push({ offset, line, byte })
  }

  #push(text: string): void {
    this.#pieces.push(text)
    this.#length += text.length
  }
}

function lastCharacter(text: string): string {
  const last = text.slice(-2)
  return last.length === 2 && last.codePointAt(0)! > 0xffff ? last : text.slice(-1)
}
