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
