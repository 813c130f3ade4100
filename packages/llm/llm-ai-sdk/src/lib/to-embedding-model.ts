import type { EmbeddingModelV4, EmbeddingModelV4CallOptions, EmbeddingModelV4Result } from '@ai-sdk/provider'
import type { EmbeddingModel } from '@empire/llm'
import type { ToAiSdkEmbeddingOptions } from './to-ai-sdk-options.ts'
import { writeError } from './write-error.ts'

/** An embedding model of ours as one of the SDK. It takes any number of texts, and sends them in as many requests as need be. */
export function toEmbeddingModel(
  model: EmbeddingModel,
  { provider = 'empire' }: ToAiSdkEmbeddingOptions,
): EmbeddingModelV4 {
  return Object.freeze({
    specificationVersion: 'v4' as const,
    provider,
    modelId: model.id,
    maxEmbeddingsPerCall: Infinity,
    supportsParallelCalls: true,
    async doEmbed({ values, dimensions, abortSignal }: EmbeddingModelV4CallOptions): Promise<EmbeddingModelV4Result> {
      try {
        const { vectors, usage } = await model.embed(values, { signal: abortSignal, dimensions })
        return {
          embeddings: vectors.map((vector) => [...vector]),
          ...(usage === undefined ? {} : { usage: { tokens: usage.input } }),
          warnings: [],
        }
      } catch (error) {
        throw writeError(error)
      }
    },
  })
}
