import { layerStream } from '../stream/layered-stream.ts'
import type { PartSink, PartSource } from '../stream/part-source.ts'
import type { StreamPart } from '../stream-part.ts'

/** Parts that come some at a time, as the pieces of a body bring them. */
export interface PartBatches {
  /** The next parts, each made when it is pulled; `undefined` at the end. */
  next(): Promise<Iterable<StreamPart> | undefined>
  /** Called once, whichever way the stream has ended or was left. */
  close(): void | Promise<void>
}

/**
 * The stream of an answer that comes in batches: what an async generator over them would be, with a promise for each batch
 * in the place of several for each part. `open` is called at the first pull.
 */
export function streamBatches(open: () => PartBatches): AsyncIterable<StreamPart> {
  let batches: PartBatches | undefined
  return layerStream({
    source: () => batchSource((batches = open())),
    closed: () => batches?.close(),
  })
}

function batchSource(batches: PartBatches): PartSource {
  let parts: Iterator<StreamPart> | undefined
  let sink: PartSink

  function deliver(): void {
    try {
      const next = parts?.next()
      if (next?.done === false) return sink.part(next.value)
    } catch (error) {
      return sink.fail(error)
    }
    // Many streams wait for a long time: none holds on to what was delivered.
    parts = undefined
    batches.next().then(take, fail)
  }

  function take(more: Iterable<StreamPart> | undefined): void {
    if (more === undefined) return sink.end()
    parts = more[Symbol.iterator]()
    deliver()
  }

  function fail(error: unknown): void {
    sink.fail(error)
  }

  return {
    pull(to) {
      sink = to
      deliver()
    },
    close() {},
  }
}
