/** Waits for `task`, or until `signal` aborts: then throws its reason, and the task goes on without this caller. */
export async function raceAbort<Value>(task: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return await task
  let onAbort: (() => void) | undefined
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason as Error)
    signal.addEventListener('abort', onAbort, { once: true })
    if (signal.aborted) onAbort()
  })
  try {
    return await Promise.race([task, aborted])
  } finally {
    if (onAbort !== undefined) signal.removeEventListener('abort', onAbort)
  }
}
