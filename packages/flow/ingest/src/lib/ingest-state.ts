/** What is known of an item that was indexed. Plain data. */
export interface ItemState {
  /** The id of the item within its source. */
  readonly id: string
  /** `pending` from before the sink is asked to write until it has: after a crash, nobody knows what the sink has. */
  readonly status: 'pending' | 'indexed'
  /** The cheap mark of the content, where the source has one. */
  readonly version?: string | undefined
  readonly mediaType: string
  /** The SHA-256 of the content, in hexadecimal. */
  readonly hash: string
  /** Of the parser, the chunker and the sink. */
  readonly fingerprint: string
  /** How many chunks the sink took. */
  readonly chunks: number
}

/**
 * What earlier runs did, by source and item. Several sources may share one; one run at a time works on a source.
 *
 * What a call has stored survives the end of the process, if the store is a file or a server.
 */
export interface IngestState {
  /** `undefined`: never heard of. */
  get(source: string, id: string): ItemState | undefined | Promise<ItemState | undefined>
  /** Stores states in the place of those that the items had: all or none. */
  put(source: string, states: readonly ItemState[]): void | Promise<void>
  /** Forgets items; one that is not there is no error. */
  remove(source: string, ids: readonly string[]): void | Promise<void>
  /** All items of a source, in any order. What is removed meanwhile may be left out. */
  items(source: string): Iterable<ItemState> | AsyncIterable<ItemState>
  /** The sources that have items. */
  sources(): readonly string[] | Promise<readonly string[]>
  /** Closes what it opened. `ingest` does not call it. A second call does nothing more. */
  close(): void | Promise<void>
}
