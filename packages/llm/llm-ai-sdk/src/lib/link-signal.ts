import { onAbort } from '@empire/clock'

/** A signal of one call. */
export interface LinkedSignal {
  readonly signal: AbortSignal
  /** Leaves no listener behind, and stops what still runs. */
  end(): void
}

/** A signal for one call: providers and fetch leave listeners on what they are given, and the caller's may live long. */
export function linkSignal(signal: AbortSignal | undefined): LinkedSignal {
  const controller = new AbortController()
  const unlink = signal === undefined ? () => {} : onAbort(signal, () => controller.abort(signal.reason))
  return {
    signal: controller.signal,
    end() {
      unlink()
      controller.abort()
    },
  }
}
