import type { TokenCounter, TokenCountOptions, TokenOptions } from './token-counter.ts'

/** Which texts are worth a look-up. */
export interface CountCacheOptions {
  /** Texts of fewer UTF-16 code units are counted without asking the cache: that is sooner done. Default: 4,096. */
  minLength?: number | undefined
}

/** How a text is counted. */
export interface CountingOptions extends TokenCountOptions {
  /** Passed to the cache; its reason is what an aborted count rejects with. */
  signal?: AbortSignal | undefined
}

/** How texts are preloaded. */
export interface PreloadOptions extends TokenOptions {
  signal?: AbortSignal | undefined
}

/** A counter that shares its counts. With a cache that answers at once, `Count` is a number, and it is a `TokenCounter`. */
export interface CachedTokenCounter<Count = number | Promise<number>> extends Pick<TokenCounter, 'name' | 'exact'> {
  /**
   * The number of tokens, at once or as a promise: as the cache answers. `await` it.
   *
   * A failure of the cache is told on the channel `empire:tokens:cache-failure`, and the text is counted. With a `limit`
   * below `Infinity` the cache is not asked.
   */
  count(text: string, options?: CountingOptions): Count
  /**
   * Looks texts up, counts what the cache does not have, and gives a counter that answers at once: for these texts from
   * memory, for all others by counting. For those who cannot wait, such as a context.
   */
  preload(texts: Iterable<string>, options?: PreloadOptions): Promise<TokenCounter>
  /** That of the counter, if it has one. */
  readonly encode?: NonNullable<TokenCounter['encode']>
  /** That of the counter, if it has one. */
  readonly decode?: NonNullable<TokenCounter['decode']>
  /** That of the counter, if it has one. */
  readonly nameFor?: NonNullable<TokenCounter['nameFor']>
}
