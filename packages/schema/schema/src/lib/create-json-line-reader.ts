import { createByteEncoder } from './create-byte-encoder.ts'
import { createLineSplitter, type Line } from './create-line-splitter.ts'
import { explainJson } from './explain-json.ts'
import type { StreamItem, StreamReader } from './stream-item.ts'

/** Reads JSON values, one per line: bytes of UTF-8, cut anywhere. Blank lines are no items. */
export function createJsonLineReader(maxItemBytes: number): StreamReader<string | Uint8Array> {
  const encoder = createByteEncoder()
  const splitter = createLineSplitter(maxItemBytes)
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let index = 0

  function* itemsOf(lines: Iterable<Line>): Generator<StreamItem> {
    for (const line of lines) {
      if (line.bytes === undefined) {
        const message = `Too big: expected a line of at most ${maxItemBytes} bytes`
        const issue = { code: 'too_big', path: [], message, origin: 'line', maximum: maxItemBytes, inclusive: true }
        yield { index: index++, offset: line.offset, issue }
        continue
      }
      const mark = line.offset === 0 ? markLength(line.bytes) : 0
      const bytes = mark === 0 ? line.bytes : line.bytes.subarray(mark)
      if (!isBlank(bytes)) yield itemOf(bytes, index++, line.offset + mark)
    }
  }

  function itemOf(bytes: Uint8Array, at: number, offset: number): StreamItem {
    let text: string
    try {
      text = decoder.decode(bytes)
    } catch {
      const message = 'Invalid JSON: expected UTF-8, received other bytes'
      return { index: at, offset, issue: { code: 'invalid_json', path: [], message } }
    }
    try {
      return { index: at, offset, value: JSON.parse(text) as unknown }
    } catch {
      // The words of the engine quote the line, which may hold secrets.
      return { index: at, offset, issue: { code: 'invalid_json', path: [], message: explainJson(text) } }
    }
  }

  return {
    push: (piece) => itemsOf(splitter.push(encoder.encode(piece))),
    *end() {
      yield* itemsOf(splitter.push(encoder.end()))
      yield* itemsOf(splitter.end())
    },
  }
}

/** The length of the byte order mark that some editors put first. */
export function markLength(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
}

/** Whether there is only what JSON calls whitespace. */
function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x0d || byte === 0x09)
}
