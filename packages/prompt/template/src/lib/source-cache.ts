/** How many characters of source the templates that a `SourceCache` keeps may have together, if it is not told. */
const keptCharacters = 1_000_000

/** What is made of the shortest source takes room too. */
const leastCost = 100

/** What engines have made of the sources that were used last. */
export class SourceCache<Value> {
  readonly #entries = new Map<string, Value>()
  readonly #limit: number
  #length = 0

  /** @param limit The most characters that the sources kept have together, 100 added to each. Default: 1,000,000. */
  constructor(limit: number = keptCharacters) {
    this.#limit = limit
  }

  /** What was kept for a source, `undefined` if nothing is left of it. */
  get(source: string): Value | undefined {
    const value = this.#entries.get(source)
    if (value === undefined) return undefined
    this.#entries.delete(source)
    this.#entries.set(source, value)
    return value
  }

  /** Keeps what was made of a source, and drops what was used longest ago. */
  set(source: string, value: Value): void {
    if (costOf(source) > this.#limit) return
    if (!this.#entries.delete(source)) this.#length += costOf(source)
    this.#entries.set(source, value)
    for (const [oldest] of this.#entries) {
      if (this.#length <= this.#limit) return
      this.#entries.delete(oldest)
      this.#length -= costOf(oldest)
    }
  }
}

function costOf(source: string): number {
  return source.length + leastCost
}
