import { createLocator, type Locator, type Place } from './locator.ts'
import type { TextBlock } from './text-decoding.ts'

/** A stretch of the source. */
export interface SourceStretch {
  readonly text: string
  readonly start: Place
  readonly end: Place
  readonly encoding: string
}

interface HeldBlock {
  readonly utf8: Buffer
  readonly locator: Locator
  readonly encoding: string
  /** What was taken of it: bytes and characters. */
  bytes: number
  characters: number
}

/** What was given to a parser and not yet accounted for, so that what it says in bytes of UTF-8 leads back to places. */
export class SourceWindow {
  readonly #blocks: HeldBlock[] = []
  #taken = 0

  /** Adds the next block, and gives it as UTF-8. */
  add(block: TextBlock): Buffer {
    const utf8 = Buffer.from(block.text)
    if (utf8.length > 0) {
      this.#blocks.push({ utf8, locator: createLocator(block), encoding: block.encoding, bytes: 0, characters: 0 })
    }
    return utf8
  }

  /** Where the next stretch starts. */
  get next(): Place {
    const block = this.#blocks[0]
    return block ? block.locator.start(block.characters) : { line: 1, byte: 0 }
  }

  /** The next stretch, up to so many bytes of UTF-8 from the start, without the line breaks around it. */
  takeUpTo(end: number): SourceStretch {
    const texts: string[] = []
    let start: Place | undefined
    let last: Place = { line: 1, byte: 0 }
    let encoding = 'utf-8'
    while (this.#taken < end && this.#blocks.length > 0) {
      const block = this.#blocks[0]!
      const bytes = Math.min(end - this.#taken, block.utf8.length - block.bytes)
      const text = block.utf8.toString('utf8', block.bytes, block.bytes + bytes)
      const trimmedStart = start === undefined ? endOfBreaks(text) : 0
      if (trimmedStart < text.length) {
        start ??= block.locator.start(block.characters + trimmedStart)
        const trimmedEnd = startOfBreaks(text, trimmedStart)
        if (trimmedEnd > trimmedStart) last = block.locator.end(block.characters + trimmedEnd)
        texts.push(text.slice(trimmedStart))
      }
      encoding = block.encoding
      block.bytes += bytes
      block.characters += text.length
      this.#taken += bytes
      if (block.bytes === block.utf8.length) this.#blocks.shift()
    }
    const text = texts.join('')
    return { text: text.slice(0, startOfBreaks(text, 0)), start: start ?? last, end: last, encoding }
  }
}

function endOfBreaks(text: string): number {
  let index = 0
  while (index < text.length && (text[index] === '\n' || text[index] === '\r')) index++
  return index
}

function startOfBreaks(text: string, least: number): number {
  let index = text.length
  while (index > least && (text[index - 1] === '\n' || text[index - 1] === '\r')) index--
  return index
}
