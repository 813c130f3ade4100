/** A word of a text, and where it starts there, in UTF-16 units. */
export interface LocatedToken {
  readonly token: string
  readonly start: number
}

/** Turns text into the terms that an index stores and a query looks up. Both sides must use the same analyzer. */
export interface Analyzer {
  /** Names the rules: an index made under one name answers only queries analysed under the same name. */
  readonly name: string
  /** The words of a text, as written and in order. Cheap: what costs time per word belongs in `term`. */
  tokens(text: string): string[]
  /**
   * What a word is indexed as, or `undefined` for a word that is not indexed. The same word always has the same term,
   * so callers may remember the answer per distinct word.
   */
  term(token: string): string | undefined
  /**
   * A word without the differences that a reader does not mean, but not reduced to a stem: what beginnings of words and near
   * spellings are compared with. Default: `foldWord`.
   */
  fold?(token: string): string
  /**
   * The words of `tokens` with where they start, for marking them in the text. Default: each is looked for behind the one before.
   */
  locate?(text: string): readonly LocatedToken[]
}
