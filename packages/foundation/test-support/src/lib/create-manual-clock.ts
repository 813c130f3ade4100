import { setImmediate } from 'node:timers/promises'
import { describeValue } from '@empire/errors'
import { TimerQueue } from './timer-queue.ts'

/** How a manual clock begins. */
export interface ManualClockOptions {
  /** The time at the start, in milliseconds. Default: 0. */
  readonly now?: number | undefined
}

/** A clock that stands still until a test moves it. Its methods work without the object: `const { now } = clock`. */
export interface ManualClock {
  /** The time in milliseconds. */
  now(): number
  /** Resolves when the clock has moved by `ms` milliseconds, or rejects with `signal.reason` as soon as `signal` is aborted. */
  sleep(ms: number, options?: { signal?: AbortSignal | undefined }): Promise<void>
  /** Calls `callback` once when the clock has moved by `ms` milliseconds. */
  setTimeout(callback: () => void, ms?: number): number
  /** Forgets a timer. An unknown id, or none, does nothing. */
  clearTimeout(id?: number): void
  /**
   * Moves the time by `ms` milliseconds and fires what falls due, in order, each at its own time.
   *
   * Between two timers, and at the end, whatever promises have led to runs to its end, so that code which sleeps again
   * in a loop is carried along. Input and output are not waited for. Rejects with what a callback throws.
   */
  advance(ms: number): Promise<void>
  /** Resolves as soon as at least `count` timers wait: for code that reads or writes before it sleeps. Default: 1. */
  whenWaiting(count?: number, options?: { signal?: AbortSignal | undefined }): Promise<void>
  /** How many timers wait. */
  readonly waiting: number
}

/** Far more than any code needs that does not run in a circle. */
const mostTimersAtOnce = 1_000_000

/** A clock for tests of whatever takes a clock, `now` or `setTimeout` as an option: time passes when the test says so. */
export function createManualClock(options: ManualClockOptions = {}): ManualClock {
  const timers = new TimerQueue()
  const watchers = new Set<() => void>()
  let time = checkTime('now', options.now ?? 0)
  let lastId = 0
  let moved = Promise.resolve()

  function addTimer(run: () => void, ms: number): number {
    lastId += 1
    // A timer that never falls due is kept too: it waits.
    timers.add({ id: lastId, due: time + Math.max(0, ms), run })
    for (const watcher of watchers) watcher()
    return lastId
  }

  async function moveTo(target: number): Promise<void> {
    await settle()
    let firedAtOnce = 0
    for (let timer = timers.takeDue(target); timer !== undefined; timer = timers.takeDue(target)) {
      firedAtOnce = timer.due > time ? 0 : firedAtOnce + 1
      if (firedAtOnce > mostTimersAtOnce) {
        throw new Error(`${mostTimersAtOnce} timers fired at ${time} ms: something sleeps for 0 ms in an endless loop.`)
      }
      time = Math.max(time, timer.due)
      timer.run()
      await settle()
    }
    time = target
  }

  return Object.freeze({
    now: () => time,

    sleep(ms: number, { signal }: { signal?: AbortSignal | undefined } = {}): Promise<void> {
      checkDelay('ms', ms)
      return waitUntil(signal, (done) => {
        const id = addTimer(done, ms)
        return () => timers.cancel(id)
      })
    },

    setTimeout(callback: () => void, ms = 0): number {
      if (typeof callback !== 'function') {
        throw new TypeError(`"callback" must be a function, got ${describeValue(callback)}.`)
      }
      return addTimer(callback, checkDelay('ms', ms))
    },

    clearTimeout(id?: number): void {
      if (id !== undefined) timers.cancel(id)
    },

    advance(ms: number): Promise<void> {
      checkTime('ms', ms)
      if (ms < 0)
        throw new TypeError(`"ms" must not be negative, got ${describeValue(ms)}: time does not run backwards.`)
      const move = moved.then(() => moveTo(time + ms))
      moved = move.catch(() => {})
      return move
    },

    whenWaiting(count = 1, { signal }: { signal?: AbortSignal | undefined } = {}): Promise<void> {
      if (!Number.isSafeInteger(count) || count < 1) {
        throw new TypeError(`"count" must be a whole number of at least 1, got ${describeValue(count)}.`)
      }
      if (timers.size >= count && !signal?.aborted) return Promise.resolve()
      return waitUntil(signal, (done) => {
        const look = (): void => {
          if (timers.size >= count) done()
        }
        watchers.add(look)
        return () => watchers.delete(look)
      })
    },

    get waiting(): number {
      return timers.size
    },
  })
}

/** One turn of the event loop: all that promises lead to has run by then. */
async function settle(): Promise<void> {
  await setImmediate()
}

/** @param start Begins the wait, and gives the function that ends it. */
function waitUntil(signal: AbortSignal | undefined, start: (done: () => void) => () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const stop = start(() => {
      signal?.removeEventListener('abort', abort)
      stop()
      resolve()
    })
    signal?.addEventListener('abort', abort, { once: true })

    function abort(): void {
      stop()
      reject(signal?.reason)
    }
  })
}

function checkTime(name: string, value: number): number {
  if (Number.isFinite(value)) return value
  throw new TypeError(`"${name}" must be a finite number of milliseconds, got ${describeValue(value)}.`)
}

function checkDelay(name: string, value: number): number {
  if (typeof value === 'number' && !Number.isNaN(value)) return value
  throw new TypeError(`"${name}" must be a number of milliseconds, got ${describeValue(value)}.`)
}
