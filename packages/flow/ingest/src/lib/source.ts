import type { JsonValue } from './json-value.ts'

/** What a call to a source may be given. */
export interface SourceOptions {
  /** Stops the work: the call rejects with `signal.reason`. */
  readonly signal?: AbortSignal | undefined
}

/** What a read may be given. */
export interface ReadOptions extends SourceOptions {
  /** The version that was read last. If the content is still of that version, `read` may answer `undefined`. */
  readonly version?: string | undefined
}

/** The content of an item. */
export interface SourceContent {
  /**
   * Decides which parser reads the bytes: `text/markdown`, `text/html; charset=utf-8`. What is unknown is
   * `application/octet-stream`.
   */
  readonly mediaType: string
  /** As they are at the source: hashes and byte ranges are about these. A stream where they may not fit in memory. */
  readonly bytes: Uint8Array | AsyncIterable<Uint8Array>
  /** Whether each iteration of a stream of bytes starts anew. Else a large one is kept in a temporary file. Default: `false`. */
  readonly repeatable?: boolean | undefined
  /**
   * The version of just these bytes, where it is known only now; `undefined`, if it is set, for none. Default: that of the
   * item.
   */
  readonly version?: string | undefined
  /** What else the source knows of it, for the sink. Plain data. */
  readonly metadata?: Readonly<Record<string, JsonValue>> | undefined
}

/** One thing to index, found but not yet read. */
export interface SourceItem {
  /** Unique within the source and the same on every run. */
  readonly id: string
  /** For people, and for citations as `path:line`. */
  readonly path: string
  /**
   * A cheap mark of the content (size and time, ETag, transaction). Equal marks promise equal content: such an item is not
   * read again. Left out where the source cannot promise it.
   */
  readonly version?: string | undefined
  /** Where it is known without reading: an item of a kind that no parser reads is not read at all. */
  readonly mediaType?: string | undefined
  /**
   * For an item that stands for a part of the listing that failed, such as a folder that cannot be opened: whether the item
   * with this id may be behind it. What is hidden so is not taken for deleted. Default: it hides nothing.
   */
  readonly hides?: ((id: string) => boolean) | undefined
  /**
   * Reads the content; `undefined` if it is still of `options.version`. May be called more than once.
   *
   * Rejects with `IngestError` if this item cannot be read, and promptly with `signal.reason` when aborted; closes what
   * it opened either way. A stream of bytes closes it at its end, and when it is left early.
   */
  read(options?: ReadOptions): Promise<SourceContent | undefined>
}

/** Something happened at a source. */
export type SourceChange =
  /** From here on, changes are told: what happened before is found by listing the items. The first of all. */
  | { readonly type: 'ready' }
  /** An item is new or has changed, or is gone. */
  | { readonly type: 'changed' | 'removed'; readonly id: string }
  /** Any item may have changed, as when the rules did by which they are found: they are listed anew. */
  | { readonly type: 'relist' }

/**
 * Where items come from. What can be listed but not read is an item too, so that nothing is lost unnamed.
 *
 * A listing that ends without an error is complete: what was there on an earlier run and is not listed any more is deleted
 * from the sink.
 */
export interface Source {
  /** Its identity: the same on every run, without a `:`. Documents are known as `name:itemId`. */
  readonly name: string
  /** Whether a listing gives only some of the items, as of a stream of new ones. Nothing is then deleted. Default: `false`. */
  readonly partial?: boolean | undefined
  /**
   * Whether an item with this id would be listed if it existed. What is outside is not taken for deleted: a source of another
   * folder under the same name leaves it alone. Default: every id.
   */
  covers?(id: string): boolean
  /**
   * Lists the items in an order that is the same on every run, no faster than they are asked for. Throws if the listing
   * cannot be completed.
   */
  items(options?: SourceOptions): AsyncIterable<SourceItem>
  /** One item by its id, `undefined` if it is not there any more. Without it, the listing is searched. */
  item?(id: string, options?: SourceOptions): Promise<SourceItem | undefined>
  /** Tells of changes until it is left or aborted, which throws `signal.reason`. One change may be told more than once. */
  watch?(options?: SourceOptions): AsyncIterable<SourceChange>
}
