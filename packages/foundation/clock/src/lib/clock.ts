/** The time, and waiting for it. A test passes a manual clock with the same two methods. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number
  /** Resolves after `ms` milliseconds, or rejects with `signal.reason` as soon as the signal is aborted. */
  sleep(ms: number, options?: { signal?: AbortSignal | undefined }): Promise<void>
}
