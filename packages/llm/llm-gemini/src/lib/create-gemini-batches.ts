import { type CallOptions, ModelError, type ModelRequest, prepareRequest } from '@empire/llm'
import { createFrameReader } from '@empire/llm/client'
import * as z from 'zod'
import { checkModelName, checkOptions } from './check-options.ts'
import { createTransport } from './create-transport.ts'
import type { GeminiConnection } from './gemini-connection.ts'
import { type GeminiListOptions, listPages } from './list-pages.ts'
import { type GeminiBatchResult, inlinedResponse, readBatchResults } from './read-batch-results.ts'
import { resourceName } from './resource-name.ts'
import { writeBody } from './write-body.ts'

/** Requests that are answered within a day, at half the price. */
export interface GeminiBatch {
  readonly name: string
  readonly state: 'pending' | 'running' | 'succeeded' | 'failed' | 'cancelled' | 'expired' | 'unknown'
  readonly title?: string | undefined
  readonly model?: string | undefined
}

/** What a batch is to answer. */
export interface GeminiBatchInput {
  readonly model: string
  /** Each with a key of its own, which its result has too. All together at most 20 MB. */
  readonly requests: readonly { readonly key: string; readonly request: ModelRequest }[]
  /** Default: `batch`. */
  readonly title?: string | undefined
}

/** The batches of a key. All methods reject with a `ModelError`, or `signal.reason`. */
export interface GeminiBatches {
  /** Hands in requests that are worked on when there is time. */
  create(input: GeminiBatchInput, options?: CallOptions): Promise<GeminiBatch>
  /** How far a batch is. */
  get(name: string, options?: CallOptions): Promise<GeminiBatch>
  /** The results of a batch that has succeeded; in no order: go by the keys. */
  results(name: string, options?: CallOptions): Promise<readonly GeminiBatchResult[]>
  /** The batches of the key, page by page as they are pulled. */
  list(options?: GeminiListOptions): AsyncIterable<GeminiBatch>
  /** Stops a batch; what it has done is lost. */
  cancel(name: string, options?: CallOptions): Promise<void>
  /** Forgets a batch and its results. */
  delete(name: string, options?: CallOptions): Promise<void>
}

const text = z.string().nullish()
const responses = z.looseObject({
  inlinedResponses: z.looseObject({ inlinedResponses: z.array(inlinedResponse).nullish() }).nullish(),
})
const schema = z.looseObject({
  name: z.string(),
  metadata: z.looseObject({ state: text, displayName: text, model: text, output: responses.nullish() }).nullish(),
  response: responses.nullish(),
  error: z.looseObject({ code: z.int().nullish(), message: text }).nullish(),
})
const reader = createFrameReader({ vendor: 'Gemini', schema })

/** The batches of a key of the Gemini API. Vertex AI has none of this kind: its batches are files in Cloud Storage. */
export function createGeminiBatches(options: GeminiConnection): GeminiBatches {
  checkOptions(options, [])
  const transport = createTransport(options)
  if (transport.isVertex) {
    const cure = 'Its batches are files in Cloud Storage: use the SDK of Google.'
    throw new ModelError('unsupported', `Vertex AI takes no batch of requests. ${cure}`, {
      details: { feature: 'batches' },
    })
  }

  return Object.freeze({
    async create({ model, requests, title = 'batch' }: GeminiBatchInput, { signal }: CallOptions = {}) {
      checkModelName(model)
      checkKeys(requests)
      const written = requests.map(({ key, request }) => ({
        request: writeBody(prepareRequest(request), { model }),
        metadata: { key },
      }))
      const body = { batch: { displayName: title, inputConfig: { requests: { requests: written } } } }
      const path = `${transport.modelPath(model)}:batchGenerateContent`
      return describe(await transport.ask({ path, body, signal }, reader))
    },
    async get(name: string, { signal }: CallOptions = {}) {
      return describe(await transport.ask({ path: resourceName('batches', name), signal }, reader))
    },
    async results(name: string, { signal }: CallOptions = {}) {
      const batch = await transport.ask({ path: resourceName('batches', name), signal }, reader)
      const output = batch.response ?? batch.metadata?.output
      const found = output?.inlinedResponses?.inlinedResponses
      if (!found) throw notReady(describe(batch), batch.error?.message)
      return readBatchResults(found)
    },
    async *list(list: GeminiListOptions = {}) {
      for await (const batch of listPages(transport, 'batches', 'operations', schema, list)) yield describe(batch)
    },
    async cancel(name: string, { signal }: CallOptions = {}) {
      await transport.run({ path: `${resourceName('batches', name)}:cancel`, body: {}, signal })
    },
    async delete(name: string, { signal }: CallOptions = {}) {
      await transport.run({ path: resourceName('batches', name), method: 'DELETE', signal })
    },
  })
}

function checkKeys(requests: GeminiBatchInput['requests']): void {
  if (!Array.isArray(requests) || requests.length === 0) {
    throw new TypeError('Expected "requests" to be an array of at least one { key, request }.')
  }
  const keys = new Set<string>()
  for (const [index, { key }] of requests.entries()) {
    if (typeof key !== 'string' || key === '') {
      throw new TypeError(`Expected "requests[${index}].key" to be a string that is not empty.`)
    }
    if (keys.has(key)) throw new TypeError(`Expected "requests[${index}].key" to be another one than before: "${key}".`)
    keys.add(key)
  }
}

function describe({ name, metadata }: z.output<typeof schema>): GeminiBatch {
  // Two names are about: BATCH_STATE_SUCCEEDED and JOB_STATE_SUCCEEDED.
  const word = (metadata?.state ?? '').replace(/^(?:BATCH|JOB)_STATE_/, '').toLowerCase()
  return {
    name,
    state: states.find((state) => state === word) ?? 'unknown',
    ...(metadata?.displayName ? { title: metadata.displayName } : {}),
    ...(metadata?.model ? { model: metadata.model.replace(/^models\//, '') } : {}),
  }
}

const states = ['pending', 'running', 'succeeded', 'failed', 'cancelled', 'expired'] as const

function notReady({ name, state }: GeminiBatch, message: string | null | undefined): ModelError {
  const said = message ? ` Gemini says: ${message}` : ''
  return new ModelError('invalid_request', `${name} has no results: its state is "${state}".${said}`, {
    details: { path: '', state },
    retryable: state === 'pending' || state === 'running',
  })
}
