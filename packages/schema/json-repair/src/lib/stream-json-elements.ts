import { chunksOf, type JsonSource } from './chunks-of.ts'
import {
  createJsonElementReader,
  type JsonElement,
  type JsonElementReaderOptions,
  type JsonElementsResult,
} from './create-json-element-reader.ts'

/** How the elements of a streamed array are read. */
export interface StreamJsonElementsOptions extends Omit<JsonElementReaderOptions, 'onElement'> {
  /** Ends the iteration with its reason, and cancels the source. */
  signal?: AbortSignal | undefined
}

/**
 * Reads one huge JSON array from `source` and gives its elements one by one, as `createJsonElementReader` does. Memory is that
 * of one piece of the source and its elements.
 *
 * The next piece is asked for when all elements of the last are taken. Whoever stops early cancels the source.
 *
 * @returns How the array ended.
 */
export async function* streamJsonElements(
  source: JsonSource,
  options: StreamJsonElementsOptions = {},
): AsyncGenerator<JsonElement, JsonElementsResult, undefined> {
  const { signal, ...readerOptions } = options
  signal?.throwIfAborted()
  let finished: JsonElement[] = []
  const reader = createJsonElementReader({ ...readerOptions, onElement: (element) => void finished.push(element) })
  for await (const chunk of chunksOf(source, signal)) {
    finished = []
    // Elements before a fault are given before it.
    const failure = failureOf(() => reader.push(chunk))
    for (const element of finished) {
      yield element
      signal?.throwIfAborted()
    }
    if (failure !== undefined) throw failure.error
  }
  return reader.end()
}

function failureOf(task: () => void): { readonly error: unknown } | undefined {
  try {
    task()
    return undefined
  } catch (error) {
    return { error }
  }
}
