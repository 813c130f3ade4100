/** What `TokenCounter.count` may be told beside the text. */
export interface TokenCountOptions {
  /** Count as this model does. Default: what the counter was made for. */
  model?: string | undefined
}

/**
 * Counts the tokens of a text.
 *
 * Text alone: what a chat adds around each message is `chatOverhead`. Every counter passes `tokenCounterCases` of
 * `@empire/tokens/conformance`.
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
}
