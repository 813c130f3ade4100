import { expectTypeOf } from 'vitest'
import { createEstimator } from './estimator.ts'
import type { TokenCounter } from './token-counter.ts'

expectTypeOf(createEstimator()).toEqualTypeOf<TokenCounter>()
expectTypeOf<TokenCounter['count']>().toBeCallableWith('text', { model: undefined })
expectTypeOf((text: string) => text.length).toExtend<TokenCounter['count']>()
// @ts-expect-error a text is required
createEstimator().count()
