/** What the cache knows of time. A test passes a manual clock with the same two methods. */
export interface Clock {
  /** Milliseconds since the Unix epoch: processes that share a store compare them. */
  now(): number
  /** Resolves after `ms` milliseconds, or rejects with `signal.reason` as soon as the signal is aborted. */
  sleep(ms: number, options?: { signal?: AbortSignal | undefined }): Promise<void>
}

/** A longer delay makes a timer fire at once. */
const longestTimer = 2 ** 31 - 1

export const systemClock: Clock = Object.freeze({
  now: () => Date.now(),

  sleep(ms: number, { signal }: { signal?: AbortSignal | undefined } = {}): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(signal.reason)
      let timer: ReturnType<typeof setTimeout>
      signal?.addEventListener('abort', abort, { once: true })
      wait(ms)

      function wait(left: number): void {
        timer = setTimeout(
          () => (left > longestTimer ? wait(left - longestTimer) : end()),
          Math.min(left, longestTimer),
        )
      }
      function end(): void {
        signal?.removeEventListener('abort', abort)
        resolve()
      }
      function abort(): void {
        clearTimeout(timer)
        reject(signal?.reason)
      }
    })
  },
})
