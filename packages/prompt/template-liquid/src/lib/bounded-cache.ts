/** How many characters of source the templates that are kept may have together. */
export const cachedCharacters = 1_000_000

/** Keeps what was used last, as long as the keys together are not longer than `limit` characters. */
export class BoundedCache<Value> {
  readonly #entries = new Map<string, Value>()
  readonly #limit: number
  #length = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  get(key: string): Value | undefined {
    const value = this.#entries.get(key)
    if (value === undefined) return undefined
    this.#entries.delete(key)
    this.#entries.set(key, value)
    return value
  }

  set(key: string, value: Value): void {
    if (key.length > this.#limit) return
    if (!this.#entries.delete(key)) this.#length += key.length
    this.#entries.set(key, value)
    for (const [oldest] of this.#entries) {
      if (this.#length <= this.#limit) return
      this.#entries.delete(oldest)
      this.#length -= oldest.length
    }
  }
}
