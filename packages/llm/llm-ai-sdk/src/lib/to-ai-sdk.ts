import type { EmbeddingModelV4, LanguageModelV4 } from '@ai-sdk/provider'
import { describeValue, expectKnownKeys } from '@empire/errors'
import type { EmbeddingModel, LanguageModel } from '@empire/llm'
import { isFields } from './is-fields.ts'
import {
  embeddingOptionNames,
  optionNames,
  type ToAiSdkEmbeddingOptions,
  type ToAiSdkOptions,
} from './to-ai-sdk-options.ts'
import { toEmbeddingModel } from './to-embedding-model.ts'
import { toLanguageModel } from './to-language-model.ts'

/**
 * A language or embedding model of ours, wrapped or not, for the functions of the AI SDK: version 4 of its specification.
 *
 * `providerOptions` of a call become `vendor` of the request, as in `{ claude: { service_tier: 'auto' } }`; what a request
 * has no word for is a warning. Messages marked with `anthropic.cacheControl` become `cacheBreakpoints`. Errors are
 * `APICallError`s with ours as the `cause`: the SDK tries again what may succeed.
 */
export function toAiSdk(model: LanguageModel, options?: ToAiSdkOptions): LanguageModelV4
export function toAiSdk(model: EmbeddingModel, options?: ToAiSdkEmbeddingOptions): EmbeddingModelV4
export function toAiSdk(
  model: LanguageModel | EmbeddingModel,
  options: ToAiSdkOptions = {},
): LanguageModelV4 | EmbeddingModelV4 {
  const given: unknown = model
  const embeds = isFields(given) && typeof given['embed'] === 'function'
  if (!isFields(given) || !(embeds || typeof given['stream'] === 'function')) {
    throw new TypeError(`Expected "model" to be a language or embedding model, got ${describeValue(given)}.`)
  }
  expectKnownKeys('"options"', options, embeds ? embeddingOptionNames : optionNames)
  return embeds ? toEmbeddingModel(model as EmbeddingModel, options) : toLanguageModel(model as LanguageModel, options)
}
