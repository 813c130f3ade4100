import type { Anchor, Block } from './document.ts'

/** What a parser makes of a source text. */
export interface ParsedText {
  /** The title that the text gives itself. */
  readonly title: string | undefined
  readonly text: string
  readonly blocks: Block[]
  /** Anchors into the source text; bytes without a byte order mark. */
  readonly anchors: Anchor[]
}
