/**
 * Whether a task failed because its caller gave up, which says nothing about the task.
 *
 * A caller whose patience ran out did not give up: `AbortSignal.timeout()` and `withTimeout` abort with a `TimeoutError`.
 */
export function isAbort(error: unknown, signal?: AbortSignal): boolean {
  return signal?.aborted ? nameOf(signal.reason) !== 'TimeoutError' : nameOf(error) === 'AbortError'
}

function nameOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'name' in error ? error.name : undefined
}
