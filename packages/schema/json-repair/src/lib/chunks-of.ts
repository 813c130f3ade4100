import { describeValue } from '@empire/errors'
/** Text or bytes: whole, or in pieces from a stream, an async or a plain iterable. */
export type JsonSource = string | Uint8Array | AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>

type Chunk = string | Uint8Array
type Chunks = AsyncIterator<Chunk> | Iterator<Chunk>

/**
 * The pieces of a source, one at a time. An abort ends the wait for the next with the signal's reason, and cancels the source;
 * so does whoever stops early.
 */
export async function* chunksOf(
  source: JsonSource,
  signal: AbortSignal | undefined,
): AsyncGenerator<Chunk, void, undefined> {
  const chunks = iteratorOf(source)
  let open = true
  try {
    while (true) {
      const next = await nextOf(chunks, signal).catch((error: unknown) => {
        // A source that has failed is closed; one that is only no longer waited for is not.
        open = signal?.aborted ?? false
        throw error
      })
      if (next.done) {
        open = false
        return
      }
      yield next.value
    }
  } finally {
    const cancelled = open ? cancel(chunks) : undefined
    // One that is stuck would not end now either, and its failure would hide the reason.
    if (signal?.aborted) cancelled?.catch(() => undefined)
    else await cancelled
  }
}

function iteratorOf(source: JsonSource): Chunks {
  const given: unknown = source
  if (typeof given === 'string' || given instanceof Uint8Array) return [given][Symbol.iterator]()
  if (typeof given === 'object' && given !== null) {
    if (Symbol.asyncIterator in given) return (given as AsyncIterable<Chunk>)[Symbol.asyncIterator]()
    if (Symbol.iterator in given) return (given as Iterable<Chunk>)[Symbol.iterator]()
  }
  throw new TypeError(`"source" must be a string, bytes, or an iterable of them, received ${describeValue(given)}.`)
}

async function nextOf(chunks: Chunks, signal: AbortSignal | undefined): Promise<IteratorResult<Chunk, unknown>> {
  signal?.throwIfAborted()
  if (signal === undefined) return chunks.next()
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const abort = (): void => reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([chunks.next(), aborted])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

async function cancel(chunks: Chunks): Promise<void> {
  await chunks.return?.()
}
