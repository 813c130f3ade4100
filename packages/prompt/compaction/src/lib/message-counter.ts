import type { Context, Message } from '@empire/context'
import type { Assigns } from '@empire/template'

/** Counts messages one by one, each for its share of a context. */
export interface MessageCounter {
  /** The tokens that any context has which is not empty, whatever its messages. */
  readonly overhead: number
  /** The tokens of one message. */
  count(message: Message): number
}

/**
 * Counts by contexts of one message, which share the counts of the whole: no text is counted twice. Throws what
 * `context.tokenCount` throws.
 */
export function createMessageCounter(context: Context, assigns: Assigns | undefined): MessageCounter {
  const countAll = (...messages: Message[]): number => context.withMessages(messages).tokenCount(assigns)
  // First of all, for an error that names the position of the message in this context.
  context.tokenCount(assigns)
  const [first] = context.messages
  const overhead = first === undefined ? 0 : 2 * countAll(first) - countAll(first, first)
  return { overhead, count: (message) => countAll(message) - overhead }
}
