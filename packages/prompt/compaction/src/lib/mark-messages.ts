import { createContext, type Message } from '@empire/context'
import type { MessagesMark } from './compaction-receipt.ts'

/** The length and the hash of messages, whatever context they are in. */
export function markMessages(messages: readonly Message[]): MessagesMark {
  return Object.freeze({ length: messages.length, hash: createContext().withMessages(messages).hash() })
}
