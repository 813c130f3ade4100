/** What the source gives, until the signal aborts. Closes the source when the reader stops or the signal aborts. */
export async function* abortableSource(
  source: AsyncIterable<unknown> | Iterable<unknown>,
  signal: AbortSignal | undefined,
): AsyncGenerator<unknown, void, undefined> {
  signal?.throwIfAborted()
  const iterator = iteratorOf(source)
  // A source that ended or failed by itself is not closed again.
  let open = true
  try {
    for (;;) {
      open = false
      const waiting = iterator.next()
      const step = waiting instanceof Promise ? await until(signal, waiting, () => (open = true)) : await waiting
      if (step.done === true) return
      open = true
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

/** Settles as `work` does, or rejects with the reason of the signal as soon as it aborts. */
async function until<Value>(
  signal: AbortSignal | undefined,
  work: Promise<Value>,
  onAbort: () => void,
): Promise<Value> {
  if (signal === undefined) return work
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const stop = (): void => {
    onAbort()
    reject(signal.reason)
  }
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await Promise.race([aborted, work])
  } finally {
    signal.removeEventListener('abort', stop)
  }
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
