import { type Clock, onAbort, systemClock } from '@empire/clock'
import { expectClock, expectFunction, expectNumber, expectObject, expectSignal } from './expect-option.ts'
import { TimeoutError } from './timeout-error.ts'

/** What else ends the wait, and by whose time it is measured. */
export interface TimeoutOptions {
  /** Gives up early. Its reason is thrown untouched. */
  signal?: AbortSignal | undefined
  /** Default: the platform's. */
  clock?: Clock | undefined
}

const done = Symbol('done')

/**
 * Runs `task` and gives what it gives, or rejects when the time is over or `signal` is aborted.
 *
 * The task is told through the signal it receives. It is not waited for: one that does not listen goes on alone, and what
 * it gives or throws later is dropped.
 *
 * @param timeout Milliseconds. `Infinity` sets no limit.
 * @throws {TimeoutError} when the time is over.
 */
export async function withTimeout<Value>(
  task: (context: { readonly signal: AbortSignal }) => Value | PromiseLike<Value>,
  timeout: number,
  options: TimeoutOptions = {},
): Promise<Value> {
  expectObject('withTimeout: "options"', options)
  const { signal, clock = systemClock } = options
  expectFunction('withTimeout: "task"', task)
  expectNumber('withTimeout: "timeout"', timeout, { least: 0, endless: true })
  expectSignal('withTimeout: "signal"', signal)
  expectClock('withTimeout: "clock"', clock)
  signal?.throwIfAborted()
  const run = new AbortController()
  const timer = new AbortController()
  let stopListening: (() => void) | undefined
  try {
    return await new Promise<Value>((resolve, reject) => {
      stopListening = signal && onAbort(signal, () => interrupt(signal.reason))
      if (timeout !== Infinity) clock.sleep(timeout, { signal: timer.signal }).then(expire, failSleep)
      new Promise<Value>((settle) => settle(task({ signal: run.signal }))).then(resolve, reject)

      function expire(): void {
        interrupt(new TimeoutError(timeout))
      }
      function failSleep(error: unknown): void {
        if (!timer.signal.aborted) interrupt(error)
      }
      function interrupt(reason: unknown): void {
        reject(reason)
        run.abort(reason)
      }
    })
  } finally {
    stopListening?.()
    timer.abort(done)
  }
}
