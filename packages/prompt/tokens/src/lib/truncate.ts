import { expectKnownKeys } from '@empire/errors'
import { checkCounter, checkText, checkTokens } from './check-arguments.ts'
import { findBeginning } from './find-beginning.ts'
import type { TokenCounter, TokenOptions } from './token-counter.ts'

/**
 * The beginning of a text that has at most `limit` tokens; the text itself if it fits. It ends between two tokens of the
 * text, if the counter has `encode` and `decode`, and never within a character. Empty if even the first does not fit.
 *
 * The result is counted, not assumed: a beginning may be made of other tokens than the same characters within the text.
 * Takes time by the limit, not by the text.
 */
export function truncate(counter: TokenCounter, text: string, limit: number, options: TokenOptions = {}): string {
  checkCounter(counter)
  checkText(text)
  checkTokens('limit', limit)
  expectKnownKeys('"options"', options, ['model'])
  return text.slice(0, findBeginning({ counter, model: options.model }, text, limit))
}
