import type { TemplateEngine, TemplateFunction } from '@empire/template'
import type { TokenCounter } from '@empire/tokens'

/** How a context is to be compacted, for `@empire/compaction`. Kept as it is, and nothing is done with it here. */
export interface CompactionSetting {
  /** What does it. Default: what the one who compacts says. */
  readonly strategy?: { readonly name: string } | undefined
  /** Options for it. Default: none. */
  readonly options?: object | undefined
}

/** Options of `createContext` and `withOptions`. None is required. */
export interface ContextOptions {
  /** The name of the model, for counting and for those who read the context. */
  model?: string | undefined
  /** The temperature to generate with, from 0 upwards. Advisory. */
  temperature?: number | undefined
  /** How many tokens the context should have at most. Advisory: nothing is cut. */
  maxTokens?: number | undefined
  /** What counts tokens. */
  tokenCounter?: TokenCounter | undefined
  /** How to compact the context, when somebody asks for it. */
  compaction?: CompactionSetting | undefined
  /** The engines that messages may name. */
  engines?: readonly TemplateEngine[] | undefined
  /** The functions that templates may name, as `{ module: name }`. */
  modules?: Readonly<Record<string, TemplateFunction>> | undefined
  /** Makes the ids of messages and tool calls. Default: a random part for the process, and a number. */
  createId?: (() => string) | undefined
  /**
   * What to do when an exact counter, or the table of chat overheads, does not know the model: throw `UnknownModelError`,
   * or count as without a model and mark it as an estimate. Default: `error`.
   */
  onUnknownModel?: 'error' | 'estimate' | undefined
}
