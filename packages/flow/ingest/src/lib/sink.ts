import type { Chunk } from './chunk.ts'
import type { Document } from './document.ts'

/** What a call to a sink is given. */
export interface SinkOptions {
  /** Set when the run can be stopped. */
  readonly signal?: AbortSignal | undefined
}

/** Where chunks go: a search index, a file, a function. */
export interface Sink {
  /**
   * Takes one document with all its chunks, of which there is at least one.
   *
   * One call at a time: the source waits until it is done. A throw or rejection fails this document alone.
   */
  write(document: Document, chunks: readonly Chunk[], options: SinkOptions): void | Promise<void>
}
