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

const vector = { type: 'vector', from: ['headings', 'text'] } as const

/** Those of an index, and of one with vectors of a length. */
export type StoredFields = typeof chunkFields & {
  readonly vector: typeof vector & { readonly dimensions: number }
}

/** The fields of an index file; without vectors if their length is not given, which then must not be asked for. */
export function storedFields(dimensions: number | undefined): StoredFields {
  const fields = dimensions === undefined ? chunkFields : { ...chunkFields, vector: { ...vector, dimensions } }
  return fields as StoredFields
}

/** The entry that an index file keeps of a chunk. */
export function storeChunk(
  { id, document, title, headings }: ChunkEntry,
  { path, lines, pages, text, anchors }: Chunk,
): SearchDocument<StoredFields> & { readonly document: string } {
  const place = JSON.stringify({ path, lines, pages, headings, anchors })
  return { id, document, headings: [title, ...headings], text, place }
}

/** The chunk that an entry was made of. */
export function restoreChunk({ fields }: SearchHit<StoredFields>): StoredChunk {
  const place = JSON.parse(String(fields.place)) as Omit<StoredChunk, 'text'>
  return { ...place, text: String(fields.text) }
}
