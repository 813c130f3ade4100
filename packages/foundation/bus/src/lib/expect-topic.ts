import { describeValue } from '@empire/errors'

/** @throws {TypeError} for what is not a text, is empty, or holds half a character (it would meet other topics on the wire). */
export function expectTopic(topic: unknown): asserts topic is string {
  if (typeof topic === 'string' && topic !== '' && topic.isWellFormed()) return
  throw new TypeError(`"topic" must be a well-formed string that is not empty, got ${describeValue(topic)}.`)
}
