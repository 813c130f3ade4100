import type { Chunk } from './chunker.ts'
import type { Document } from './document.ts'

/** What a call to a sink is given. */
export interface SinkOptions {
  /** Set when the run can be stopped: the call rejects with `signal.reason`. */
  readonly signal?: AbortSignal | undefined
  /** The run that calls, of which several may be under way: a sink that gathers keeps what they write apart. */
  readonly run?: object | undefined
}

/** Where chunks go: a search index, a file, a function. One call of a run at a time: the source waits until it is done. */
export interface Sink {
  /**
   * Which store this is: another one, or one that was made anew, has another identity, and is filled with every document,
   * whatever the state says. Default: always the same.
   */
  identity?(options: SinkOptions): string | Promise<string>
  /**
   * Puts all chunks of one document, of which there is at least one, in the place of those it had: all or nothing, also if
   * `chunks` throws half-way or the process ends. Has to take every chunk. A throw or rejection fails this document alone,
   * and is tried again if it may succeed later.
   */
  write(document: Document, chunks: AsyncIterable<Chunk>, options: SinkOptions): void | Promise<void>
  /** Removes all chunks of documents by the ids of these; one that is not there is no error. */
  remove(documentIds: readonly string[], options: SinkOptions): void | Promise<void>
  /**
   * Makes sure of what was written and removed until now. With it, documents count as indexed only once it is done, so that
   * a sink may gather up to 64 of them, and write them together. If it rejects, what the run had gathered is forgotten: each
   * document is then written again, and flushed by itself.
   */
  flush?(options: SinkOptions): void | Promise<void>
  /** Closes what it opened. `ingest` does not call it: who opened the sink closes it. */
  close?(): void | Promise<void>
}
