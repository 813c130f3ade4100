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
  /** Where what was written last stands in the source. */
  #start: Place = { line: 1, byte: 0 }
  #end: Place = { line: 1, byte: 0 }

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
      this.#anchorEnd()
      this.#blocks.push({ kind: 'table', start: this.#blockStart, end: this.#length })
    }
    this.#blockStart = -1
  }

  /** Starts a line in the block at hand, or goes on in it after `gap`. */
  startLine(gap = '\n'): void {
    if (this.#length > this.#blockStart) this.#push(gap)
  }

  /** Adds a name, and what stands from one place of the source to another, if it is told in other words. */
  write(name: string, text: string, start: Place, end: Place): void {
    if (name === '' && text === '') return
    this.#anchor(this.#length, start)
    this.#push(name)
    if (countLines(text) !== end.line - start.line) {
      // Its lines are not those of the source: each starts where the whole does, as far as is known.
      for (let feed = text.indexOf('\n'); feed >= 0 && feed + 1 < text.length; feed = text.indexOf('\n', feed + 1)) {
        this.#anchor(this.#length + feed + 1, start)
      }
    }
    this.#push(text)
    this.#start = start
    this.#end = end
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

  /** What ends with the last character ends where the source of it does. */
  #anchorEnd(): void {
    const last = lastCharacter(this.#pieces.at(-1)!)
    const offset = this.#length - last.length
    if (offset <= this.#anchors.at(-1)!.offset) return
    const { line, byte } = this.#end
    const length = byteLength(last, this.#encoding)
    this.#anchor(offset, { line: last === '\n' ? line - 1 : line, byte: Math.max(this.#start.byte, byte - length) })
  }

  #anchor(offset: number, { line, byte }: Place): void {
    if (this.#anchors.at(-1)?.offset === offset) this.#anchors.pop()
    this.#anchors.push({ offset, line, byte })
  }

  #push(text: string): void {
    if (text === '') return
    this.#pieces.push(text)
    this.#length += text.length
  }
}

function lastCharacter(text: string): string {
  const last = text.slice(-2)
  return last.length === 2 && last.codePointAt(0)! > 0xffff ? last : text.slice(-1)
}
