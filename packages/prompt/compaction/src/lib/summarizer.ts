import type { Context, Message } from '@empire/context'
import type { Assigns } from '@empire/template'

/** What a summarizer gets besides the messages. */
export interface SummarizerCall {
  /** A context of just these messages, for `render()`, or for the door of a model's maker. */
  readonly context: Context
  /** Values that the caller gave for templates. */
  readonly assigns?: Assigns | undefined
  /** Aborted when nobody waits for the summary any more. */
  readonly signal?: AbortSignal | undefined
}

/** Says in one text what the messages said. It may call a model; nothing here does. */
export type Summarizer = (messages: readonly Message[], call: SummarizerCall) => string | Promise<string>
