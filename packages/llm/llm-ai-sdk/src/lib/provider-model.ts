import type {
  EmbeddingModelV2,
  EmbeddingModelV3,
  EmbeddingModelV4,
  LanguageModelV2,
  LanguageModelV3,
  LanguageModelV4,
} from '@ai-sdk/provider'

/** A language model of the AI SDK, of any version of the specification that is in use. */
export type AiSdkLanguageModel = LanguageModelV4 | LanguageModelV3 | LanguageModelV2

/** An embedding model of the AI SDK, of any version of the specification that is in use. */
export type AiSdkEmbeddingModel = EmbeddingModelV4 | EmbeddingModelV3 | EmbeddingModelV2<string>

/**
 * Who sells a model, by the name that the price table has: the first word of `provider`, such as `openai` of
 * `openai.responses`, and ours for the vendors that have clients of their own.
 */
export function vendorOf(provider: string): string {
  const [name = provider] = provider.split('.')
  return ours.get(name) ?? name
}

const ours = new Map([
  ['anthropic', 'claude'],
  ['google', 'gemini'],
  ['xai', 'x-ai'],
  ['amazon-bedrock', 'aws'],
])
