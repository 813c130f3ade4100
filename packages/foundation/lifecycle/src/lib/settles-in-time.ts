import type { Clock } from '@empire/clock'

/** How long to wait for a promise. */
export interface Patience {
  readonly clock: Clock
  /** In milliseconds. */
  readonly timeout: number
  /** Ends the wait early. */
  readonly signal?: AbortSignal | undefined
}

/** Whether the promise settles, either way, before the time is over or the signal is aborted. It never rejects. */
export async function settlesInTime(
  promise: Promise<unknown>,
  { clock, timeout, signal }: Patience,
): Promise<'settled' | 'late' | 'aborted'> {
  const end = Promise.withResolvers<'settled' | 'aborted'>()
  const settle = (): void => end.resolve('settled')
  const abort = (): void => end.resolve('aborted')
  promise.then(settle, settle)
  if (signal?.aborted) abort()
  signal?.addEventListener('abort', abort, { once: true })
  const sleeper = new AbortController()
  try {
    if (timeout === Infinity) return await end.promise
    const late = clock.sleep(timeout, { signal: sleeper.signal }).then(() => 'late' as const)
    return await Promise.race([end.promise, late])
  } finally {
    signal?.removeEventListener('abort', abort)
    sleeper.abort()
  }
}
