import { expectTypeOf } from 'vitest'
import { retry, type RetryAttempt } from './retry.ts'

// Gives what the task gives, whether or not that is a promise.
expectTypeOf(retry(() => 5)).toEqualTypeOf<Promise<number>>()
expectTypeOf(retry(async () => 'text' as const)).toEqualTypeOf<Promise<'text'>>()

void retry((attempt) => expectTypeOf(attempt).toEqualTypeOf<RetryAttempt>())

// An option that is left out may also be undefined.
void retry(() => 5, { signal: undefined, attempts: undefined, clock: undefined, budget: undefined })
