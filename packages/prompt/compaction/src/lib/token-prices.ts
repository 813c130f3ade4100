import { describeValue, expectKnownKeys } from '@empire/errors'

/** What a provider takes for a million tokens of a prompt, in any currency. */
export interface TokenPrices {
  /** Tokens that are read anew. */
  input: number
  /** Tokens at the start of the prompt that the provider has in its cache. Default: as `input`. */
  cachedInput?: number | undefined
  /** Tokens that are read anew and put in the cache. Default: as `input`. */
  cacheWrite?: number | undefined
}

const names = ['input', 'cachedInput', 'cacheWrite'] as const

/** Throws `TypeError` for prices that are none. */
export function checkPrices(of: string, prices: TokenPrices): void {
  expectKnownKeys(`${of}: "prices"`, prices, names)
  for (const name of names) {
    const price: unknown = prices[name]
    if (price === undefined && name !== 'input') continue
    if (typeof price === 'number' && Number.isFinite(price) && price >= 0) continue
    throw new TypeError(
      `${of}: "prices.${name}" must be a price per million tokens from 0 on, got ${describeValue(price)}.`,
    )
  }
}
