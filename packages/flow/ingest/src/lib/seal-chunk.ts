import type { Chunk, Piece } from './chunker.ts'
import type { Document } from './document.ts'

/** The chunk of a document that a piece becomes. */
export function sealChunk(document: Document, position: number, piece: Piece): Chunk {
  const { id: documentId, version, path, title } = document
  const { headings, text, lines, bytes, pages, anchors, tokens } = piece
  // Named one by one: what else a chunker puts on a piece is not part of a chunk.
  return {
    id: `${documentId}#${position}`,
    documentId,
    version,
    path,
    title,
    position,
    headings,
    text,
    lines,
    bytes,
    ...(pages && { pages }),
    anchors,
    tokens,
  }
}
