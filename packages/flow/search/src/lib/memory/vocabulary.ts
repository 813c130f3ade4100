import type { Analyzer } from '@empire/analyzer'
import { notKnown, TokenTable } from './token-table.ts'

/** What `Vocabulary.intern` gives for a token that is not indexed. */
export const notIndexed = -1

/** Numbers the terms of an index, and remembers the number of every token so that each is analysed once. */
export class Vocabulary {
  readonly #analyzers: readonly Analyzer[]
  /** The number of a term is its place. */
  readonly #terms = new TokenTable()
  /** By analyzer. */
  readonly #tokens: readonly TokenTable[]

  /** @param analyzers Distinct ones; those of one vocabulary share its terms. */
  constructor(analyzers: readonly Analyzer[]) {
    this.#analyzers = analyzers
    this.#tokens = analyzers.map(() => new TokenTable())
  }

  /** The number of a term, if any document ever had it. */
  numberOf(term: string): number | undefined {
    const number = this.#terms.get(term, 0, term.length)
    return number === notKnown ? undefined : number
  }

  /** The number of the term of the token at a place of a text, a new one if need be, or `notIndexed`. */
  intern(text: string, start: number, end: number, analyzer: number): number {
    const known = (this.#tokens[analyzer] as TokenTable).get(text, start, end)
    return known === notKnown ? this.#internNew(text.slice(start, end), analyzer) : known
  }

  /** The term of a number. */
  term(number: number): string {
    return this.#terms.token(number)
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
    for (let number = 0; number < this.size; number += 1) {
      if (newNumber(number) !== undefined) vocabulary.#numberOf(this.term(number))
    }
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
    for (const term of terms) this.#numberOf(term)
    for (const [analyzer, own] of tokens.entries()) {
      for (const [token, number] of own) this.tokens(analyzer).add(token, number)
    }
  }

  #internNew(token: string, analyzer: number): number {
    const term = this.#analyzers[analyzer]?.term(token)
    const number = term === undefined ? notIndexed : this.#numberOf(term)
    this.tokens(analyzer).add(token, number)
    return number
  }

  /** The number of a term, a new one if need be. */
  #numberOf(term: string): number {
    const known = this.#terms.get(term, 0, term.length)
    if (known !== notKnown) return known
    const number = this.#terms.size
    this.#terms.add(term, number)
    return number
  }
}
