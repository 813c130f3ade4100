/** Keeps texts under their keys: a `Map`, a Keyv, or anything that has these two. */
export interface ReceiptStore {
  /** The text that was put under the key; `undefined` if there is none. */
  get(key: string): string | undefined | Promise<string | undefined>
  /** Keeps a text. What it gives back is waited for. */
  set(key: string, text: string): unknown
}
