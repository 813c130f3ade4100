import { expectKnownKeys } from '@empire/errors'
import { type CallOptions, ModelError } from '@empire/llm'
import { createFrameReader } from '@empire/llm/client'
import * as z from 'zod'
import { checkModelName, checkOptions } from './check-options.ts'
import { checkSettings, settingNames } from './check-settings.ts'
import { createTransport } from './create-transport.ts'
import type { GeminiConnection } from './gemini-connection.ts'
import { type GeminiListOptions, listPages } from './list-pages.ts'
import { type GeminiBatchResult, readBatchResults } from './read-batch-results.ts'
import { readLines } from './read-lines.ts'
import { resourceName } from './resource-name.ts'
import { uploadFile } from './upload-file.ts'
import { type GeminiBatchRequest, writeBatch } from './write-batch.ts'
import type { GeminiSettings } from './write-body.ts'

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
  /** Beyond 19 MB they are sent as a file, which Google keeps for two days. At most 2 GB. */
  readonly requests: readonly GeminiBatchRequest[]
  /** Default: `batch`. */
  readonly title?: string | undefined
}

/** The batches of a key. All methods reject with a `ModelError`, or `signal.reason`. */
export interface GeminiBatches {
  /** Hands in requests that are worked on when there is time. */
  create(input: GeminiBatchInput, options?: CallOptions): Promise<GeminiBatch>
  /** How far a batch is. */
  get(name: string, options?: CallOptions): Promise<GeminiBatch>
  /**
   * The results of a batch that has succeeded, read as they are pulled; in no order: go by the keys. Throws
   * `invalid_request` for a batch without results, which is `retryable` as long as they may come.
   */
  results(name: string, options?: CallOptions): AsyncIterable<GeminiBatchResult>
  /** The batches of the key, page by page as they are pulled. */
  list(options?: GeminiListOptions): AsyncIterable<GeminiBatch>
  /** Stops a batch; what it has done is lost. */
  cancel(name: string, options?: CallOptions): Promise<void>
  /** Forgets a batch and its results. */
  delete(name: string, options?: CallOptions): Promise<void>
}

const text = z.string().nullish()
const responses = z.looseObject({
  inlinedResponses: z.looseObject({ inlinedResponses: z.array(z.unknown()).nullish() }).nullish(),
  responsesFile: text,
})
const schema = z.looseObject({
  name: z.string(),
  metadata: z.looseObject({ state: text, displayName: text, model: text, output: responses.nullish() }).nullish(),
  response: responses.nullish(),
  error: z.looseObject({ code: z.int().nullish(), message: text }).nullish(),
})
const reader = createFrameReader({ vendor: 'Gemini', schema })
const fileReader = createFrameReader({ vendor: 'Gemini', schema: z.looseObject({ name: z.string() }) })

/** Options of `createGeminiBatches`: the settings hold for each request of its batches. */
export interface GeminiBatchesOptions extends GeminiConnection, Omit<GeminiSettings, 'model'> {}

/** The batches of a key of the Gemini API. Vertex AI has none of this kind: its batches are files in Cloud Storage. */
export function createGeminiBatches(options: GeminiBatchesOptions): GeminiBatches {
  checkOptions(options, settingNames)
  checkSettings(options)
  const transport = createTransport(options)
  if (transport.isVertex) {
    const cure = 'Its batches are files in Cloud Storage: use the SDK of Google.'
    throw new ModelError('unsupported', `Vertex AI takes no batch of requests. ${cure}`, {
      details: { feature: 'batches' },
    })
  }

  return Object.freeze({
    async create(input: GeminiBatchInput, { signal }: CallOptions = {}) {
      expectKnownKeys('"input"', input, ['model', 'requests', 'title'])
      const { model, requests, title = 'batch' } = input
      checkModelName(model)
      signal?.throwIfAborted()
      const written = writeBatch(requests, { ...options, model })
      const inputConfig =
        written.type === 'inline'
          ? { requests: { requests: written.requests } }
          : { fileName: fileReader.check(await uploadFile({ file: written.file }, transport, signal)).name }
      const path = `${transport.modelPath(model)}:batchGenerateContent`
      const body = { batch: { displayName: title, inputConfig } }
      return describe(await transport.ask({ path, body, signal }, reader))
    },
    async get(name: string, { signal }: CallOptions = {}) {
      return describe(await transport.ask({ path: resourceName('batches', name), signal }, reader))
    },
    async *results(name: string, { signal }: CallOptions = {}) {
      const batch = await transport.ask({ path: resourceName('batches', name), signal }, reader)
      const { inlinedResponses: inlined, responsesFile } = batch.response ?? batch.metadata?.output ?? {}
      if (inlined?.inlinedResponses) yield* readBatchResults(inlined.inlinedResponses, transport)
      else if (responsesFile) yield* readBatchResults(readLines(responsesFile, transport, signal), transport)
      else throw notReady(describe(batch), batch.error?.message)
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
