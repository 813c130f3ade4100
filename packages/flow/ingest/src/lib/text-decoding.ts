import { isAscii, isUtf8 } from 'node:buffer'
import { byteLength } from './byte-length.ts'
import { countLines } from './count-lines.ts'
import { decodeBlock, type DecodedBlock } from './decode-block.ts'
import {
  detectEncoding,
  detectWide,
  knownEncoding,
  readByteOrderMark,
  type TextEncodingGuess,
} from './detect-encoding.ts'
import { nulError } from './nul-error.ts'
import { refuseSignature } from './refuse-signature.ts'

const wide = /^utf-(?:16|32)/

/** A stretch of a text, where it stood, and how it was read. */
export interface TextBlock extends DecodedBlock {
  readonly encoding: string
  /** From 0 to 1, where the encoding is a guess. */
  readonly confidence?: number | undefined
}

/** Decodes a text from its start on, block by block. */
export class TextDecoding {
  readonly #path: string
  readonly #label: string | undefined
  #guess: TextEncodingGuess = { encoding: 'utf-8' }
  /** Bytes that are all ASCII tell nothing: it is decided at the first that are not. */
  #decided = false
  #started = false
  #line = 1
  #byte = 0

  /** @param label The encoding that the source or the text itself names. */
  constructor(path: string, label: string | undefined) {
    this.#path = path
    this.#label = label
  }

  /** As far as is known. */
  get encoding(): string {
    return this.#guess.encoding
  }

  /** Takes the first bytes of the text, at least four if there are so many, and gives the length of the mark before it. */
  start(bytes: Buffer): number {
    this.#started = true
    const mark = readByteOrderMark(bytes)
    const encoding = mark?.encoding ?? detectWide(bytes) ?? this.#saidWide(bytes)
    if (encoding !== undefined) {
      this.#guess = { encoding }
      this.#decided = true
    } else {
      refuseSignature(this.#path, bytes)
    }
    this.#byte = mark?.length ?? 0
    return this.#byte
  }

  /** What is said counts where it may be true: pages in ASCII exist that call themselves UTF-16. */
  #saidWide(bytes: Buffer): string | undefined {
    const said = knownEncoding(this.#label)
    return said !== undefined && wide.test(said) && !isUtf8(bytes) ? said : undefined
  }

  /** The text of the bytes that come next, which end between characters. Throws `IngestError` (`binary`) if there is a NUL. */
  decode(bytes: Buffer): TextBlock {
    if (!this.#started) throw new Error('Expected start() before decode().')
    const narrow = !wide.test(this.#guess.encoding)
    if (narrow) {
      const nul = bytes.indexOf(0)
      if (nul >= 0) throw nulError(this.#path, this.#byte + nul)
      if (!this.#decided && !isAscii(bytes)) {
        this.#guess = detectEncoding(bytes, this.#label)
        this.#decided = true
      }
    }
    const { encoding, confidence } = this.#guess
    const { text, anchors } = decodeBlock(bytes, encoding, this.#line, this.#byte)
    if (!narrow) {
      const nul = text.indexOf('\0')
      if (nul >= 0) throw nulError(this.#path, this.#byte + byteLength(text.slice(0, nul), encoding))
    }
    this.#line += countLines(text)
    this.#byte += bytes.length
    return { text, anchors, encoding, confidence }
  }
}
