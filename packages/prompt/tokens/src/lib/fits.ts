import { expectKnownKeys } from '@empire/errors'
import { checkCounter, checkText, checkTokens } from './check-arguments.ts'
import type { TokenCounter, TokenOptions } from './token-counter.ts'

/**
 * Whether a text has at most `limit` tokens.
 *
 * Stops as soon as the counter knows: with the counters of Empire the time depends on the limit, not on the text. A
 * counter that does not know `limit` counts the whole text.
 */
export function fits(counter: TokenCounter, text: string, limit: number, options: TokenOptions = {}): boolean {
  checkCounter(counter)
  checkText(text)
  checkTokens('limit', limit)
  expectKnownKeys('"options"', options, ['model'])
  return counter.count(text, { model: options.model, limit }) <= limit
}
