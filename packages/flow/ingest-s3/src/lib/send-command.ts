import { type Clock, linkSignal, onAbort } from '@empire/clock'
import { withTimeout } from '@empire/resilience'
import { s3Error } from './s3-error.ts'

/** How the bucket is asked. */
export interface Sending {
  readonly clock: Clock
  readonly random: () => number
  /** Milliseconds without a sign of the server. */
  readonly timeout: number
}

/** Sends one command. Rejects with `IngestError`, or with the reason of the signal. */
export async function sendCommand<Output>(
  send: (options: { abortSignal: AbortSignal }) => Promise<Output>,
  path: string,
  { clock, timeout }: Sending,
  signal: AbortSignal | undefined,
): Promise<Output> {
  signal?.throwIfAborted()
  const linked = linkSignal(signal)
  try {
    return await withTimeout(() => send({ abortSignal: linked.signal }), timeout, { signal, clock })
  } catch (error) {
    linked.abort(error)
    signal?.throwIfAborted()
    throw s3Error(path, error)
  } finally {
    linked.unlink()
  }
}

/** What the SDK gives as a body in Node. */
interface Body extends AsyncIterable<Uint8Array> {
  destroy(error?: Error): unknown
}

/** Leaves a body that is not read. */
export function closeBody(body: unknown): void {
  const stream = body as Body
  stream.destroy()
}

/** The bytes of a body; it is closed at its end, when it breaks, is left or aborted. */
export async function* readBody(
  body: unknown,
  path: string,
  { clock, timeout }: Sending,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  const stream = body as Body
  const stopListening = signal === undefined ? () => {} : onAbort(signal, () => stream.destroy())
  const pieces = stream[Symbol.asyncIterator]()
  try {
    for (;;) {
      const { done, value } = await withTimeout(() => pieces.next(), timeout, { signal, clock })
      if (done === true) return
      yield value
    }
  } catch (error) {
    signal?.throwIfAborted()
    throw s3Error(path, error)
  } finally {
    stopListening()
    stream.destroy()
  }
}
