import { type Context, createContext } from '../context.ts'
import type { ContextOptions } from '../context-options.ts'
import type { MessageInput } from '../message-input.ts'
import { InvalidHistoryError } from './invalid-history-error.ts'
import type { Vendor } from './wire-entry.ts'

/** A context that grows by what is read. */
export interface HistoryBuilder {
  /** Adds a message. What the context refuses is an `InvalidHistoryError` with the path, and the refusal as its cause. */
  add(path: string, input: MessageInput): void
  /** The context so far. */
  readonly context: Context
}

/** An empty context with the given options, to be filled. */
export function createHistoryBuilder(vendor: Vendor, options: ContextOptions | undefined): HistoryBuilder {
  let context = createContext(options)
  return {
    get context() {
      return context
    },
    add(path, input) {
      try {
        context = context.add(input)
      } catch (error) {
        const problem = error instanceof Error ? error.message : String(error)
        throw new InvalidHistoryError(vendor.name, path, problem, error)
      }
    },
  }
}
