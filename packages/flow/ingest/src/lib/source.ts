/** One thing to index, found but not yet read. */
export interface SourceItem {
  /** Unique within the source and the same on every run. */
  readonly id: string
  /** For people, and for citations as `path:line`. */
  readonly path: string
  /**
   * Reads the content.
   *
   * Rejects with `IngestError` if this item cannot be read, and promptly with `signal.reason` when aborted; closes what
   * it opened either way.
   */
  read(options?: SourceOptions): Promise<SourceContent>
}

/** The content of an item, whole. */
export interface SourceContent {
  /** As they are at the source: hashes and byte ranges are about these. */
  readonly bytes: Uint8Array
  /** Decides how the bytes are parsed: `text/markdown`, `text/plain` or `text/html`. */
  readonly mediaType: string
}

/** What a call to a source may be given. */
export interface SourceOptions {
  /** Stops the work: the call rejects with `signal.reason`. */
  readonly signal?: AbortSignal | undefined
}

/** Where items come from. What can be listed but not read is an item too, so that nothing is lost unnamed. */
export interface Source {
  /** For messages. */
  readonly name: string
  /** Lists the items in an order that is the same on every run, no faster than they are asked for. */
  items(options?: SourceOptions): AsyncIterable<SourceItem>
}
