import type { Analyzer } from '@empire/analyzer'
import { notKnown, TokenTable } from './token-table.ts'

/** What `Vocabulary.intern` gives for a token that is not indexed. */
export const notIndexed = -1

/** Numbers the terms of an index, and remembers the number of every token so that each is analysed once. */
export class Vocabulary {
  readonly #analyzers: readonly Analyzer[]
  readonly #terms = new Map<string, number>()
  /** The terms in the order of their numbers, as far as someone asked for them. */
  #list: readonly string[] = []
  /** By analyzer. */
  readonly #tokens: readonly TokenTable[]

  /** @param analyzers Distinct ones; those of one vocabulary share its terms. */
  constructor(analyzers: readonly Analyzer[]) {
    this.#analyzers = analyzers
    this.#tokens = analyzers.map(() => new TokenTable())
  }

  /** The number of a term, if any document ever had it. */
  numberOf(term: string): number | undefined {
    return this.#terms.get(term)
  }

  /** The number of the term of the token at a place of a text, a new one if need be, or `notIndexed`. */
  intern(text: string, start: number, end: number, analyzer: number): number {
    const known = (this.#tokens[analyzer] as TokenTable).get(text, start, end)
    return known === notKnown ? this.#internNew(text.slice(start, end), analyzer) : known
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
  tokens(analyzer: number): TokenTable {
    return this.#tokens[analyzer] as TokenTable
  }

  /** The terms that have a new number, which must be given in ascending order, with their tokens. */
  renumbered(newNumber: (number: number) => number | undefined): Vocabulary {
    const vocabulary = new Vocabulary(this.#analyzers)
    for (const [term, number] of this.#terms) if (newNumber(number) !== undefined) vocabulary.#numberOfNew(term)
    for (const [analyzer, tokens] of this.#tokens.entries()) {
      for (let at = 0; at < tokens.size; at += 1) {
        const number = tokens.value(at)
        const renumbered = number === notIndexed ? notIndexed : newNumber(number)
        if (renumbered !== undefined) vocabulary.tokens(analyzer).add(tokens.token(at), renumbered)
      }
    }
    return vocabulary
  }

  /** Takes terms and tokens from where they were kept. Only for a vocabulary that is empty. */
  restore(terms: Iterable<string>, tokens: readonly Iterable<readonly [token: string, term: number]>[]): void {
    for (const term of terms) this.#numberOfNew(term)
    for (const [analyzer, own] of tokens.entries()) {
      for (const [token, number] of own) this.tokens(analyzer).add(token, number)
    }
  }

  #internNew(token: string, analyzer: number): number {
    const own = copy(token)
    const term = this.#analyzers[analyzer]?.term(own)
    const number = term === undefined ? notIndexed : this.#numberOfNew(term)
    this.tokens(analyzer).add(own, number)
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
