/** What time is read from and waited on, so that tests can stand in for it. */
export interface Clock {
  /** Milliseconds since any fixed moment. */
  readonly now: () => number
  /** Resolves after so many milliseconds; rejects with the reason of the signal when that is aborted first. */
  readonly sleep: (milliseconds: number, options?: { signal?: AbortSignal }) => Promise<void>
}

/** The clock of the platform. */
export const systemClock: Clock = Object.freeze({
  now: () => performance.now(),
  sleep: (milliseconds: number, { signal }: { signal?: AbortSignal } = {}) =>
    new Promise<void>((resolve, reject) => {
      signal?.throwIfAborted()
      const end = (settle: () => void): void => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', abort)
        settle()
      }
      // oxlint-disable-next-line prefer-promise-reject-errors -- the reason of an abort is passed on untouched
      const abort = (): void => end(() => reject(signal?.reason))
      const timer = setTimeout(() => end(resolve), milliseconds)
      signal?.addEventListener('abort', abort)
    }),
})
