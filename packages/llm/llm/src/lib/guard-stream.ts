import { onAbort } from '@empire/clock'
import { missingPart } from './missing-part.ts'
import type { StreamPart } from './stream-part.ts'

/**
 * Passes the parts of a source on, one per pull; it is opened by the first. An abort ends it at once, even while the source ignores it; the source
 * is closed whichever way this ends; a source that ends without its `finish` or `interrupted` part is an error, not a short answer.
 */
export async function* guardStream(
  open: () => AsyncIterable<StreamPart>,
  signal: AbortSignal | undefined,
): AsyncGenerator<StreamPart, void, undefined> {
  signal?.throwIfAborted()
  const parts = open()[Symbol.asyncIterator]()
  const { pull, stop } = signal === undefined ? { pull: () => parts.next(), stop() {} } : createAbortable(parts, signal)
  let ended = false
  let finished = false
  try {
    while (true) {
      signal?.throwIfAborted()
      const result = await pull()
      if (result.done === true) {
        ended = true
        break
      }
      if (result.value.type === 'finish' || result.value.type === 'interrupted') finished = true
      yield result.value
    }
    if (!finished) throw missingPart('finish')
  } catch (error) {
    // What the source throws has ended it; an abort has not.
    if (signal?.aborted !== true) ended = true
    throw error
  } finally {
    stop()
    if (!ended) {
      const closed = close(parts)
      // A source that ignores the abort may take for ever to close: the caller is not kept waiting for it.
      if (signal?.aborted === true) closed.catch(() => {})
      else await closed
    }
  }
}

/** Pulls that an abort rejects, with one listener for all of them. */
function createAbortable(parts: AsyncIterator<StreamPart>, signal: AbortSignal) {
  let reject: ((reason: unknown) => void) | undefined
  return {
    stop: onAbort(signal, () => reject?.(signal.reason)),
    pull: () =>
      new Promise<IteratorResult<StreamPart, unknown>>((resolve, fail) => {
        reject = fail
        parts.next().then(resolve, fail)
      }),
  }
}

async function close(parts: AsyncIterator<StreamPart>): Promise<void> {
  await parts.return?.()
}
