import type { EmbeddingModelV4, EmbeddingModelV4Result } from '@ai-sdk/provider'
import { type EmbeddingModel, type EmbeddingResponse, type EmbedOptions, ModelError } from '@empire/llm'
import { createFrameReader } from '@empire/llm/client'
import { describeValue } from '@empire/errors'
import { abortable, linkSignal } from '@empire/clock'
import * as z from 'zod'
import type { FromAiSdkEmbeddingOptions } from './from-ai-sdk-options.ts'
import { type AiSdkEmbeddingModel, vendorOf } from './provider-model.ts'
import { readError } from './read-error.ts'

const schema = z.looseObject({
  embeddings: z.array(z.array(z.number())),
  usage: z.looseObject({ tokens: z.number() }).optional(),
})

/** Requests at a time, where the provider takes several. */
const mostAtOnce = 4

/** An embedding model of a provider as one of ours. Texts beyond what one request takes are sent in several. */
export function fromEmbeddingModel(given: AiSdkEmbeddingModel, options: FromAiSdkEmbeddingOptions): EmbeddingModel {
  const model = given as EmbeddingModelV4
  const { vendor = vendorOf(given.provider), providerOptions, headers } = options
  const reader = createFrameReader({ vendor, schema })

  async function embedAll(
    texts: readonly string[],
    dimensions: number | undefined,
    signal: AbortSignal,
  ): Promise<EmbeddingResponse> {
    const most = Math.max(1, (await model.maxEmbeddingsPerCall) ?? Infinity)
    const lanes = (await model.supportsParallelCalls) ? mostAtOnce : 1
    const batches: (readonly string[])[] = []
    for (let start = 0; start < texts.length; start += most) batches.push(texts.slice(start, start + most))
    const results: z.core.output<typeof schema>[] = []
    let next = 0
    async function work(): Promise<void> {
      while (next < batches.length) {
        signal.throwIfAborted()
        const index = next++
        const values = [...(batches[index] ?? [])]
        const result: EmbeddingModelV4Result = await model.doEmbed({
          values,
          abortSignal: signal,
          ...(dimensions === undefined ? {} : { dimensions }),
          ...(providerOptions === undefined ? {} : { providerOptions }),
          ...(headers === undefined ? {} : { headers: { ...headers } }),
        })
        results[index] = reader.check(result)
        checkCount(vendor, results[index].embeddings.length, values.length)
      }
    }
    await Promise.all(Array.from({ length: Math.min(lanes, batches.length) }, work))
    const vectors = results.flatMap(({ embeddings }) => embeddings)
    checkLengths(vendor, vectors)
    const counted = results.every(({ usage }) => usage !== undefined)
    const input = results.reduce((sum, { usage }) => sum + (usage?.tokens ?? 0), 0)
    return counted ? { vectors, usage: { input } } : { vectors }
  }

  return Object.freeze({
    id: given.modelId,
    async embed(texts: readonly string[], { signal: outer, dimensions }: EmbedOptions = {}) {
      outer?.throwIfAborted()
      checkTexts(texts)
      if (texts.length === 0) return { vectors: [] }
      const { signal, abort, unlink } = linkSignal(outer)
      try {
        return await abortable(embedAll(texts, dimensions, signal), outer)
      } catch (error) {
        throw readError(vendor, error, outer)
      } finally {
        unlink()
        abort()
      }
    },
  })
}

function checkTexts(texts: unknown): void {
  const fault = Array.isArray(texts) ? texts.findIndex((text) => typeof text !== 'string') : undefined
  if (fault === -1) return
  const [path, expected, came] =
    fault === undefined
      ? ['texts', 'an array of strings', texts]
      : [`texts[${fault}]`, 'a string', (texts as unknown[])[fault]]
  throw new ModelError('invalid_request', `"${path}" must be ${expected}, got ${describeValue(came)}.`, {
    details: { path },
  })
}

function checkCount(vendor: string, came: number, asked: number): void {
  if (came === asked) return
  throw new ModelError('invalid_response', `${vendor} sent ${came} vectors for ${asked} texts.`, {
    details: { path: 'embeddings' },
  })
}

function checkLengths(vendor: string, vectors: readonly (readonly number[])[]): void {
  const [first] = vectors
  const other = vectors.find(({ length }) => length !== first?.length)
  if (other === undefined) return
  throw new ModelError(
    'invalid_response',
    `${vendor} sent vectors of different lengths: ${first?.length} and ${other.length}.`,
    { details: { path: 'embeddings' } },
  )
}
