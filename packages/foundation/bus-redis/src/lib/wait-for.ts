/** How long to wait, and for whom. */
export interface WaitForOptions {
  /** In milliseconds. */
  readonly timeout: number
  readonly signal: AbortSignal | undefined
  /** What the wait rejects with when the time is over. */
  createError(): Error
}

/** The outcome of a promise, unless the time is over or the signal is aborted first. */
export async function waitFor<Value>(promise: Promise<Value>, options: WaitForOptions): Promise<Value> {
  const { timeout, signal, createError } = options
  const given = Promise.withResolvers<never>()
  const timer = setTimeout(() => given.reject(createError()), timeout)
  const abort = (): void => given.reject(signal?.reason)
  signal?.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([promise, given.promise])
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}
