import { describeValue, expectKnownKeys } from '@empire/errors'
import type { TokenCounter, TokenCountOptions } from './token-counter.ts'

/** Throws `TypeError` for what is no counter. */
export function checkCounter(counter: unknown): asserts counter is TokenCounter {
  const found = typeof counter === 'object' && counter !== null ? (counter as Partial<TokenCounter>).count : undefined
  if (typeof found === 'function') return
  throw new TypeError(
    `Expected "counter" to be a TokenCounter, such as createEstimator() makes, got ${describeValue(counter)}.`,
  )
}

/** Throws `TypeError` for what is no text. */
export function checkText(text: unknown): asserts text is string {
  if (typeof text !== 'string') throw new TypeError(`Expected "text" to be a string, got ${describeValue(text)}.`)
}

/** Throws `TypeError` for what is no number of tokens, `Infinity` included. */
export function checkTokens(name: string, tokens: unknown): asserts tokens is number {
  if (Number.isSafeInteger(tokens) && (tokens as number) >= 0) return
  throw new TypeError(`Expected "${name}" to be a number of tokens from 0 upwards, got ${describeValue(tokens)}.`)
}

/**
 * Throws `TypeError` for options of a count that are not known, such as a misspelt `model`, and for a limit that is no
 * number. Counts are many: what is to be said is looked for only where something is wrong.
 */
export function checkCountOptions(options: TokenCountOptions, known: readonly string[] = countKeys): void {
  if (typeof options !== 'object' || options === null) expectKnownKeys('"options"', options, known)
  for (const key in options) if (!known.includes(key)) expectKnownKeys('"options"', options, known)
  const { limit = 0 } = options
  if (typeof limit === 'number' && limit >= 0) return
  throw new TypeError(`Expected "limit" to be a number of tokens from 0 upwards, got ${describeValue(limit)}.`)
}

const countKeys: readonly string[] = ['model', 'limit']
