import { describeValue, expectKnownKeys } from '@empire/errors'
import type { CachedTokenCounter, PreloadOptions } from './cached-token-counter.ts'
import { checkCountOptions, checkText } from './check-arguments.ts'
import { capabilities } from './capabilities.ts'
import type { TokenCounter, TokenCountOptions } from './token-counter.ts'

/** Look-ups that are under way at once: enough to fill a connection, not so many that the last ones seem to hang. */
const batchSize = 100

/** A counter that has the counts of `texts` in memory, as `count` gave them. */
export async function preloadCounts(
  counter: TokenCounter,
  count: CachedTokenCounter['count'],
  texts: Iterable<string>,
  options: PreloadOptions,
): Promise<TokenCounter> {
  if (typeof texts !== 'object' || texts === null || !(Symbol.iterator in texts)) {
    throw new TypeError(`Expected "texts" to be an array of strings, got ${describeValue(texts)}.`)
  }
  expectKnownKeys('"options"', options, ['model', 'signal'])
  const { model: preloaded, signal } = options
  const all = [...new Set(texts)]
  for (const text of all) checkText(text)
  const known = new Map<string, number>()
  for (let start = 0; start < all.length; start += batchSize) {
    const batch = all.slice(start, start + batchSize)
    const counts = await Promise.all(batch.map(async (text) => count(text, { model: preloaded, signal })))
    for (const [index, text] of batch.entries()) known.set(text, counts[index] as number)
  }
  return Object.freeze({
    ...capabilities(counter),
    count(text: string, countOptions: TokenCountOptions = {}): number {
      checkCountOptions(countOptions)
      const { model, limit } = countOptions
      const tokens = model === preloaded ? known.get(text) : undefined
      return tokens ?? counter.count(text, { model, limit })
    },
  })
}
