import { onAbort } from '@empire/clock'
import type { StreamPart } from '../stream-part.ts'
import { sourceOf } from './layered-stream.ts'
import type { PartSink, PartSource } from './part-source.ts'

/**
 * A source that an abort ends at once, even while it ignores it: it is closed, and who waits gets the reason of the signal. A
 * source that ignores the abort may take for ever to close: nobody is kept waiting for it.
 */
export function guardedSource(parts: AsyncIterable<StreamPart>, signal: AbortSignal | undefined): PartSource {
  const source = sourceOf(parts)
  if (signal === undefined) return source
  let waiting: PartSink | undefined
  let ended = false

  function take(): PartSink | undefined {
    const sink = waiting
    waiting = undefined
    return sink
  }

  function end(): PartSink | undefined {
    ended = true
    stopListening()
    return take()
  }

  const input: PartSink = {
    part: (part) => take()?.part(part),
    end: () => end()?.end(),
    fail: (error) => end()?.fail(error),
  }

  const stopListening = onAbort(signal, () => {
    ended = true
    closeUnheard(source)
    take()?.fail(signal.reason)
  })

  return {
    pull(sink) {
      if (signal.aborted) return sink.fail(signal.reason)
      waiting = sink
      source.pull(input)
    },
    close() {
      if (ended) return undefined
      ended = true
      stopListening()
      return source.close()
    },
  }
}

async function closeUnheard(source: PartSource): Promise<void> {
  try {
    await source.close()
  } catch {
    // Its failure would come after the reason of the abort, which has been told.
  }
}
