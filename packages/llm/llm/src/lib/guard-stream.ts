import { missingPart } from './missing-part.ts'
import { raceAbort } from './race-abort.ts'
import type { StreamPart } from './stream-part.ts'

/**
 * Passes the parts of a source on, one per pull. An abort ends it at once, even while the source ignores it; the source
 * is closed whichever way this ends; a source that ends without its `finish` or `interrupted` part is an error, not a short answer.
 */
export async function* guardStream(
  source: AsyncIterable<StreamPart>,
  signal: AbortSignal | undefined,
): AsyncGenerator<StreamPart, void, undefined> {
  const parts = source[Symbol.asyncIterator]()
  let ended = false
  let finished = false
  const pull = async (): Promise<IteratorResult<StreamPart, unknown>> => {
    try {
      const result = await parts.next()
      if (result.done === true) ended = true
      return result
    } catch (error) {
      ended = true
      throw error
    }
  }
  try {
    while (true) {
      const result = await raceAbort(pull, signal)
      if (result.done === true) break
      if (result.value.type === 'finish' || result.value.type === 'interrupted') finished = true
      yield result.value
    }
    if (!finished) throw missingPart('finish')
  } finally {
    if (!ended) {
      const closed = close(parts)
      // A source that ignores the abort may take for ever to close: the caller is not kept waiting for it.
      if (signal?.aborted === true) closed.catch(() => {})
      else await closed
    }
  }
}

async function close(parts: AsyncIterator<StreamPart>): Promise<void> {
  await parts.return?.()
}
