export { BreakerOpenError } from './lib/breaker-open-error.ts'
export type { BreakerOptions } from './lib/breaker-settings.ts'
export type { Clock } from './lib/clock.ts'
export { type Breaker, type BreakerState, type BreakerStateEvent, createBreaker } from './lib/create-breaker.ts'
export type { BreakerContext } from './lib/create-circuit.ts'
export {
  createLimiter,
  type Limiter,
  type LimiterOptions,
  type Reservation,
  type ReserveOptions,
  type ServerLimits,
} from './lib/create-limiter.ts'
export { isRetryable } from './lib/is-retryable.ts'
export type { Rate, RemainingRate } from './lib/meter.ts'
export { type HeadersLike, parseRetryAfter, type ParseRetryAfterOptions } from './lib/parse-retry-after.ts'
export { ReservationTooLargeError } from './lib/reservation-too-large-error.ts'
export { createRetryBudget, type RetryBudget, type RetryBudgetOptions } from './lib/retry-budget.ts'
export { type FailedAttempt, retry, type RetryAttempt, type RetryOptions } from './lib/retry.ts'
export { TimeoutError } from './lib/timeout-error.ts'
export { withTimeout, type TimeoutOptions } from './lib/with-timeout.ts'
