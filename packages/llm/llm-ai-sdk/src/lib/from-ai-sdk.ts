import { describeValue, expectKnownKeys } from '@empire/errors'
import type { EmbeddingModel, LanguageModel } from '@empire/llm'
import {
  embeddingOptionNames,
  type FromAiSdkEmbeddingOptions,
  type FromAiSdkOptions,
  optionNames,
} from './from-ai-sdk-options.ts'
import { fromEmbeddingModel } from './from-embedding-model.ts'
import { fromLanguageModel } from './from-language-model.ts'
import { isFields } from './is-fields.ts'
import type { AiSdkEmbeddingModel, AiSdkLanguageModel } from './provider-model.ts'

const versions: ReadonlySet<unknown> = new Set(['v2', 'v3', 'v4'])

/**
 * A language or embedding model of any provider of the AI SDK as one of ours: versions 2 to 4 of its specification.
 *
 * `vendor: { aiSdk: { … } }` of a request gives options of the call in the words of the SDK, which win: `providerOptions`,
 * `headers`, `presencePenalty`. What the provider wants back with the next request is kept in the answer, and
 * `appendResponse` puts it in its place. What the provider's own tools did, and what else has no form here, comes as `raw`
 * parts. `cacheBreakpoints` mean nothing to the SDK: mark messages with `metadata.aiSdk.providerOptions`.
 */
export function fromAiSdk(model: AiSdkLanguageModel, options?: FromAiSdkOptions): LanguageModel
export function fromAiSdk(model: AiSdkEmbeddingModel, options?: FromAiSdkEmbeddingOptions): EmbeddingModel
export function fromAiSdk(
  model: AiSdkLanguageModel | AiSdkEmbeddingModel,
  options: FromAiSdkOptions = {},
): LanguageModel | EmbeddingModel {
  const given: unknown = model
  const embeds = isFields(given) && typeof given['doEmbed'] === 'function'
  if (!isFields(given) || !(embeds || typeof given['doStream'] === 'function')) {
    throw new TypeError(
      `Expected "model" to be a language or embedding model of the AI SDK, got ${describeValue(given)}. Names of models have no provider: make one, as in openai('gpt-5').`,
    )
  }
  if (!versions.has(given['specificationVersion'])) {
    throw new TypeError(
      `Expected "model" to follow version v2, v3 or v4 of the specification, got ${describeValue(given['specificationVersion'])}. Take the provider package that fits the version of the AI SDK.`,
    )
  }
  expectKnownKeys('"options"', options, embeds ? embeddingOptionNames : optionNames)
  return embeds
    ? fromEmbeddingModel(model as AiSdkEmbeddingModel, options)
    : fromLanguageModel(model as AiSdkLanguageModel, options)
}
