import type { Analyzer } from '@empire/analyzer'

/** What `Vocabulary.intern` gives for a token that is not indexed. */
export const notIndexed = -1

/** Numbers the terms of an index, and remembers the number of every token so that each is analysed once. */
export class Vocabulary {
  readonly #analyzer: Analyzer
  #terms = new Map<string, number>()
  #tokens = new Map<string, number>()

  constructor(analyzer: Analyzer) {
    this.#analyzer = analyzer
  }

  /** The number of a term, if any document ever had it. */
  numberOf(term: string): number | undefined {
    return this.#terms.get(term)
  }

  /** The number of a token's term, a new one if need be, or `notIndexed`. */
  intern(token: string): number {
    return this.#tokens.get(token) ?? this.#internNew(token)
  }

  /** Keeps the terms that have a new number, under that number. */
  renumber(newNumber: (number: number) => number | undefined): void {
    const terms = new Map<string, number>()
    for (const [term, number] of this.#terms) {
      const renumbered = newNumber(number)
      if (renumbered !== undefined) terms.set(term, renumbered)
    }
    this.#terms = terms
    this.#tokens = new Map()
  }

  #internNew(token: string): number {
    const own = copy(token)
    const term = this.#analyzer.term(own)
    const number = term === undefined ? notIndexed : this.#numberOfNew(term)
    this.#tokens.set(own, number)
    return number
  }

  #numberOfNew(term: string): number {
    const known = this.#terms.get(term)
    if (known !== undefined) return known
    const number = this.#terms.size
    this.#terms.set(term, number)
    return number
  }
}

/** A slice keeps the whole text that it was cut from in memory: joined anew, it stands alone. */
function copy(text: string): string {
  return text.split('').join('')
}
