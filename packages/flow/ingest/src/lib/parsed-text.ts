import type { DocumentPart } from './document.ts'

/** A source text as it was decoded: where its characters stood, and in which encoding. */
export type SourceText = Pick<DocumentPart, 'text' | 'anchors' | 'encoding'>

/** What a parser makes of a source text. */
export type ParsedText = Pick<DocumentPart, 'title' | 'text' | 'blocks' | 'anchors'>
