import { expectKnownKeys } from '@empire/errors'
import { type CallOptions, ModelError, type ModelRequest, prepareRequest } from '@empire/llm'
import { createFrameReader } from '@empire/llm/client'
import * as z from 'zod'
import { checkCount } from './check-count.ts'
import { checkModelName, checkOptions } from './check-options.ts'
import { checkSettings } from './check-settings.ts'
import { createTransport } from './create-transport.ts'
import type { GeminiConnection } from './gemini-connection.ts'
import { type GeminiListOptions, listPages } from './list-pages.ts'
import { resourceName } from './resource-name.ts'
import { type GeminiPromptSettings, writeBody } from './write-body.ts'

/** What Google keeps for later requests. */
export interface GeminiCache {
  /** What requests call it: the option `cachedContent` of `createGemini`. */
  readonly name: string
  readonly model: string
  readonly title?: string | undefined
  /** How many tokens it has. */
  readonly tokens?: number | undefined
  /** When it is thrown away, in milliseconds since the Unix epoch. */
  readonly expiresAt?: number | undefined
}

/** What a cache is to hold. */
export interface GeminiCacheInput {
  /** It can be used by this model only. */
  readonly model: string
  /** Its messages, tools and choice of a tool are kept. Requests that use the cache send only what comes after. */
  readonly request: ModelRequest
  /** For how many seconds it is kept. Default: one hour. */
  readonly ttl?: number | undefined
  readonly title?: string | undefined
}

/** Contents that are kept by Google and cost less than fresh ones. All methods reject with a `ModelError`, or `signal.reason`. */
export interface GeminiCaches {
  /** Keeps the beginning of requests at Google, for a price by the hour. */
  create(input: GeminiCacheInput, options?: CallOptions): Promise<GeminiCache>
  /** What is known about a cache. */
  get(name: string, options?: CallOptions): Promise<GeminiCache>
  /** The caches of the key or project, page by page as they are pulled. */
  list(options?: GeminiListOptions): AsyncIterable<GeminiCache>
  /** Keeps it for so many seconds from now on. */
  extend(name: string, ttl: number, options?: CallOptions): Promise<GeminiCache>
  /** Ends a cache. */
  delete(name: string, options?: CallOptions): Promise<void>
}

const schema = z.looseObject({
  name: z.string(),
  model: z.string(),
  displayName: z.string().nullish(),
  expireTime: z.string().nullish(),
  usageMetadata: z.looseObject({ totalTokenCount: z.int().nonnegative().nullish() }).nullish(),
})
const reader = createFrameReader({ vendor: 'Gemini', schema })

/** Options of `createGeminiCaches`. */
export interface GeminiCachesOptions extends GeminiConnection, GeminiPromptSettings {}

/** The caches of a key or project. */
export function createGeminiCaches(options: GeminiCachesOptions): GeminiCaches {
  checkOptions(options, ['hoistSystem', 'names', 'opening'])
  checkSettings(options)
  const transport = createTransport(options)

  return Object.freeze({
    async create(input: GeminiCacheInput, { signal }: CallOptions = {}) {
      expectKnownKeys('"input"', input, ['model', 'request', 'ttl', 'title'])
      const { model, request, ttl, title } = input
      checkModelName(model)
      checkCount('ttl', ttl)
      const { generationConfig, ...content } = writeBody(prepareRequest(request), { ...options, model })
      if (generationConfig !== undefined) throw notCached(Object.keys(generationConfig as object))
      const body = {
        model: transport.modelName(model),
        ...content,
        ...(ttl === undefined ? {} : { ttl: `${ttl}s` }),
        ...(title === undefined ? {} : { displayName: title }),
      }
      return describe(await transport.ask({ path: 'cachedContents', body, signal }, reader))
    },
    async get(name: string, { signal }: CallOptions = {}) {
      return describe(await transport.ask({ path: resourceName('cachedContents', name), signal }, reader))
    },
    async *list(list: GeminiListOptions = {}) {
      for await (const cache of listPages(transport, 'cachedContents', 'cachedContents', schema, list)) {
        yield describe(cache)
      }
    },
    async extend(name: string, ttl: number, { signal }: CallOptions = {}) {
      checkCount('ttl', ttl)
      const call = {
        path: resourceName('cachedContents', name),
        method: 'PATCH',
        query: { updateMask: 'ttl' },
        signal,
      } as const
      return describe(await transport.ask({ ...call, body: { ttl: `${ttl}s` } }, reader))
    },
    async delete(name: string, { signal }: CallOptions = {}) {
      await transport.run({ path: resourceName('cachedContents', name), method: 'DELETE', signal })
    },
  })
}

function notCached(fields: readonly string[]): ModelError {
  return new ModelError(
    'invalid_request',
    `A cache of Gemini keeps messages and tools, and not ${fields.join(', ')}. Set that in the requests that use it.`,
    { details: { path: '' } },
  )
}

function describe({ name, model, displayName, expireTime, usageMetadata }: z.output<typeof schema>): GeminiCache {
  const expiresAt = expireTime ? Date.parse(expireTime) : Number.NaN
  return {
    name,
    model: model.slice(model.lastIndexOf('/') + 1),
    ...(displayName ? { title: displayName } : {}),
    ...(usageMetadata?.totalTokenCount ? { tokens: usageMetadata.totalTokenCount } : {}),
    ...(Number.isNaN(expiresAt) ? {} : { expiresAt }),
  }
}
