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
   * Where the words of `tokens` start and end in the text: start, end, start, end and so on, in UTF-16 units. For marking words in a
   * text, and for indexing one without a string for each. Default: each word is looked for behind the one before.
   */
  bounds?(text: string): readonly number[]
}
