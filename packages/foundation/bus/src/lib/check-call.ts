import { describeValue } from '@empire/errors'

/**
 * What every call of a bus begins with.
 *
 * @throws {TypeError} for options that are no object, for a signal that is none, and for a topic that is no text, is empty,
 * or holds half a character (it would meet other topics on the wire). If the signal is aborted already, throws its reason.
 */
export function checkCall(
  topic: unknown,
  options: { readonly signal?: AbortSignal | undefined },
): asserts topic is string {
  if (typeof options !== 'object' || (options as unknown) === null) {
    throw new TypeError(`"options" must be an object, got ${describeValue(options)}.`)
  }
  const { signal } = options
  if (signal !== undefined && typeof (signal as AbortSignal | null)?.throwIfAborted !== 'function') {
    throw new TypeError(`"signal" must be an AbortSignal, got ${describeValue(signal)}.`)
  }
  signal?.throwIfAborted()
  if (typeof topic === 'string' && topic !== '' && topic.isWellFormed()) return
  throw new TypeError(`"topic" must be a well-formed string that is not empty, got ${describeValue(topic)}.`)
}
