import { type Analyzer, foldWord } from '@empire/analyzer'
import { boundary, encodeTerm, gap } from './text-code.ts'

/** A word that the index may not know yet. */
export interface NewWord {
  readonly analyzer: number
  /** Folded. */
  readonly word: string
  /** Coded. */
  readonly term: string
}

/** How many words an analyzer's coder remembers: what its answers cost is a stem each. */
const mostWords = 200_000

/** Makes texts into the codes of their terms, and gathers the words that were not met before. */
export class WordCoder {
  readonly #analyzer: Analyzer
  readonly #number: number
  readonly #codes = new Map<string, string>()
  #fresh: NewWord[] = []

  constructor(analyzer: Analyzer, number: number) {
    this.#analyzer = analyzer
    this.#number = number
  }

  /** The codes of the values of a field, parted by spaces. */
  codeTexts(texts: readonly string[]): string {
    return texts
      .map((text) =>
        this.#analyzer
          .tokens(text)
          .map((token) => this.#code(token))
          .join(' '),
      )
      .join(` ${boundary} `)
  }

  /** The words that came since the last call. */
  takeFresh(): readonly NewWord[] {
    const fresh = this.#fresh
    this.#fresh = []
    return fresh
  }

  /** Forgets which words the index knows. */
  forget(): void {
    this.#codes.clear()
    this.#fresh = []
  }

  #code(token: string): string {
    const known = this.#codes.get(token)
    if (known !== undefined) return known
    const term = this.#analyzer.term(token)
    const code = term === undefined || term === '' ? gap : encodeTerm(term)
    if (this.#codes.size >= mostWords) this.#codes.clear()
    this.#codes.set(token, code)
    if (code !== gap) this.#fresh.push({ analyzer: this.#number, word: foldToken(this.#analyzer, token), term: code })
    return code
  }
}

/** A word as beginnings and near spellings are compared. */
export function foldToken(analyzer: Analyzer, token: string): string {
  return analyzer.fold?.(token) ?? foldWord(token)
}
