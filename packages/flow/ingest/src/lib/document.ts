import type { JsonValue } from './json-value.ts'

/**
 * Where a part of a text came from, followed character by character up to the next anchor.
 *
 * So followed, lines are exact, and so are bytes where the text is that of the original (Markdown, text, code). Elsewhere
 * bytes are off by what stands between: for HTML at most 200 characters, within a cell or value for CSV and JSON.
 */
export interface Anchor {
  /** Index into the text. */
  readonly offset: number
  /** Line of the original, from 1. A line ends with `\n`. */
  readonly line: number
  /** Byte of the original, from 0. */
  readonly byte: number
  /** Page of the original, from 1, where it has pages. */
  readonly page?: number | undefined
}

/** A heading: what follows is under it, up to the next heading of its level or a higher one, also in later parts. */
export interface HeadingBlock {
  readonly kind: 'heading'
  /** 1 for the highest to 6. */
  readonly level: number
  /** The words alone, without the marks of the format, cut at 200 characters. */
  readonly title: string
  /** Index into the text where the block starts. */
  readonly start: number
  /** Index into the text just after the block. */
  readonly end: number
}

/** A stretch of content that is better not cut: a paragraph, a list, a code block, a table. */
export interface ContentBlock {
  /** `text` is cut between sentences first, `code` and `table` between lines. */
  readonly kind: 'text' | 'code' | 'table'
  /** Index into the text where the block starts. */
  readonly start: number
  /** Index into the text just after the block. */
  readonly end: number
  /**
   * How deep it is inside something that is better kept whole, as a method is in a class. What does not fit is cut before
   * blocks of the lowest depth first. Default: 0.
   */
  readonly depth?: number | undefined
}

/** A part of a text, in its order; blocks never overlap. */
export type Block = HeadingBlock | ContentBlock

/**
 * A stretch of a document, in order. Plain data, complete in itself: its blocks and anchors are about its own text, their
 * lines and bytes about the whole original.
 *
 * Formats that are read as a whole give one part. Formats that may be large give one for each stretch of text (some
 * kilobytes), and end it where a block ends: chunks do not span parts, unless a part says that it goes on.
 */
export interface DocumentPart {
  /** The title that the document gives itself. Heard of the first part only. */
  readonly title?: string | undefined
  /** What else the parser knows of the document; the source's word counts more. Heard of the first part only. */
  readonly metadata?: Readonly<Record<string, JsonValue>> | undefined
  /** How the original writes characters, by a name of iconv-lite: bytes are followed in it. Default: `utf-8`. */
  readonly encoding?: string | undefined
  /** Markdown and text: the original as it is, without a byte order mark. Other formats: their readable text. */
  readonly text: string
  /** The structure of `text`. What no block covers (front matter) is not content. */
  readonly blocks: readonly Block[]
  /** From `text` back to lines and bytes of the original, by ascending offset; the first is at 0. */
  readonly anchors: readonly Anchor[]
  /**
   * Whether the next part goes on with this one, and starts with a heading after content: the chunkers of this package then cut as if both were
   * one. Default: `false`.
   */
  readonly goesOn?: boolean | undefined
}

/** What is known of a document before its text. Plain data. */
export interface Document {
  /** `source:itemId`: unique among all sources. */
  readonly id: string
  /** The name of the source. */
  readonly source: string
  /** The id of the item within the source. */
  readonly itemId: string
  /** For people, and for citations as `path:line`. */
  readonly path: string
  /** The title the document gives itself (front matter, `<title>`, first heading), else its file name. */
  readonly title: string
  /** As the source says. */
  readonly mediaType: string
  /** Which content this is: the SHA-256 of the original bytes, in hexadecimal. */
  readonly version: string
  /** Size of the original in bytes. */
  readonly bytes: number
  /** What else the source and the parser know of it, such as the `encoding` where it is not UTF-8. */
  readonly metadata: Readonly<Record<string, JsonValue>>
}
