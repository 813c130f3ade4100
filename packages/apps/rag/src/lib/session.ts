import type { LanguageModel } from '@empire/llm/model'
import type { Step } from '@empire/record'

/** The model of one question, and its record. */
export interface Session {
  readonly model: LanguageModel
  /** Records a step that builds on the one before; nothing without a record. */
  note(step: Step): Promise<void>
  /** Closes the files. */
  close(): Promise<void>
}
