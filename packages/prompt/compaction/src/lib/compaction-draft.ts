import type { Context, Message } from '@empire/context'
import type { CompactionOptions } from './compaction-options.ts'
import type { Summarizer } from './summarizer.ts'

/** A message of a draft. */
export interface DraftMessage {
  /** The message as it is now. */
  readonly message: Message
  /** Its position in the context that is compacted; `undefined` for a summary. */
  readonly index: number | undefined
  /** The number that a tool call and its results have in common, and no other message. They leave together. */
  readonly unit: number
  /** It must stay as it is: the first system message, what is pinned, and what is of one unit with these. */
  readonly isProtected: boolean
}

/**
 * What a strategy changes: the messages that are left of a context. It keeps the rules, so that no strategy can break
 * them. Changing a message that is protected throws a `TypeError`; one that is not there any more stays away.
 */
export interface CompactionDraft {
  /** The context as it was. */
  readonly context: Context
  /** What was asked for, the options stored in the context included. */
  readonly options: CompactionOptions
  /** The budget: `maxTokens` of the options, or else of the context. */
  readonly maxTokens: number | undefined
  /** The summarizer of the call, or else `own`, or else that stored in the context. */
  findSummarizer(own: Summarizer | undefined): Summarizer | undefined
  /** What is left, oldest first. A new list after each change: read it once, then change. */
  readonly messages: readonly DraftMessage[]
  /** The tokens of what is left. Throws what `context.tokenCount` throws. */
  readonly tokens: number
  /** The tokens of one message, its share of the chat's overhead included. */
  tokensOf(message: DraftMessage): number
  /** Takes the message away, and the others of its unit. */
  remove(message: DraftMessage, why: string): void
  /** Replaces the text of a prompt or a tool result by a shorter one. */
  shorten(message: DraftMessage, text: string, why: string): void
  /** Replaces a tool result by a note that says what was there. */
  stub(message: DraftMessage, text: string, why: string): void
  /**
   * Puts one assistant message, tagged `summary`, in place of the messages and the others of their units: where the first
   * of them was, or behind the tool results of calls that wait for them there.
   */
  summarize(messages: readonly DraftMessage[], text: string, why: string): void
}
