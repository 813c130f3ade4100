import type { Chunk, ChunkEntry } from '@empire/ingest'
import type { SearchDocument, SearchHit } from '@empire/search'
import type { StoredChunk } from './library.ts'

/** The fields of an index file. */
export const chunkFields = {
  document: { type: 'keyword', stored: false },
  headings: { type: 'text', weight: 2, stored: false },
  text: { type: 'text' },
  /** Where the chunk stands, in JSON: what a citation needs beside the text. */
  place: { type: 'keyword' },
} as const

/** The entry that an index file keeps of a chunk. */
export function storeChunk(
  { id, document, title, headings }: ChunkEntry,
  { path, lines, text, anchors }: Chunk,
): SearchDocument<typeof chunkFields> & { readonly document: string } {
  const place = JSON.stringify({ path, lines, headings, anchors })
  return { id, document, headings: [title, ...headings], text, place }
}

/** The chunk that an entry was made of. */
export function restoreChunk({ fields }: SearchHit<typeof chunkFields>): StoredChunk {
  const place = JSON.parse(String(fields.place)) as Omit<StoredChunk, 'text'>
  return { ...place, text: String(fields.text) }
}
