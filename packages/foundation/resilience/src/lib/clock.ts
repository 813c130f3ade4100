import { onAbort } from './on-abort.ts'

/** What this package knows of time. A test passes a manual clock with the same two methods. */
export interface Clock {
  /** Milliseconds since the Unix epoch. Never runs backwards. */
  now(): number
  /** Resolves after `ms` milliseconds, or rejects with `signal.reason` as soon as the signal is aborted. */
  sleep(ms: number, options?: { signal?: AbortSignal | undefined }): Promise<void>
}

/** A longer delay makes the timers of Node and of browsers fire at once. */
const longestTimer = 2 ** 31 - 1

// Read once: it is a slow getter.
const origin = performance.timeOrigin

export const systemClock: Clock = Object.freeze({
  // Not Date.now(): a correction of the system's time must not shorten or stretch a wait.
  now: () => origin + performance.now(),

  sleep(ms: number, { signal }: { signal?: AbortSignal | undefined } = {}): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      let timer: ReturnType<typeof setTimeout>
      const stopListening = signal && onAbort(signal, abort)
      wait(ms)

      function wait(left: number): void {
        timer = setTimeout(
          () => (left > longestTimer ? wait(left - longestTimer) : end()),
          Math.min(left, longestTimer),
        )
      }
      function end(): void {
        stopListening?.()
        resolve()
      }
      function abort(): void {
        clearTimeout(timer)
        reject(signal?.reason)
      }
    })
  },
})
