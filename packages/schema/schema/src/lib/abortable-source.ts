import { abortable } from './abortable.ts'

/** What the source gives, until the signal aborts. Closes the source when the reader stops or the signal aborts. */
export async function* abortableSource(
  source: AsyncIterable<unknown> | Iterable<unknown>,
  signal: AbortSignal | undefined,
): AsyncGenerator<unknown, void, undefined> {
  signal?.throwIfAborted()
  const iterator = iteratorOf(source)
  // A source that ended or failed by itself is not closed again.
  let open = true

  async function nextOf(from: AsyncIterator<unknown> | Iterator<unknown>): Promise<IteratorResult<unknown, unknown>> {
    open = false
    try {
      const waiting = from.next()
      const step = waiting instanceof Promise ? await abortable(waiting, signal) : await waiting
      open = step.done !== true
      return step
    } finally {
      if (signal?.aborted === true) open = true
    }
  }

  try {
    for (;;) {
      const step = await nextOf(iterator)
      if (step.done === true) return
      yield step.value
    }
  } finally {
    if (open) await close(iterator, signal)
  }
}

function iteratorOf(source: AsyncIterable<unknown> | Iterable<unknown>): AsyncIterator<unknown> | Iterator<unknown> {
  // Text and bytes are one piece each, not characters and numbers.
  if (typeof source === 'string' || source instanceof Uint8Array) return [source][Symbol.iterator]()
  return Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]()
}

async function close(
  iterator: AsyncIterator<unknown> | Iterator<unknown>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const closing = iterator.return?.()
  // A source that still waits for its next piece may never close: the reader has the reason of the abort already.
  if (signal?.aborted === true) Promise.resolve(closing).catch(() => {})
  else await closing
}
