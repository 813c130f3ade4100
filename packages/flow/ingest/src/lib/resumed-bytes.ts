import { type Clock, systemClock } from '@empire/clock'
import { isRetryable } from '@empire/resilience'

/** A stream that can be opened in its middle. */
export interface ResumedBytesOptions {
  /** Opens the stream at a byte, from 0. Each is closed when it ends, breaks or is left. */
  readonly open: (
    position: number,
    options: { readonly signal?: AbortSignal | undefined },
  ) => AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>
  /** Its first bytes, if they are known already. Default: none. */
  readonly head?: Uint8Array | undefined
  /** How many bytes there are: a stream that ends before has been cut. Default: unknown. */
  readonly size?: number | undefined
  /** Whether to go on after an error. Default: `isRetryable`. */
  readonly isResumable?: ((error: unknown) => boolean) | undefined
  /** How often it is opened in a row without getting a byte. Default: 5. */
  readonly attempts?: number | undefined
  /** Stops it: the iteration rejects with `signal.reason`. */
  readonly signal?: AbortSignal | undefined
  /** Default: the platform's. */
  readonly clock?: Clock | undefined
  /** A number from 0 up to 1, excluded: spreads the waits. Default: `Math.random`. */
  readonly random?: (() => number) | undefined
}

const baseDelay = 250
const maxDelay = 10_000
const maxRetryAfter = 60_000

/**
 * The bytes of a stream that goes on where it broke off: for sources.
 *
 * Waits as long as the error asks (`details.retryAfter`), else up to 250 ms, and twice as long each time in a row.
 */
export async function* resumedBytes(options: ResumedBytesOptions): AsyncGenerator<Uint8Array, void, undefined> {
  const { open, head = new Uint8Array(), size = Infinity, isResumable = isRetryable, attempts = 5, signal } = options
  const { clock = systemClock, random = Math.random } = options
  signal?.throwIfAborted()
  if (head.length > 0) yield head
  let position = head.length
  let failures = 0
  while (position < size) {
    try {
      for await (const piece of await open(position, { signal })) {
        signal?.throwIfAborted()
        if (piece.length === 0) continue
        position += piece.length
        failures = 0
        yield piece
      }
      if (size === Infinity || position >= size) return
      throw new Error(`the body ended after ${position} of ${size} bytes`)
    } catch (error) {
      signal?.throwIfAborted()
      failures++
      const asked = retryAfterOf(error)
      if (failures >= attempts || !isResumable(error) || (asked ?? 0) > maxRetryAfter) throw error
      await clock.sleep(asked ?? random() * Math.min(maxDelay, baseDelay * 2 ** (failures - 1)), { signal })
    }
  }
}

function retryAfterOf(error: unknown): number | undefined {
  const { details } = (error ?? {}) as { readonly details?: { readonly retryAfter?: unknown } }
  return typeof details?.retryAfter === 'number' ? details.retryAfter : undefined
}
