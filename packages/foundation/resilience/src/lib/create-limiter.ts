import { onAbort, steadyNow, systemClock } from '@empire/clock'
import { createWakeUp } from './create-wake-up.ts'
import { expectClock, expectFunction, expectNumber, expectObject, expectSignal } from './expect-option.ts'
import type { Limiter, LimiterOptions, Reservation, ReserveOptions, ServerLimits } from './limiter.ts'
import { Meter, type Rate } from './meter.ts'
import { ReservationTooLargeError } from './reservation-too-large-error.ts'
import { greatestPriority, WaitingLine } from './waiting-line.ts'

interface Waiter {
  readonly tokens: number
  grant(): void
}

/**
 * A limiter of concurrency, of requests and of tokens per interval.
 *
 * The first in line is never overtaken by one of the same or a lower priority, however small: no one starves but by
 * higher priorities. Each request and each token counts for one interval from the moment it is granted, so that no span
 * of that length ever exceeds the limit.
 */
export function createLimiter(options: LimiterOptions = {}): Limiter {
  expectObject('createLimiter: "options"', options)
  const { concurrency = Infinity, clock = systemClock } = options
  expectNumber('createLimiter: "concurrency"', concurrency, { least: 1, whole: true, endless: true })
  expectClock('createLimiter: "clock"', clock)
  const requestMeter = meterOf('requests', options.requests)
  const tokenMeter = meterOf('tokens', options.tokens)
  // A clock that is set back must not make everyone wait for the time to come again.
  const timeNow = steadyNow(clock)
  const line = new WaitingLine<Waiter>()
  const wakeUp = createWakeUp({ now: timeNow, sleep: clock.sleep.bind(clock) }, admit)
  let running = 0

  return Object.freeze({
    get running() {
      return running
    },
    get waiting() {
      return line.size
    },
    reserve,
    async run<Value>(
      task: (reservation: Reservation) => Value | PromiseLike<Value>,
      runOptions: ReserveOptions = {},
    ): Promise<Value> {
      expectFunction('limiter.run: "task"', task)
      const reservation = await reserve(runOptions)
      try {
        // Granted and aborted in the same moment.
        if (reservation.signal?.aborted) reservation.cancel()
        reservation.signal?.throwIfAborted()
        return await task(reservation)
      } finally {
        reservation.settle()
      }
    },
  })

  async function reserve(reserveOptions: ReserveOptions = {}): Promise<Reservation> {
    expectObject('limiter: "options"', reserveOptions)
    const { tokens = 0, priority = 0, signal } = reserveOptions
    expectNumber('limiter: "tokens"', tokens, { least: 0, whole: true })
    expectNumber('limiter: "priority"', priority, { least: -greatestPriority, most: greatestPriority, whole: true })
    expectSignal('limiter: "signal"', signal)
    signal?.throwIfAborted()
    if (tokens > tokenMeter.limit) throw new ReservationTooLargeError(tokens, tokenMeter.limit)
    if (line.size === 0 && running < concurrency && waitFor(tokens) === 0) return take(tokens, signal)
    return new Promise((resolve, reject) => {
      const leave = line.join({ tokens, grant }, priority)
      const stopListening = signal && onAbort(signal, abort)
      admit()

      function grant(): void {
        leave()
        stopListening?.()
        resolve(take(tokens, signal))
      }
      function abort(): void {
        leave()
        reject(signal?.reason)
        admit()
      }
    })
  }

  /** Grants places from the front of the line as long as there are any, and sees to it that it is called again. */
  function admit(): void {
    for (let first = line.first(); first !== undefined; first = line.first()) {
      if (running >= concurrency) return wakeUp.cancel()
      const wait = waitFor(first.tokens)
      if (wait > 0) return wakeUp.after(wait)
      first.grant()
    }
    wakeUp.cancel()
  }

  function waitFor(tokens: number): number {
    const now = timeNow()
    return Math.max(requestMeter.waitFor(1, now), tokenMeter.waitFor(tokens, now))
  }

  function take(tokens: number, signal: AbortSignal | undefined): Reservation {
    const now = timeNow()
    const request = requestMeter.take(1, now)
    const use = tokenMeter.take(tokens, now)
    let held = true
    running++

    return Object.freeze({
      signal,
      settle(actual: { tokens?: number | undefined } = {}): void {
        const { tokens: used = tokens } = actual
        expectNumber('reservation.settle: "tokens"', used, { least: 0, whole: true })
        end(1, used)
      },
      cancel(): void {
        end(0, 0)
      },
      observe(limits: ServerLimits): void {
        expectLimits(limits)
        const seenAt = timeNow()
        requestMeter.see(request)
        tokenMeter.see(use)
        if (limits.requests !== undefined) requestMeter.observe(limits.requests, seenAt)
        if (limits.tokens !== undefined) tokenMeter.observe(limits.tokens, seenAt)
        admit()
      },
    })

    function end(requests: number, used: number): void {
      if (!held) return
      held = false
      running--
      const endedAt = timeNow()
      requestMeter.correct(request, requests, endedAt)
      tokenMeter.correct(use, used, endedAt)
      admit()
    }
  }
}

function meterOf(name: string, rate: Rate | undefined): Meter {
  if (rate === undefined) return new Meter({ limit: Infinity, interval: 0 })
  expectObject(`createLimiter: "${name}"`, rate)
  const { limit, interval } = rate
  expectNumber(`createLimiter: "${name}.limit"`, limit, { least: 1, whole: true })
  expectNumber(`createLimiter: "${name}.interval"`, interval, { least: 1 })
  return new Meter({ limit, interval })
}

function expectLimits(limits: ServerLimits): void {
  expectObject('reservation.observe: "limits"', limits)
  for (const name of ['requests', 'tokens'] as const) {
    const told = limits[name]
    if (told === undefined) continue
    expectObject(`reservation.observe: "${name}"`, told)
    expectNumber(`reservation.observe: "${name}.remaining"`, told.remaining, { least: 0 })
    expectNumber(`reservation.observe: "${name}.resetAfter"`, told.resetAfter, { least: 0 })
  }
}
