import { describeValue } from '@empire/errors'
import { createJsonArrayReader } from './create-json-array-reader.ts'
import { createJsonLineReader } from './create-json-line-reader.ts'
import type { StreamFormat, StreamReader } from './stream-item.ts'

/** A reader for a format, each item at most `maxItemBytes` long. */
export function createStreamReader(format: StreamFormat, maxItemBytes: number): StreamReader {
  if (format === 'values') return createValueReader()
  const reader = format === 'ndjson' ? createJsonLineReader(maxItemBytes) : createJsonArrayReader(maxItemBytes)
  return { push: (piece) => reader.push(expectText(piece)), end: reader.end }
}

/** The format of a source that begins with this piece. */
export function formatOf(piece: unknown): StreamFormat {
  return isText(piece) ? 'ndjson' : 'values'
}

function createValueReader(): StreamReader {
  let index = 0
  return { push: (value) => [{ index: index++, offset: undefined, value }], end: () => [] }
}

function isText(piece: unknown): piece is string | Uint8Array {
  return typeof piece === 'string' || piece instanceof Uint8Array
}

function expectText(piece: unknown): string | Uint8Array {
  if (isText(piece)) return piece
  throw new TypeError(`A "source" of JSON text must give strings or Uint8Arrays, got ${describeValue(piece)}.`)
}
