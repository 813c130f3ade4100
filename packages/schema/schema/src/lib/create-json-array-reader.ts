import { createJsonElementReader, type JsonElement, PartialJsonError } from '@empire/json-repair'
import { createByteEncoder } from './create-byte-encoder.ts'
import { markLength } from './create-json-line-reader.ts'
import { createUtf8Splitter, type Utf8Part } from './create-utf8-splitter.ts'
import { InvalidJsonStreamError } from './invalid-json-stream-error.ts'
import type { StreamItem, StreamReader } from './stream-item.ts'

const openingBracket = 0x5b
const comma = 0x2c

/** Reads the elements of one JSON array of any length: bytes of UTF-8, cut anywhere. */
export function createJsonArrayReader(maxItemBytes: number): StreamReader<string | Uint8Array> {
  const encoder = createByteEncoder()
  const splitter = createUtf8Splitter()
  let found: JsonElement[] = []
  const reader = createJsonElementReader({ strict: true, onElement: (element) => void found.push(element) })
  /** The length of the byte order mark, which the reader of elements does not see. */
  let mark = 0
  /** How many of them the reader of elements has read. */
  let characters = 0
  let opened = false
  /** Where the element at hand begins. */
  let begun: number | undefined

  function* read({ bytes, text, offset }: Utf8Part): Generator<StreamItem> {
    const skipped = offset === 0 ? markLength(bytes) : 0
    mark += skipped
    const body = bytes.subarray(skipped)
    const start = offset + skipped
    let next = opened ? 0 : openingOf(body, start)
    // The mark is one character.
    const bodyText = skipped === 0 ? text : text.slice(1)
    const failure = attempt(() => reader.push(body), bodyText, start)
    characters += bodyText.length
    const elements = found
    found = []
    for (const { index, value, byteStart = 0, byteEnd = 0 } of elements) {
      expectShort(byteStart + mark, byteEnd - byteStart)
      yield { index, offset: byteStart + mark, value }
      next = byteEnd + mark - start
      begun = undefined
    }
    if (failure !== undefined) throw failure
    begun ??= beginningIn(body, next, start)
    if (begun !== undefined) expectShort(begun, start + body.length - begun)
  }

  /** Finds the bracket that opens the array: what is none would be read as a whole. */
  function openingOf(body: Uint8Array, start: number): number {
    const at = body.findIndex((byte) => !isSpace(byte))
    if (at === -1) return body.length
    opened = true
    if (body[at] === openingBracket) return at + 1
    throw new InvalidJsonStreamError(start + at, 'an array', describeByte(body[at]))
  }

  function attempt(task: () => void, text: string, start: number): InvalidJsonStreamError | undefined {
    try {
      task()
      return undefined
    } catch (error) {
      if (!(error instanceof PartialJsonError)) throw error
      const bytes = new TextEncoder().encode(text.slice(0, error.offset - characters)).length
      return new InvalidJsonStreamError(start + bytes, error.expected, error.received)
    }
  }

  function expectShort(start: number, length: number): void {
    if (length <= maxItemBytes) return
    throw new InvalidJsonStreamError(start, `an element of at most ${maxItemBytes} bytes`, 'a longer one')
  }

  return {
    *push(piece) {
      const part = splitter.push(encoder.encode(piece))
      if (part !== undefined) yield* read(part)
    },
    *end() {
      const part = splitter.push(encoder.end(), true)
      if (part !== undefined) yield* read(part)
      if (!opened) throw new InvalidJsonStreamError(splitter.offset, 'an array', 'the end of the text')
      const failure = attempt(() => void reader.end(), '', splitter.offset)
      if (failure !== undefined) throw failure
    },
  }
}

/** Where the next element begins behind `from`, if in this piece. */
function beginningIn(body: Uint8Array, from: number, start: number): number | undefined {
  for (let at = from; at < body.length; at++) {
    const byte = body[at]
    if (byte !== comma && !isSpace(byte)) return start + at
  }
  return undefined
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}

function describeByte(byte = 0): string {
  return byte > 0x20 && byte < 0x7f ? JSON.stringify(String.fromCharCode(byte)) : `byte 0x${byte.toString(16)}`
}
