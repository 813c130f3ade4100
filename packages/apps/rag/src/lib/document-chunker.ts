import { type Chunker, structureChunker } from '@empire/ingest'

/** How documents are cut, whether they are kept in memory or in a file. */
export function documentChunker(): Chunker {
  return structureChunker({ maxTokens: 300 })
}
