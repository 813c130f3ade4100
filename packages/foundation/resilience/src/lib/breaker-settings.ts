import { describeValue } from '@empire/errors'
import { type Clock, systemClock } from '@empire/clock'
import { expectClock, expectFunction, expectNumber, expectObject } from './expect-option.ts'

/** When a breaker opens, for how long, and by whose time. */
export interface BreakerOptions {
  /**
   * Breakers of one name on one clock are one breaker, wherever they are created. Name the service that is called, not the
   * request: a name is kept as long as its clock. Default: none, the breaker is not shared.
   */
  name?: string | undefined
  /** The share of failed calls, above 0 and up to 1, at which the breaker opens. Default: 0.5. */
  failureRate?: number | undefined
  /** How many calls must have ended within the window before the share means anything. Default: 10. */
  minimumCalls?: number | undefined
  /** Milliseconds back that calls are counted, to a tenth of it. Default: 10,000. */
  window?: number | undefined
  /** Milliseconds that the breaker stays open before it lets one call through on trial. Default: 30,000. */
  resetAfter?: number | undefined
  /**
   * Whether `error` says that the service is in trouble. Never asked about an abort, which counts neither way.
   * What it throws is thrown to the caller instead of the error, which counts as a failure.
   * Default: every error does.
   */
  isFailure?: ((error: unknown) => boolean) | undefined
  /** Default: the platform's. */
  clock?: Clock | undefined
}

export interface BreakerSettings {
  readonly name: string | undefined
  readonly failureRate: number
  readonly minimumCalls: number
  readonly window: number
  readonly resetAfter: number
  readonly isFailure: (error: unknown) => boolean
  readonly clock: Clock
}

export function breakerSettings(options: BreakerOptions): BreakerSettings {
  expectObject('createBreaker: "options"', options)
  const {
    name,
    failureRate = 0.5,
    minimumCalls = 10,
    window = 10_000,
    resetAfter = 30_000,
    isFailure = everyError,
    clock = systemClock,
  } = options
  if (name !== undefined && (typeof name !== 'string' || name === ''))
    throw new TypeError(`createBreaker: "name" must be a string that is not empty, got ${describeValue(name)}.`)
  if (typeof failureRate !== 'number' || !(failureRate > 0 && failureRate <= 1))
    throw new TypeError(
      `createBreaker: "failureRate" must be a number above 0 and up to 1, got ${describeValue(failureRate)}.`,
    )
  expectNumber('createBreaker: "minimumCalls"', minimumCalls, { least: 1, whole: true })
  expectNumber('createBreaker: "window"', window, { least: 1 })
  expectNumber('createBreaker: "resetAfter"', resetAfter, { least: 0 })
  expectFunction('createBreaker: "isFailure"', isFailure)
  expectClock('createBreaker: "clock"', clock)
  return { name, failureRate, minimumCalls, window, resetAfter, isFailure, clock }
}

export function everyError(): boolean {
  return true
}
