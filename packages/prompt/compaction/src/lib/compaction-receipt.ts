import type { Message } from '@empire/context'

/** The messages of a context at one time. */
export interface MessagesMark {
  /** How many there are. */
  readonly length: number
  /** The hash of a context of just these messages, without a model and its settings. */
  readonly hash: string
}

/** What undoes a compaction. Plain JSON data: it holds the old messages, and is as private as they are. */
export interface CompactionReceipt {
  /** The version of this shape. */
  readonly version: 1
  /** The name of the strategy. */
  readonly strategy: string
  /** What was compacted. */
  readonly before: MessagesMark
  /** What came out. */
  readonly after: MessagesMark
  /** The old messages that are not in the new context, and where they were. */
  readonly removed: readonly RemovedMessage[]
  /** Where the messages are that only the new context has: summaries, shortened ones, stubs. */
  readonly added: readonly number[]
}

/** A message that a compaction took away or replaced. */
export interface RemovedMessage {
  /** Its position in the old context. */
  readonly index: number
  readonly message: Message
}
