/** What this package knows of time. A test passes a manual clock with the same two methods. */
export interface Clock {
  /** Milliseconds. Never runs backwards. */
  now(): number
  /** Resolves after `ms` milliseconds, or rejects as soon as the signal is aborted. */
  sleep(ms: number, options?: { signal?: AbortSignal | undefined }): Promise<void>
}

export const systemClock: Clock = Object.freeze({
  now: () => performance.now(),

  sleep(ms: number, { signal }: { signal?: AbortSignal | undefined } = {}): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', abort)
        resolve()
      }, ms)
      signal?.addEventListener('abort', abort, { once: true })

      function abort(): void {
        clearTimeout(timer)
        reject(signal?.reason)
      }
    })
  },
})
