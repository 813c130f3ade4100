import { expectNumber, expectObject } from './expect-option.ts'

/** A number of retries that several calls of `retry` share, nested or side by side. */
export interface RetryBudget {
  /** How many retries are left. */
  readonly remaining: number
  /** Takes one retry. `false` when none is left. */
  take(): boolean
}

/** The size of a budget. */
export interface RetryBudgetOptions {
  /** A whole number from 0 up, or `Infinity`. */
  retries: number
}

/** A budget to pass to `retry`, for work whose outermost layer is not itself a `retry`. */
export function createRetryBudget(options: RetryBudgetOptions): RetryBudget {
  expectObject('createRetryBudget: "options"', options)
  const { retries } = options
  expectNumber('createRetryBudget: "retries"', retries, { least: 0, whole: true, endless: true })
  let remaining = retries
  return Object.freeze({
    get remaining() {
      return remaining
    },
    take() {
      if (remaining === 0) return false
      remaining--
      return true
    },
  })
}
