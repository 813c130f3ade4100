/** What a counter may be told beside the text. */
export interface TokenOptions {
  /** Go by what this model reads. Default: what the counter was made for. */
  model?: string | undefined
}

/** What `TokenCounter.count` may be told beside the text. */
export interface TokenCountOptions extends TokenOptions {
  /** A count above this one need not be exact: counting may end as soon as it is known to be above. Default: `Infinity`. */
  limit?: number | undefined
}

/**
 * Counts the tokens of a text.
 *
 * Text alone: what a chat adds around each message is `chatOverhead`. Every counter passes `tokenCounterCases` of
 * `@empire/tokens/conformance`. What is marked optional is a capability that only some counters have.
 */
export interface TokenCounter {
  /** What counts, for messages and cache keys: counters of one name agree on every text. */
  readonly name: string
  /** Whether the counts are the model's own, or an estimate. */
  readonly exact: boolean
  /**
   * The number of tokens: 0 for the empty text, else at least 1. Special tokens in the text are plain text.
   *
   * Takes time linear in the text (up to a logarithm), whatever the text. Throws `UnknownModelError` for a model that
   * an exact counter does not know, `TypeError` if `text` is no string.
   */
  count(text: string, options?: TokenCountOptions): number
  /** Optional, together with `decode`: the tokens of a text, as many as `count` says. `truncate` and `split` cut between them. */
  encode?(text: string, options?: TokenOptions): number[]
  /** Optional: the text of tokens. Bytes that are no UTF-8, as of half a character, are U+FFFD. */
  decode?(tokens: Iterable<number>, options?: TokenOptions): string
  /** Optional: the name of the counter that counts as this model does. Models of one name share their counts. */
  nameFor?(model: string): string
}
