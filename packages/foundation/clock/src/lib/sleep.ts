import { onAbort } from './on-abort.ts'
import { startTimer } from './start-timer.ts'

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
    const stopListening = signal && onAbort(signal, abort)
    const stopTimer = startTimer(ms, end)

    function end(): void {
      stopListening?.()
      resolve()
    }
    function abort(): void {
      stopTimer()
      reject(signal?.reason)
    }
  })
}
