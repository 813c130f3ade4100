import { onAbort } from './on-abort.ts'

/** A longer delay makes the timers of Node and of browsers fire at once. */
const longestTimer = 2 ** 31 - 1

/** Resolves after `ms` milliseconds, however many, or rejects with `signal.reason` as soon as the signal is aborted. */
export function sleep(ms: number, { signal }: { signal?: AbortSignal | undefined } = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    let timer: ReturnType<typeof setTimeout>
    const stopListening = signal && onAbort(signal, abort)
    wait(ms)

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
