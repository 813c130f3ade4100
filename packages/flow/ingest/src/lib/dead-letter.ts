/** Where an item failed. */
export type IngestStep = 'read' | 'parse' | 'chunk' | 'write' | 'remove'

/** The content that failed. */
export interface DeadLetterInput {
  readonly mediaType: string
  /** In base64, up to the limit of the run; of text, without its secrets. */
  readonly content: string
  /** Whether `content` is all there was, byte for byte. Else the source has to be asked again. */
  readonly complete: boolean
}

/** An item that could not be indexed or removed, with all that is needed to find out why. Plain data without secrets. */
export interface DeadLetter {
  /** `source:itemId`: an item has one letter at most, of its last failure. */
  readonly id: string
  /** The name of the source. */
  readonly source: string
  readonly item: { readonly id: string; readonly path: string; readonly version?: string | undefined }
  /** Left out where nothing was read. */
  readonly input?: DeadLetterInput | undefined
  readonly step: IngestStep
  /**
   * The `code` of what was thrown, such as `ENOSPC`, else what failed, such as `sink_failed`: letters of a class are listed,
   * replayed and purged together.
   */
  readonly errorClass: string
  readonly message: string
  readonly stack?: string | undefined
  /** How often it was tried in the run that failed. */
  readonly attempts: number
  /** When it failed: milliseconds since the Unix epoch. */
  readonly at: number
  /** How often it was replayed in vain. */
  readonly replays: number
}

/** Which letters are meant: those that fit all that is given. */
export interface DeadLetterFilter {
  readonly id?: string | undefined
  readonly source?: string | undefined
  readonly errorClass?: string | undefined
  readonly step?: IngestStep | undefined
}

/** Keeps dead letters until they are replayed with success or purged. */
export interface DeadLetterStore {
  /** Keeps a letter in the place of the one with its id. */
  put(letter: DeadLetter): void | Promise<void>
  /** One letter, `undefined` if there is none. */
  get(id: string): DeadLetter | undefined | Promise<DeadLetter | undefined>
  /** Letters, the oldest first; all, without a filter. What is removed meanwhile may be left out. */
  list(filter?: DeadLetterFilter): Iterable<DeadLetter> | AsyncIterable<DeadLetter>
  /** Removes letters, all without a filter, and gives their number. */
  purge(filter?: DeadLetterFilter): number | Promise<number>
  /** Closes what it opened. `ingest` does not call it. A second call does nothing more. */
  close(): void | Promise<void>
}
