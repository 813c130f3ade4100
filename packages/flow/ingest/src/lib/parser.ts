import type { DocumentPart } from './document.ts'
import type { JsonValue } from './json-value.ts'

/** Whose content is parsed: for messages and titles. */
export interface ParserItem {
  readonly id: string
  readonly path: string
}

/** What is parsed. */
export interface ParserContent {
  /** As the source says, with its parameters (`; charset=…`). */
  readonly mediaType: string
  /** All bytes at once if they are few, else a stream that can be read once. `collectBytes` reads either. */
  readonly bytes: Uint8Array | AsyncIterable<Uint8Array>
  readonly metadata?: Readonly<Record<string, JsonValue>> | undefined
}

/** What a call to a parser is given. */
export interface ParserOptions {
  /** Stops the work: the iteration throws `signal.reason`. */
  readonly signal?: AbortSignal | undefined
}

/** Reads the text and structure of some kinds of content. */
export interface Parser {
  /** Those it reads, in lower case and without parameters; `text/*` for all that begin so. */
  readonly mediaTypes: readonly string[]
  /**
   * Its name, the version of what it does and its settings, in one line: `csv/1 delimiter=,`. Documents that were parsed
   * under another fingerprint are parsed anew. It changes whenever the parts of the same content may change.
   */
  readonly fingerprint: string
  /**
   * The parts of the content, in order; none if there is no text in it. Pulls no more bytes than the next part needs.
   *
   * Throws `IngestError` for content that cannot be read, and lets errors of the bytes pass untouched. Linear in the
   * content, whatever the content.
   */
  parse(
    item: ParserItem,
    content: ParserContent,
    options?: ParserOptions,
  ): AsyncIterable<DocumentPart> | Iterable<DocumentPart>
}
