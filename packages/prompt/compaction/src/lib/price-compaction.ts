import type { CachedPrefix, Change, CompactionCost, RequestCost } from './compaction-plan.ts'
import type { TokenPrices } from './token-prices.ts'

const million = 1_000_000

/** What prompts cost with and without a compaction. */
export function priceCompaction(tokens: Change, cache: CachedPrefix, prices: TokenPrices): CompactionCost {
  const without = priceRequests(tokens.before, cache.cachedTokens, prices)
  const compacted = priceRequests(tokens.after, cache.keptTokens, prices)
  const savedPerRequest = without.later - compacted.later
  return Object.freeze({
    without,
    with: compacted,
    recaching: compacted.first - compacted.later,
    savedPerRequest,
    requestsToPay: countRequests(compacted.first - without.first, savedPerRequest),
  })
}

function priceRequests(tokens: number, cached: number, prices: TokenPrices): RequestCost {
  const { input, cachedInput = input, cacheWrite = input } = prices
  const hits = Math.min(cached, tokens)
  return Object.freeze({
    first: (hits * cachedInput + (tokens - hits) * cacheWrite) / million,
    later: (tokens * cachedInput) / million,
  })
}

/** The number of requests after which what the first one costs more is saved by the others. */
function countRequests(extra: number, saved: number): number | undefined {
  if (extra <= 0) return saved >= 0 ? 1 : undefined
  return saved > 0 ? 1 + Math.ceil(extra / saved) : undefined
}
