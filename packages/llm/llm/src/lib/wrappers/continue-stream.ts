import type { StreamPart } from '../stream-part.ts'
import type { OpenStream } from './open-stream.ts'

/** The parts of a stream that is opened by the first pull. The source is closed when it is left early. */
export async function* continueStream(
  open: () => Promise<OpenStream>,
  signal: AbortSignal | undefined,
): AsyncGenerator<StreamPart, void, undefined> {
  const { first, rest } = await open()
  let ended = false
  try {
    for (const part of first) {
      signal?.throwIfAborted()
      yield part
    }
    while (true) {
      let result: IteratorResult<StreamPart, unknown>
      try {
        result = await rest.next()
      } catch (error) {
        ended = true
        throw error
      }
      if (result.done === true) {
        ended = true
        return
      }
      yield result.value
    }
  } finally {
    if (!ended) await rest.return?.()
  }
}
