import { describeValue, expectKnownKeys } from '@empire/errors'
import { type EmbeddingModel, type EmbeddingResponse, type EmbedOptions, ModelError } from '@empire/llm'
import { createFrameReader } from '@empire/llm/client'
import * as z from 'zod'
import { checkCount } from './check-count.ts'
import { checkModelName, checkOptions } from './check-options.ts'
import { createTransport } from './create-transport.ts'
import { type EmbedCall, embedCalls } from './embed-calls.ts'
import type { GeminiConnection } from './gemini-connection.ts'

/** Options of `createGeminiEmbedding`. */
export interface GeminiEmbeddingOptions extends GeminiConnection {
  /** Such as `gemini-embedding-001`. */
  readonly model: string
  /** The length of the vectors, if the call does not say it. Default: the model's own. */
  readonly dimensions?: number | undefined
  /** The most texts in one request. Default: 100; on Vertex AI 1 for models of Gemini, which take no more there. */
  readonly maxTexts?: number | undefined
  /** What the vectors are for, in Gemini's words, if the call does not say it: `CLUSTERING`. Default: nothing is said. */
  readonly taskType?: string | undefined
}

const own = ['model', 'dimensions', 'maxTexts', 'taskType']

const values = z.looseObject({ values: z.array(z.number()) })
const count = z.int().nonnegative().nullish()
const reader = createFrameReader({
  vendor: 'Gemini',
  schema: z.looseObject({
    embedding: values.nullish(),
    embeddings: z.array(values).nullish(),
    predictions: z
      .array(
        z.looseObject({
          embeddings: z.looseObject({
            values: z.array(z.number()),
            statistics: z.looseObject({ token_count: count }).nullish(),
          }),
        }),
      )
      .nullish(),
    usageMetadata: z.looseObject({ promptTokenCount: count }).nullish(),
  }),
})

/**
 * An embedding model of the Gemini API or of Vertex AI. Any number of texts is sent in requests of `maxTexts`, one after the
 * other. Vectors that are shorter than the model's own are brought to length 1, which Gemini leaves to the caller.
 */
export function createGeminiEmbedding(options: GeminiEmbeddingOptions): EmbeddingModel {
  checkOptions(options, own)
  checkModelName(options.model)
  checkCount('dimensions', options.dimensions)
  checkCount('maxTexts', options.maxTexts)
  const { model, dimensions: usual, taskType } = options
  if (taskType !== undefined && typeof taskType !== 'string') {
    throw new TypeError(`Expected "taskType" to be a string, got ${describeValue(taskType)}.`)
  }
  const transport = createTransport(options)
  const maxTexts = options.maxTexts ?? (transport.isVertex && model.includes('gemini') ? 1 : 100)

  async function embed(texts: readonly string[], call: EmbedOptions = {}): Promise<EmbeddingResponse> {
    expectKnownKeys('"options"', call, ['dimensions', 'purpose', 'signal', 'priority', 'scope'])
    const { dimensions = usual, purpose, signal } = call
    signal?.throwIfAborted()
    checkTexts(texts)
    checkCount('dimensions', dimensions)
    if (purpose !== undefined && !Object.hasOwn(taskTypes, purpose)) {
      throw new TypeError(`Expected "purpose" to be "query" or "document", got ${describeValue(purpose)}.`)
    }
    const settings = { dimensions, taskType: purpose === undefined ? taskType : taskTypes[purpose] }
    const vectors: (readonly number[])[] = []
    let input: number | undefined
    for (let start = 0; start < texts.length; start += maxTexts) {
      const part = texts.slice(start, start + maxTexts)
      for (const asked of embedCalls(part, model, settings, transport)) {
        const answer = await ask(asked, signal)
        for (const vector of answer.vectors) vectors.push(dimensions === undefined ? vector : normalize(vector))
        if (answer.tokens !== undefined) input = (input ?? 0) + answer.tokens
      }
    }
    const length = dimensions ?? vectors[0]?.length
    if (vectors.some((vector) => vector.length !== length)) {
      throw wrongVectors(dimensions === undefined ? 'of one length' : `of ${dimensions} numbers`)
    }
    return { vectors, ...(input === undefined ? {} : { usage: { input } }) }
  }

  async function ask({ path, body, texts }: EmbedCall, signal: AbortSignal | undefined) {
    const answer = await transport.ask({ path, body, signal }, reader)
    const { embedding, embeddings, predictions, usageMetadata } = answer
    const found =
      embeddings ?? predictions?.map((prediction) => prediction.embeddings) ?? (embedding ? [embedding] : [])
    if (found.length !== texts) throw wrongVectors(`for ${texts} texts`)
    const counts = predictions?.map((prediction) => prediction.embeddings.statistics?.token_count ?? undefined)
    const total = counts?.every((tokens) => tokens !== undefined) ? counts.reduce(add, 0) : undefined
    return { vectors: found.map((one) => one.values), tokens: usageMetadata?.promptTokenCount ?? total }
  }

  return Object.freeze({
    id: model,
    ...(usual === undefined ? {} : { dimensions: usual }),
    maxTexts,
    embed,
  })
}

const taskTypes = { query: 'RETRIEVAL_QUERY', document: 'RETRIEVAL_DOCUMENT' } as const

function checkTexts(texts: unknown): void {
  if (Array.isArray(texts) && texts.every((text) => typeof text === 'string')) return
  throw new TypeError('Expected "texts" to be an array of strings.')
}

function add(one: number, other: number): number {
  return one + other
}

function normalize(vector: readonly number[]): readonly number[] {
  let squares = 0
  for (const value of vector) squares += value * value
  return squares === 0 ? vector : vector.map((value) => value / Math.sqrt(squares))
}

function wrongVectors(expected: string): ModelError {
  return new ModelError('invalid_response', `Expected vectors ${expected} from Gemini, but others came.`)
}
