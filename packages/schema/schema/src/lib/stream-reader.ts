import { describeValue } from '@empire/errors'
import { createJsonArrayReader } from './create-json-array-reader.ts'
import { createJsonLineReader } from './create-json-line-reader.ts'
import type { Issue } from './issue.ts'

/** How the items stand in a source. */
export type StreamFormat = 'values' | 'ndjson' | 'json-array'

/** One item of a stream before it is checked: a value, or why there is none. */
export type StreamItem =
  | { readonly index: number; readonly offset: number | undefined; readonly value: unknown }
  | { readonly index: number; readonly offset: number | undefined; readonly issue: Issue }

/** Finds the items in the pieces of a source. The items of a piece are taken before the next one is pushed. */
export interface StreamReader<Piece = unknown> {
  /** The items that the piece finishes. */
  readonly push: (piece: Piece) => Iterable<StreamItem>
  /** What is left when there are no more pieces. */
  readonly end: () => Iterable<StreamItem>
}

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
