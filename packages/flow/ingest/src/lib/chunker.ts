import type { Anchor, DocumentPart } from './document.ts'

/** From `start` to `end`; whether `end` is included is said where it is used. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** What a chunker makes: a chunk that does not know yet which document it is of. Plain data. */
export interface Piece {
  /** The headings it stands under, outermost first; its own heading is the last of them. */
  readonly headings: readonly string[]
  /** Without blank space around it except for the indent of the first line. */
  readonly text: string
  /** First and last line in the original, from 1, both inclusive. */
  readonly lines: Range
  /** Bytes of the original, from 0, the end exclusive. For Markdown, text and code they decode to `text`. */
  readonly bytes: Range
  /** First and last page in the original, from 1, both inclusive, where it has pages. */
  readonly pages?: Range | undefined
  /** From `text` back to lines and bytes of the original, by ascending offset; the first is at 0. */
  readonly anchors: readonly Anchor[]
  /** What the counter says of `text`. */
  readonly tokens: number
}

/** Cuts one document, part by part. */
export interface ChunkerRun {
  /** Takes the next part and gives the pieces that are finished, in order. */
  push(part: DocumentPart): Iterable<Piece> | AsyncIterable<Piece>
  /** Gives what is left after the last part. */
  end(): Iterable<Piece> | AsyncIterable<Piece>
}

/** Cuts documents into pieces that are small enough to be found, shown and cited by themselves. */
export interface Chunker {
  /**
   * Its name, the version of what it does and its settings, in one line: `structure/1 maxTokens=512 counter=estimate`.
   * Documents that were cut under another fingerprint are cut anew. It changes whenever the pieces of the same parts may
   * change.
   */
  readonly fingerprint: string
  /** Starts on a document. What is held between parts stays small, whatever the document. */
  start(options?: { readonly signal?: AbortSignal | undefined }): ChunkerRun
}

/** A part of a document, small enough to be found, shown and cited by itself. Plain data. */
export interface Chunk extends Piece {
  /** `documentId#position`. */
  readonly id: string
  /** The id of the document. */
  readonly documentId: string
  /** The version of the document: the SHA-256 of its original bytes, in hexadecimal. */
  readonly version: string
  /** The path of the document. */
  readonly path: string
  /** The title of the document. */
  readonly title: string
  /** Which of the document's chunks it is, from 0. */
  readonly position: number
}
