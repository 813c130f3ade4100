import type { Settings } from './context-settings.ts'
import type { Message } from './message.ts'

/** A context as plain data. */
export interface ContextJSON {
  /** The version of this shape. */
  readonly version: 1
  /** The name of the model. */
  readonly model?: string
  /** The temperature to generate with. */
  readonly temperature?: number
  /** How many tokens the context should have at most. */
  readonly maxTokens?: number
  /** What to do when nothing is known about the model, if not to fail. */
  readonly onUnknownModel?: 'estimate'
  /** The messages, oldest first. */
  readonly messages: readonly Message[]
}

/** The data of a context. */
export function toContextJSON(settings: Settings, messages: readonly Message[]): ContextJSON {
  const { model, temperature, maxTokens, onUnknownModel } = settings
  return {
    version: 1,
    ...(model === undefined ? {} : { model }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(onUnknownModel === 'error' ? {} : { onUnknownModel }),
    messages,
  }
}
