import type { StreamPart } from '../stream-part.ts'

/** Who waits for a part. Each pull is answered once, by one of these. None of them throws. */
export interface PartSink {
  part(part: StreamPart): void
  /** There are no more parts. */
  end(): void
  /** What came instead of a part. The source is closed. */
  fail(error: unknown): void
}

/**
 * Parts on demand, by callbacks: a part that passes through many layers of a stream costs a call for each, and no promise. A
 * pull is made when the one before has been answered; the answer may come before `pull` returns.
 */
export interface PartSource {
  pull(sink: PartSink): void
  /** Ends it before its end. Resolves when all that it holds is given back. */
  close(): void | Promise<unknown>
}

/** The parts of any iterable. */
export function iteratorSource(parts: AsyncIterable<StreamPart>): PartSource {
  const iterator = parts[Symbol.asyncIterator]()
  let sink: PartSink
  const settle = (result: IteratorResult<StreamPart, unknown>): void =>
    result.done === true ? sink.end() : sink.part(result.value)
  const fail = (error: unknown): void => sink.fail(error)
  return {
    pull(to) {
      sink = to
      try {
        // An iterator that somebody wrote by hand may answer without a promise.
        Promise.resolve(iterator.next()).then(settle, fail)
      } catch (error) {
        fail(error)
      }
    },
    close: () => iterator.return?.(),
  }
}
