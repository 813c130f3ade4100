/**
 * Where a part of a document's text came from, followed character by character up to the next anchor.
 *
 * So followed, lines are exact; bytes are exact for Markdown and text, and for HTML off by what stands between in the
 * line, at most 200 characters.
 */
export interface Anchor {
  /** Index into `Document.text`. */
  readonly offset: number
  /** Line of the original, from 1. A line ends with `\n`. */
  readonly line: number
  /** Byte of the original, from 0. */
  readonly byte: number
}

/** A heading: what follows is under it, up to the next heading of its level or a higher one. */
export interface HeadingBlock {
  readonly kind: 'heading'
  /** 1 for the highest to 6. */
  readonly level: number
  /** The words alone, without the marks of the format, cut at 200 characters. */
  readonly title: string
  /** Index into `Document.text` where the block starts. */
  readonly start: number
  /** Index into `Document.text` just after the block. */
  readonly end: number
}

/** A stretch of content that is better not cut: a paragraph, a list, a code block, a table. */
export interface ContentBlock {
  /** `text` is cut between sentences first, `code` and `table` between lines. */
  readonly kind: 'text' | 'code' | 'table'
  /** Index into `Document.text` where the block starts. */
  readonly start: number
  /** Index into `Document.text` just after the block. */
  readonly end: number
}

/** A part of a document, in the order of the text; blocks never overlap. */
export type Block = HeadingBlock | ContentBlock

/** What was read from one item of a source: its text, and where each part of it came from. Plain data. */
export interface Document {
  /** Unique within the source and the same on every run: for a file its path. */
  readonly id: string
  /** For people, and for citations as `path:line`. */
  readonly path: string
  /** The title the document gives itself (front matter, `<title>`, first heading), else its file name. */
  readonly title: string
  /** `text/markdown`, `text/plain` or `text/html`. */
  readonly mediaType: string
  /** Markdown and text: the file as it is, without a byte order mark. HTML: its readable text. */
  readonly text: string
  /** SHA-256 of the original bytes, in hexadecimal. */
  readonly hash: string
  /** Size of the original in bytes. */
  readonly bytes: number
  /** The structure of `text`. What no block covers (front matter) is not content. */
  readonly blocks: readonly Block[]
  /** From `text` back to lines and bytes of the original, by ascending offset; the first is at 0. */
  readonly anchors: readonly Anchor[]
}
