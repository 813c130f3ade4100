import { expectTypeOf } from 'vitest'
import type { CachedTokenCounter } from './cached-token-counter.ts'
import { createEstimator } from './estimator.ts'
import type { TokenCounter } from './token-counter.ts'
import { withCountCache } from './with-count-cache.ts'

expectTypeOf(withCountCache(createEstimator(), new Map<string, string>())).toExtend<TokenCounter>()
const slow = { get: async (_key: string): Promise<unknown> => undefined, set: async (): Promise<void> => {} }
expectTypeOf(withCountCache(createEstimator(), slow)).toEqualTypeOf<CachedTokenCounter>()
// @ts-expect-error a promise is no count
withCountCache(createEstimator(), slow) satisfies TokenCounter
