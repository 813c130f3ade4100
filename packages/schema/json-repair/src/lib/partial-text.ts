const longestTail = 256
const encoder = new TextEncoder()

/** Text in pieces, from strings or from bytes of UTF-8 that are cut anywhere, with the way back from characters to bytes. */
export class PartialText {
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  #rest = new Uint8Array(0)
  #bytes = new Uint8Array(0)
  /** Of the piece at hand: where it begins, and what it was decoded to. */
  #characterBase = 0
  #byteBase = 0
  #text = ''
  #ascii = true
  #onlyBytes = true
  /** The last characters of the pieces before. */
  #tail = ''
  /** The last offset that was asked for, from which the next is counted. */
  #character = 0
  #byte = 0

  /** The text of the next piece. A character that is cut off at its end comes with the piece that holds its rest. */
  next(chunk: string | Uint8Array): string {
    if (this.#bytes.length > 0) this.#tail = (this.#tail + this.#text).slice(-longestTail)
    this.#characterBase += this.#text.length
    this.#byteBase += this.#bytes.length
    this.#character = 0
    this.#byte = 0
    if (typeof chunk === 'string') {
      const lost = this.#rest.length === 0 ? '' : this.flush()
      if (chunk !== '') this.#onlyBytes = false
      this.#bytes = new Uint8Array(0)
      this.#text = lost + chunk
      return this.#text
    }
    const bytes = this.#rest.length === 0 ? chunk : joined(this.#rest, chunk)
    const whole = bytes.length - cutLength(bytes)
    this.#rest = bytes.slice(whole)
    return this.#decode(bytes.subarray(0, whole))
  }

  /** What is left at the end: a character that was cut off, as U+FFFD. */
  flush(): string {
    const rest = this.#rest
    this.#rest = new Uint8Array(0)
    return rest.length === 0 ? '' : this.#decoder.decode(rest)
  }

  #decode(bytes: Uint8Array): string {
    this.#bytes = new Uint8Array(bytes)
    this.#text = this.#decoder.decode(bytes)
    this.#ascii = this.#text.length === bytes.length
    return this.#text
  }

  /** The offset in bytes of an offset in characters of the piece at hand, or shortly before it. It must not go back, and there is none once a string came. */
  byteOffset(character: number): number | undefined {
    if (!this.#onlyBytes) return undefined
    const wanted = character - this.#characterBase
    if (-wanted > this.#tail.length) return undefined
    if (wanted < 0) return this.#byteBase - encoder.encode(this.#tail.slice(wanted)).length
    if (this.#ascii) return this.#byteBase + wanted
    while (this.#character < wanted) {
      const length = sequenceLength(this.#bytes, this.#byte)
      this.#byte += length
      this.#character += length === 4 ? 2 : 1
    }
    return this.#byteBase + this.#byte
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}

/** How many bytes at the end belong to a character that goes on. */
function cutLength(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] as number
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return sequenceLength(bytes, bytes.length - back) === back && back < leadLength(byte) ? back : 0
  }
  return 0
}

function leadLength(byte: number): number {
  if (byte < 0xc2 || byte > 0xf4) return 1
  return byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4
}

/** Bytes that decode to one character: a sequence, or the part of one for which the Encoding Standard writes one U+FFFD. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] as number
  const length = leadLength(lead)
  for (let index = 1; index < length; index++) {
    const byte = bytes[at + index]
    const lowest = index > 1 ? 0x80 : lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
    const highest = index > 1 ? 0xbf : lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
    if (byte === undefined || byte < lowest || byte > highest) return index
  }
  return length
}
