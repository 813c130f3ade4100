/** What `task` gives, or `signal.reason` as soon as the signal is aborted, even if the task never settles. */
export async function raceAbort<Value>(
  task: () => PromiseLike<Value>,
  signal: AbortSignal | undefined,
): Promise<Value> {
  if (signal === undefined) return task()
  signal.throwIfAborted()
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const onAbort = (): void => reject(signal.reason)
  signal.addEventListener('abort', onAbort)
  try {
    return await Promise.race([task(), aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
