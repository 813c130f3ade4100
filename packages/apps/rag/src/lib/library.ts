import type { Chunk } from '@empire/ingest'
import type { DocumentCounts } from './answer.ts'

/** What of a chunk a passage is made of. */
export type StoredChunk = Pick<Chunk, 'path' | 'lines' | 'pages' | 'headings' | 'text' | 'anchors'>

/** A chunk that a question found. */
export interface FoundChunk {
  readonly chunk: StoredChunk
  readonly score: number
  /** The share of the question's information that it holds, from 0 to 1. */
  readonly coverage: number
}

/** Documents that can be asked. */
export interface Library {
  readonly documents: DocumentCounts
  /** The best chunks, best first. */
  find(question: string, limit: number, signal: AbortSignal | undefined): Promise<FoundChunk[]>
}
