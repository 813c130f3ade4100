import { onAbort } from './on-abort.ts'

/** A signal that is aborted with another one, or alone. */
export interface LinkedSignal {
  readonly signal: AbortSignal
  /** Aborts this signal alone. */
  abort(reason?: unknown): void
  /** Is aborted with the other one no more, and leaves no listener on it. */
  unlink(): void
}

/**
 * A signal for one call, aborted with `signal` and its reason until it is unlinked. For what leaves listeners on the signal
 * that it is given, as `fetch` does, while the caller's signal lives long.
 */
export function linkSignal(signal: AbortSignal | undefined): LinkedSignal {
  const controller = new AbortController()
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    unlink: signal === undefined ? () => {} : onAbort(signal, () => controller.abort(signal.reason)),
  }
}
