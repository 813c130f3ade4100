import { AsyncLocalStorage } from 'node:async_hooks'
import { describeValue } from '@empire/errors'
import { type Clock, systemClock } from '@empire/clock'
import { expectClock, expectFunction, expectNumber, expectObject, expectSignal } from './expect-option.ts'
import { isAbort } from './is-abort.ts'
import { isRetryable as isRetryableByDefault } from './is-retryable.ts'
import { retryAfterOf } from './retry-after-of.ts'
import { createRetryBudget, type RetryBudget } from './retry-budget.ts'

/** What a task of `retry` is told about the attempt it makes. */
export interface RetryAttempt {
  /** 1 for the first. */
  readonly attempt: number
  /** The `signal` that was passed to `retry`, to be passed on. */
  readonly signal: AbortSignal | undefined
}

/** An attempt that failed and will be followed by another. */
export interface FailedAttempt {
  /** 1 for the first. */
  readonly attempt: number
  /** What the task threw. */
  readonly error: unknown
  /** Milliseconds until the next attempt. */
  readonly delay: number
}

/** How often, after what and when to try again. */
export interface RetryOptions {
  /** How often the task is run at most, the first time included. Default: 3. `Infinity` sets no limit. */
  attempts?: number | undefined
  /** Milliseconds that the first wait may take; each further one may take twice as long as the one before. Default: 500. */
  baseDelay?: number | undefined
  /** Milliseconds that no wait exceeds unless the server asks for it. Default: 30,000. */
  maxDelay?: number | undefined
  /** Milliseconds. When the server asks to wait longer, its error is thrown at once. Default: 60,000. */
  maxRetryAfter?: number | undefined
  /** Whether to try again after `error`. Never asked about an abort. Default: `isRetryable`. */
  isRetryable?: ((error: unknown) => boolean) | undefined
  /** Milliseconds that the server asks to wait. Default: from the error's `details.retryAfter` or response headers. */
  retryAfter?: ((error: unknown) => number | undefined) | undefined
  /** Where retries are taken from. Default: the budget of the `retry` that this one runs in, else `attempts - 1` of its own. */
  budget?: RetryBudget | undefined
  /** Called before each wait. What it throws ends the whole. */
  onRetry?: ((failed: FailedAttempt) => void) | undefined
  /** Ends a wait at once. Its reason is thrown untouched. */
  signal?: AbortSignal | undefined
  /** Default: the platform's. */
  clock?: Clock | undefined
  /** A number from 0 up to 1, excluded. Default: `Math.random`. */
  random?: (() => number) | undefined
}

interface Scope {
  /** Made at the first retry: most calls need none. */
  readonly budget: () => RetryBudget
  /** A socket or timer that is opened inside an attempt keeps its context for life: its later retries are not ours. */
  ended: boolean
}

const scopes = new AsyncLocalStorage<Scope>()

/**
 * Runs `task` until it succeeds, and throws the error of the last attempt untouched.
 *
 * Between attempts it waits as long as the server asks, else a random time (exponential backoff with full jitter: evenly
 * from 0 to `baseDelay × 2^(attempt - 1)`, at most `maxDelay`). An abort is never retried. Nested calls share the budget
 * of the outermost, also across packages, so layers do not multiply: pass `budget` to give a call its own.
 */
export async function retry<Value>(
  task: (attempt: RetryAttempt) => Value | PromiseLike<Value>,
  options: RetryOptions = {},
): Promise<Value> {
  expectFunction('retry: "task"', task)
  const settings = settle(options)
  const { attempts, signal } = settings
  signal?.throwIfAborted()
  const outer = scopes.getStore()
  if (options.budget === undefined && outer?.ended === false) return run(task, settings, outer.budget)
  let { budget } = options
  const scope: Scope = { budget: () => (budget ??= createRetryBudget({ retries: attempts - 1 })), ended: false }
  try {
    return await scopes.run(scope, run, task, settings, scope.budget)
  } finally {
    scope.ended = true
  }
}

type Settings = ReturnType<typeof settle>

async function run<Value>(
  task: (attempt: RetryAttempt) => Value | PromiseLike<Value>,
  settings: Settings,
  budget: () => RetryBudget,
): Promise<Value> {
  const { attempts, signal, isRetryable, onRetry, clock } = settings
  for (let attempt = 1; ; attempt++) {
    try {
      return await task({ attempt, signal })
    } catch (error) {
      signal?.throwIfAborted()
      if (attempt >= attempts || isAbort(error) || !isRetryable(error)) throw error
      const delay = delayAfter(error, attempt, settings)
      if (delay === undefined || !budget().take()) throw error
      onRetry?.({ attempt, error, delay })
      await clock.sleep(delay, { signal })
      signal?.throwIfAborted()
    }
  }
}

function delayAfter(error: unknown, attempt: number, settings: Settings): number | undefined {
  const { retryAfter, clock, maxRetryAfter, baseDelay, maxDelay, random } = settings
  const asked = retryAfter === undefined ? retryAfterOf(error, clock.now()) : retryAfter(error)
  if (typeof asked === 'number' && asked > 0) return asked <= maxRetryAfter ? asked : undefined
  // 2^53 is more than any delay; an exponent without end would make a base of 0 NaN.
  return random() * Math.min(maxDelay, baseDelay * 2 ** Math.min(attempt - 1, 53))
}

function settle(options: RetryOptions) {
  expectObject('retry: "options"', options)
  const {
    attempts = 3,
    baseDelay = 500,
    maxDelay = 30_000,
    maxRetryAfter = 60_000,
    isRetryable = isRetryableByDefault,
    retryAfter,
    budget,
    onRetry,
    signal,
    clock = systemClock,
    random = Math.random,
  } = options
  expectNumber('retry: "attempts"', attempts, { least: 1, whole: true, endless: true })
  expectNumber('retry: "baseDelay"', baseDelay, { least: 0 })
  expectNumber('retry: "maxDelay"', maxDelay, { least: 0 })
  expectNumber('retry: "maxRetryAfter"', maxRetryAfter, { least: 0, endless: true })
  expectFunction('retry: "isRetryable"', isRetryable)
  if (retryAfter !== undefined) expectFunction('retry: "retryAfter"', retryAfter)
  if (budget !== undefined && typeof budget?.take !== 'function')
    throw new TypeError(`retry: "budget" must be made by createRetryBudget(), got ${describeValue(budget)}.`)
  if (onRetry !== undefined) expectFunction('retry: "onRetry"', onRetry)
  expectSignal('retry: "signal"', signal)
  expectClock('retry: "clock"', clock)
  expectFunction('retry: "random"', random)
  return { attempts, baseDelay, maxDelay, maxRetryAfter, isRetryable, retryAfter, onRetry, signal, clock, random }
}
