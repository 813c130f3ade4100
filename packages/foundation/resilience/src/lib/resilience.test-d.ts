import type { ManualClock } from '@empire/test-support/clock'
import { expectTypeOf } from 'vitest'
import type { Clock } from './clock.ts'
import { createBreaker } from './create-breaker.ts'
import { createLimiter, type Reservation } from './create-limiter.ts'
import { retry, type RetryAttempt } from './retry.ts'
import { withTimeout } from './with-timeout.ts'

// Each gives what its task gives, whether or not that is a promise.
expectTypeOf(retry(() => 5)).toEqualTypeOf<Promise<number>>()
expectTypeOf(retry(async () => 'text' as const)).toEqualTypeOf<Promise<'text'>>()
expectTypeOf(withTimeout(async () => 5, 100)).toEqualTypeOf<Promise<number>>()
expectTypeOf(createBreaker().run(() => ({ a: 1 }))).toEqualTypeOf<Promise<{ a: number }>>()
expectTypeOf(createLimiter().run(async () => null)).toEqualTypeOf<Promise<null>>()

// Each tells its task what it has to pass on.
void retry((attempt) => expectTypeOf(attempt).toEqualTypeOf<RetryAttempt>())
void withTimeout(({ signal }) => expectTypeOf(signal).toEqualTypeOf<AbortSignal>(), 100)
void createBreaker().run(({ signal }) => expectTypeOf(signal).toEqualTypeOf<AbortSignal | undefined>())
void createLimiter().run((reservation) => expectTypeOf(reservation).toEqualTypeOf<Reservation>())

// An option that is left out may also be undefined.
void retry(() => 5, { signal: undefined, attempts: undefined, clock: undefined, budget: undefined })
void createLimiter({ requests: undefined, tokens: undefined, concurrency: undefined })
createBreaker({ name: undefined, isFailure: undefined })

// The clock of a test needs no adapter.
expectTypeOf<ManualClock>().toExtend<Clock>()

// @ts-expect-error -- a timeout is not optional
void withTimeout(() => 5)
// @ts-expect-error -- a limit is not a number alone
createLimiter({ tokens: 1000 })
