/**
 * Settles as `work` does, or rejects with `signal.reason` as soon as the signal aborts.
 *
 * Work that goes on after that is no longer listened to: it has the signal itself.
 */
export async function abortable<Value>(work: Promise<Value> | Value, signal: AbortSignal | undefined): Promise<Value> {
  if (!signal) return work
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const stop = () => reject(signal.reason)
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await Promise.race([aborted, work])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
