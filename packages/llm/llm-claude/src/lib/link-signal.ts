import { onAbort } from '@empire/clock'

/** A signal that is aborted with another one until it is unlinked. */
export interface LinkedSignal {
  readonly signal: AbortSignal
  /** Leaves no listener behind. */
  unlink(): void
}

/** A signal for one call: the SDK and fetch leave listeners on what they are given, and the caller's signal may live long. */
export function linkSignal(signal: AbortSignal | undefined): LinkedSignal {
  const controller = new AbortController()
  const unlink = signal === undefined ? () => {} : onAbort(signal, () => controller.abort(signal.reason))
  return { signal: controller.signal, unlink }
}
