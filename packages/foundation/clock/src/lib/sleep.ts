import { onAbort } from './on-abort.ts'

/** A longer delay makes the timers of Node and of browsers fire at once. */
const longestTimer = 2 ** 31 - 1

/** Resolves after `ms` milliseconds, however many, or rejects with `signal.reason` as soon as the signal is aborted. */
export function sleep(ms: number, { signal }: { signal?: AbortSignal | undefined } = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    // The platform would make it 1 ms, with a warning.
    if (typeof ms !== 'number' || Number.isNaN(ms)) {
      throw new TypeError(
        `sleep: "ms" must be a number of milliseconds, got ${typeof ms === 'number' ? ms : typeof ms}.`,
      )
    }
    if (signal?.aborted) return reject(signal.reason)
    let timer: ReturnType<typeof setTimeout>
    const stopListening = signal && onAbort(signal, abort)
    wait(Math.max(0, ms))

    function wait(left: number): void {
      timer = setTimeout(() => (left > longestTimer ? wait(left - longestTimer) : end()), Math.min(left, longestTimer))
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
}
