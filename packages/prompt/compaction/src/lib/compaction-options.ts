import type { Assigns } from '@empire/template'
import type { Summarizer } from './summarizer.ts'
import type { TokenPrices } from './token-prices.ts'

/** What `compact` and `plan` can be told. Options stored in the context are the defaults. */
export interface CompactionOptions {
  /** Writes summaries. Default: that of the strategy. */
  summarizer?: Summarizer | undefined
  /**
   * How many tokens the context may have afterwards: this is held, or the compaction is refused. Default: `maxTokens` of
   * the context is the budget of strategies that need one, and is held only by them.
   */
  maxTokens?: number | undefined
  /** Values for the templates in messages, for counting and rendering. Default: those of the messages. */
  assigns?: Assigns | undefined
  /** Prices, for the cost in the plan. Default: the plan has no cost. */
  prices?: TokenPrices | undefined
  /** How many tokens of the prompt the provider has in its cache. Default: all of them. */
  cachedTokens?: number | undefined
  /** Ends the waiting. Its reason is thrown as it is. */
  signal?: AbortSignal | undefined
}
