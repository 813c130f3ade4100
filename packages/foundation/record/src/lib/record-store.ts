import type { ContentHash } from './content-hash.ts'

/** A value and its address. */
export interface Content {
  readonly hash: ContentHash
  /** Canonical JSON. */
  readonly text: string
}

/** A step that can be stored once the hash of the one before it is known. */
export interface PreparedStep {
  /** Canonical JSON with `previous` filled in: the hash of the last step in the store, `null` before the first. */
  readonly textAfter: (previous: ContentHash | null) => string
  /** What the step refers to. A store keeps only what it does not hold yet. */
  readonly contents: readonly Content[]
}

/** A step as it was found in a store, not yet verified. */
export interface StoredStep {
  /** Where it was found, for people: `line 3 (byte 1024)`. */
  readonly place: string
  /** Canonical JSON of the step. */
  readonly text: string
  /** The hash that was stored with it. */
  readonly hash: string
  /** Contents that no step before it referred to. */
  readonly contents: readonly Content[]
}

/** Something in a store that is no step. */
export interface StoredDamage {
  readonly place: string
  /** What is wrong with it: `there is no JSON`. */
  readonly damage: string
  /** Its first byte and length, when it is the last and was cut off while it was written. */
  readonly torn?: { readonly offset: number; readonly bytes: number }
}

/** Where steps are kept: in one order, appended and never changed. */
export interface RecordStore {
  /** Stores a step; resolves when it survives the end of this process. Calls in a row are written together. */
  readonly append: (step: PreparedStep) => void | Promise<void>
  /** What is stored, in order. */
  readonly read: () => Iterable<StoredStep | StoredDamage> | AsyncIterable<StoredStep | StoredDamage>
  /** Waits for what is being written, and lets go of files. */
  readonly close: () => void | Promise<void>
}
