/** What a cache of counts has to do. A cache of `@empire/cache` does, in front of Redis or not; so does a `Map`. */
export interface CountCache {
  /** What was kept under a key, or `undefined`. What is no count of ours is passed over. */
  get(key: string, options?: { signal?: AbortSignal | undefined }): unknown
  /** Keeps a text of up to 40 characters. What it returns is awaited. */
  set(key: string, value: string, options?: { signal?: AbortSignal | undefined }): unknown
}

/** A cache that answers at once, as a `Map` does. */
export interface SyncCountCache extends CountCache {
  get(key: string): string | undefined
}
