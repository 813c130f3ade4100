import { type LinkedSignal, linkSignal } from '@empire/clock'
import { describeValue, expectKnownKeys } from '@empire/errors'
import { joinParts } from '../collect-response.ts'
import type { CallOptions, LanguageModel, ModelResponse } from '../language-model.ts'
import type { ModelRequest } from '../model-request.ts'
import { forwardRequest, prepareRequest } from '../prepare-request.ts'
import type { PreparedRequest } from '../prepared-request.ts'
import { createLine } from './create-line.ts'
import { markReplayed } from '../replayed-usage.ts'
import { requestHash } from '../request-data.ts'
import { responseParts } from '../response-parts.ts'
import { layerStream, sourceOf } from '../stream/layered-stream.ts'
import { pullParts } from '../stream/pull-parts.ts'
import type { FinishReason, StreamPart } from '../stream-part.ts'

/** Where answers are kept: a cache or a namespace of `@empire/cache`, or anything that loads once for all who ask. */
export interface AnswerCache {
  /** The value of a key, loaded if there is none; a load is aborted when the last who waits for it has given up. */
  getOrSet(
    key: string,
    load: (context: { readonly signal: AbortSignal }) => Promise<readonly StreamPart[]>,
    options?: { readonly signal?: AbortSignal; readonly ttl?: number; readonly tags?: readonly string[] },
  ): Promise<readonly StreamPart[]>
}

/** Options of `withCache`. */
export interface WithCacheOptions {
  cache: AnswerCache
  /** Milliseconds for which an answer is kept. Default: that of the cache. */
  ttl?: number | undefined
  /** Names under which answers can be invalidated together. Default: none. */
  tags?: readonly string[] | undefined
}

const names = ['cache', 'ttl', 'tags']

/** A refused answer may be allowed the next time. */
const kept: ReadonlySet<FinishReason> = new Set(['stop', 'tool-calls', 'length'])

/** What the vendor says of itself or of this call alone. */
const passing: ReadonlySet<string> = new Set(['limits', 'error', 'raw'])

/**
 * Answers a request that was answered before from the cache. Requests are the same when they ask the same: messages as
 * they are rendered, tools, forms and parameters; ids of messages and calls do not count.
 *
 * Of callers who ask the same at the same time one gets the answer as it comes, and the others what it gave when it is whole.
 * A stream is replayed part by part, also for `generate`, and the other way round. What was replayed costs nothing, and counts
 * towards no limit. Answers that broke off, failed or were filtered are not kept.
 */
export function withCache(model: LanguageModel, options: WithCacheOptions): LanguageModel {
  expectKnownKeys('withCache: "options"', options, names)
  const { cache, ttl, tags } = options
  if (typeof cache?.getOrSet !== 'function') {
    throw new TypeError(`withCache: expected "cache" to be a cache with getOrSet(), got ${describeValue(cache)}.`)
  }
  const keep = { ...(ttl === undefined ? {} : { ttl }), ...(tags === undefined ? {} : { tags }) }
  const keyOf = (prepared: PreparedRequest): string => requestHash(model, prepared)

  function stream(request: ModelRequest, call: CallOptions = {}): AsyncIterable<StreamPart> {
    const { signal } = call
    const line = createLine()
    let own: LinkedSignal
    let opened = false

    async function fill(prepared: PreparedRequest): Promise<void> {
      const load = async (context: { readonly signal: AbortSignal }): Promise<readonly StreamPart[]> => {
        opened = true
        return partsToKeep(model.stream(forwardRequest(prepared), { ...call, signal: context.signal }), line.push)
      }
      try {
        const parts = await cache.getOrSet(keyOf(prepared), load, { ...keep, signal: own.signal })
        if (!opened) for (const part of replay(parts)) line.push(part)
      } catch (error) {
        if (!(error instanceof NotKept)) return line.fail(error)
        if (!opened) for (const part of replay(error.parts)) line.push(part)
      }
      line.end()
    }

    return layerStream({
      begin() {
        signal?.throwIfAborted()
        const prepared = prepareRequest(request)
        own = linkSignal(signal)
        void fill(prepared)
      },
      source: () => line,
      see: () => signal?.throwIfAborted(),
      closed() {
        own.unlink()
        if (!line.ended) own.abort('left')
      },
    })
  }

  async function generate(request: ModelRequest, call: CallOptions = {}): Promise<ModelResponse> {
    const { signal } = call
    signal?.throwIfAborted()
    const prepared = prepareRequest(request)
    let response: ModelResponse | undefined
    const parts = await cache
      .getOrSet(
        keyOf(prepared),
        async (load) => {
          response = await model.generate(forwardRequest(prepared), { ...call, signal: load.signal })
          const whole = responseParts(response).map(copyOf)
          if (!kept.has(response.finish.reason)) throw new NotKept(whole)
          return whole
        },
        { ...keep, ...(signal === undefined ? {} : { signal }) },
      )
      .catch(unpacked)
    return response ?? joinParts(replay(parts))
  }

  return Object.freeze({ ...model, stream, generate })
}

/** An answer for those who wait for it that is not to be kept: a cache keeps what is returned, and not what is thrown. */
class NotKept extends Error {
  readonly parts: readonly StreamPart[]

  constructor(parts: readonly StreamPart[]) {
    super('The answer is not to be kept.')
    this.parts = parts
  }
}

function unpacked(error: unknown): readonly StreamPart[] {
  if (error instanceof NotKept) return error.parts
  throw error
}

async function partsToKeep(
  source: AsyncIterable<StreamPart>,
  push: (part: StreamPart) => void,
): Promise<readonly StreamPart[]> {
  const parts: StreamPart[] = []
  await pullParts(sourceOf(source), (part) => {
    push(part)
    if (part.type === 'interrupted') throw part.error
    if (!passing.has(part.type)) parts.push(copyOf(part))
    if (part.type === 'finish' && !kept.has(part.reason)) throw new NotKept(parts)
    return false
  })
  return parts
}

function* replay(parts: readonly StreamPart[]): Generator<StreamPart> {
  for (const part of parts) {
    const copy = copyOf(part)
    if (copy.type === 'usage') markReplayed(copy.usage)
    yield copy
  }
}

/** What was kept belongs to the cache, and what was given to its caller, who may change it. */
function copyOf(part: StreamPart): StreamPart {
  if (part.type === 'usage' && part.usage.vendor === undefined) return { type: 'usage', usage: { ...part.usage } }
  return Object.values(part).some((value) => typeof value === 'object') ? structuredClone(part) : { ...part }
}
