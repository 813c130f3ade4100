/**
 * The second tier: a Keyv, any storage adapter of Keyv, or a Map.
 *
 * Whoever makes it closes it. It must be consistent: what was deleted is gone for every process that reads after.
 */
export interface CacheStore {
  /** The value of a key. */
  get(key: string): unknown
  /** Keeps a value; the last parameter depends on the version of the adapter. */
  set(key: string, value: never, expiry?: number): unknown
  /** Removes a key. */
  delete(key: string): unknown
}
