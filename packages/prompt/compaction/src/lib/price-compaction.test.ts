import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CachedPrefix, RequestCost } from './compaction-plan.ts'
import { priceCompaction } from './price-compaction.ts'

const prefix = (cachedTokens: number, keptTokens: number): CachedPrefix => ({
  cachedTokens,
  keptTokens,
  lostTokens: cachedTokens - keptTokens,
  lostShare: 0,
})

/** In millionths, to be exact. */
function total({ first, later }: RequestCost, requests: number): number {
  return Math.round(first * 1e6) + Math.round(later * 1e6) * (requests - 1)
}

describe('priceCompaction', () => {
  it('sets what re-caching costs against what is saved', () => {
    const prices = { input: 3, cachedInput: 0.3, cacheWrite: 3.75 }
    const cost = priceCompaction({ before: 100_000, after: 40_000 }, prefix(100_000, 10_000), prices)
    expect(cost.without.first).toBeCloseTo(0.03)
    expect(cost.with.first).toBeCloseTo((10_000 * 0.3 + 30_000 * 3.75) / 1e6)
    expect(cost.with.later).toBeCloseTo(0.012)
    expect(cost.recaching).toBeCloseTo((30_000 * (3.75 - 0.3)) / 1e6)
    expect(cost.savedPerRequest).toBeCloseTo(0.018)
    expect(cost.requestsToPay).toBe(6)
  })

  it('pays at once where nothing is cached', () => {
    const cost = priceCompaction({ before: 100, after: 40 }, prefix(100, 0), { input: 1 })
    expect(cost).toMatchObject({ recaching: 0, requestsToPay: 1 })
  })

  it('never pays where nothing is saved later on', () => {
    const prices = { input: 1, cachedInput: 0 }
    expect(priceCompaction({ before: 100, after: 40 }, prefix(100, 0), prices).requestsToPay).toBeUndefined()
    expect(priceCompaction({ before: 40, after: 100 }, prefix(40, 0), { input: 1 }).requestsToPay).toBeUndefined()
  })

  it('takes the first request for cheaper where the old prompt was not in the cache', () => {
    const prices = { input: 1, cachedInput: 0.1 }
    expect(priceCompaction({ before: 100, after: 40 }, prefix(0, 0), prices)).toMatchObject({ requestsToPay: 1 })
  })

  it('pays after exactly as many requests as it says', () => {
    const price = fc.integer({ min: 0, max: 50 })
    fc.assert(
      fc.property(
        fc.record({ input: price, cachedInput: price, cacheWrite: price }),
        fc.nat(10_000),
        fc.nat(10_000),
        fc.nat(10_000),
        fc.nat(10_000),
        (prices, before, after, cached, kept) => {
          const cachedTokens = Math.min(cached, before)
          const cost = priceCompaction(
            { before, after },
            prefix(cachedTokens, Math.min(kept, cachedTokens, after)),
            prices,
          )
          const needed = cost.requestsToPay
          const pays = (requests: number): boolean => total(cost.with, requests) <= total(cost.without, requests)
          expect(pays(1_000_000)).toBe(needed !== undefined)
          expect(needed === undefined || pays(needed)).toBe(true)
          expect(needed === undefined || needed === 1 || !pays(needed - 1)).toBe(true)
        },
      ),
    )
  })
})
