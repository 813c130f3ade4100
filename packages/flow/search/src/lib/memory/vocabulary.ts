import type { Analyzer } from '@empire/analyzer'

/** What `Vocabulary.intern` gives for a token that is not indexed. */
export const notIndexed = -1

/** Numbers the terms of an index, and remembers the number of every token so that each is analysed once. */
export class Vocabulary {
  readonly #analyzers: readonly Analyzer[]
  readonly #terms = new Map<string, number>()
  /** The terms in the order of their numbers, as far as someone asked for them. */
  #list: readonly string[] = []
  /** By analyzer. */
  readonly #tokens: readonly Map<string, number>[]

  /** @param analyzers Distinct ones; those of one vocabulary share its terms. */
  constructor(analyzers: readonly Analyzer[]) {
    this.#analyzers = analyzers
    this.#tokens = analyzers.map(() => new Map())
  }

  /** The number of a term, if any document ever had it. */
  numberOf(term: string): number | undefined {
    return this.#terms.get(term)
  }

  /** The number of a token's term, a new one if need be, or `notIndexed`. */
  intern(token: string, analyzer: number): number {
    return (this.#tokens[analyzer] as Map<string, number>).get(token) ?? this.#internNew(token, analyzer)
  }

  /** The terms, in the order of their numbers. */
  get terms(): readonly string[] {
    if (this.#list.length !== this.#terms.size) this.#list = [...this.#terms.keys()]
    return this.#list
  }

  /** How many terms there are. */
  get size(): number {
    return this.#terms.size
  }

  /** Every token that an analyzer met, with the number of its term or `notIndexed`; older ones first. */
  tokens(analyzer: number): ReadonlyMap<string, number> {
    return this.#tokens[analyzer] as Map<string, number>
  }

  /** The terms that have a new number, which must be given in ascending order, with their tokens. */
  renumbered(newNumber: (number: number) => number | undefined): Vocabulary {
    const vocabulary = new Vocabulary(this.#analyzers)
    for (const [term, number] of this.#terms) if (newNumber(number) !== undefined) vocabulary.#numberOfNew(term)
    for (const [analyzer, tokens] of this.#tokens.entries()) {
      for (const [token, number] of tokens) {
        const renumbered = number === notIndexed ? notIndexed : newNumber(number)
        if (renumbered !== undefined) vocabulary.#tokens[analyzer]?.set(token, renumbered)
      }
    }
    return vocabulary
  }

  /** Takes terms and tokens from where they were kept. Only for a vocabulary that is empty. */
  restore(terms: Iterable<string>, tokens: readonly Iterable<readonly [token: string, term: number]>[]): void {
    for (const term of terms) this.#numberOfNew(term)
    for (const [analyzer, own] of tokens.entries()) {
      for (const [token, number] of own) this.#tokens[analyzer]?.set(token, number)
    }
  }

  #internNew(token: string, analyzer: number): number {
    const own = copy(token)
    const term = this.#analyzers[analyzer]?.term(own)
    const number = term === undefined ? notIndexed : this.#numberOfNew(term)
    this.#tokens[analyzer]?.set(own, number)
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
