import type { LanguageModelV4CallOptions } from '@ai-sdk/provider'
import type { ModelCapabilities } from '@empire/llm'

/** Options of `fromAiSdk` for an embedding model. */
export interface FromAiSdkEmbeddingOptions {
  /** Who answers, for prices, errors and telemetry. Default: the first word of the model's `provider`: `openai`. */
  readonly vendor?: string | undefined
  /** What goes with every call, by provider: `{ openai: { user: 'u1' } }`. Default: nothing. */
  readonly providerOptions?: LanguageModelV4CallOptions['providerOptions'] | undefined
  /** Headers that go with every call. Default: none. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** Options of `fromAiSdk` for a language model. */
export interface FromAiSdkOptions extends FromAiSdkEmbeddingOptions {
  /** What the model can do; the SDK does not say. Default: `{ tools: true }`. */
  readonly capabilities?: ModelCapabilities | undefined
  /** The most tokens that the model writes in one answer. Default: not known. */
  readonly maxOutputTokens?: number | undefined
  /** Moves system messages that come later to the first ones. Default: `false`; providers differ in what they take. */
  readonly hoistSystem?: boolean | undefined
  /** What becomes of the names of messages, for which the SDK has no field: before the text, or left out. Default: an error. */
  readonly names?: 'prefix' | 'omit' | undefined
}

/** The names of the options, for messages about others. */
export const embeddingOptionNames = ['vendor', 'providerOptions', 'headers'] as const
export const optionNames = [...embeddingOptionNames, 'capabilities', 'maxOutputTokens', 'hoistSystem', 'names'] as const
