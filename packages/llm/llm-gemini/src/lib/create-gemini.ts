import { describeValue } from '@empire/errors'
import {
  type CallOptions,
  collectResponse,
  defineModel,
  type LanguageModel,
  type ModelRequest,
  type PreparedRequest,
  prepareRequest,
  type StreamPart,
} from '@empire/llm'
import { createFrameReader } from '@empire/llm/client'
import * as z from 'zod'
import { checkCount } from './check-count.ts'
import { checkModelName, checkOptions } from './check-options.ts'
import { checkSettings, settingNames } from './check-settings.ts'
import { createAnswerReader } from './create-answer-reader.ts'
import { createTransport } from './create-transport.ts'
import type { GeminiConnection } from './gemini-connection.ts'
import { frameReader } from './gemini-frame.ts'
import { outputLimitOf } from './model-family.ts'
import { streamParts } from './stream-parts.ts'
import { type GeminiBody, type GeminiSettings, writeBody } from './write-body.ts'

/** Options of `createGemini`. */
export interface GeminiOptions extends GeminiConnection, GeminiSettings {
  /** The most tokens that the model writes in one answer. Default: what Google says of models of this name. */
  readonly maxOutputTokens?: number | undefined
  /** Gives calls of tools an id where Gemini gives none. Default: a random one. */
  readonly createId?: (() => string) | undefined
}

/** A model of Gemini. */
export interface GeminiModel extends LanguageModel {
  /** How many tokens Gemini counts in a request. Nothing is generated. Rejects with a `ModelError`, or `signal.reason`. */
  countTokens(request: ModelRequest, options?: CallOptions): Promise<number>
}

const own = ['model', ...settingNames, 'maxOutputTokens', 'createId']

const countReader = createFrameReader({
  vendor: 'Gemini',
  schema: z.looseObject({ totalTokens: z.int().nonnegative() }),
})

/** A model of the Gemini API or of Vertex AI. Nothing is sent before the first call. */
export function createGemini(options: GeminiOptions): GeminiModel {
  checkOptions(options, own)
  checkModelName(options.model)
  checkSettings(options)
  checkCount('maxOutputTokens', options.maxOutputTokens)
  if (options.createId !== undefined && typeof options.createId !== 'function') {
    throw new TypeError(`Expected "createId" to be a function, got ${describeValue(options.createId)}.`)
  }
  const { model, createId = () => `call_${crypto.randomUUID()}`, maxOutputTokens = outputLimitOf(model) } = options
  const transport = createTransport(options)
  const { hide } = transport
  const path = transport.modelPath(model)

  function stream(request: PreparedRequest, { signal }: CallOptions): AsyncIterable<StreamPart> {
    const body = writeBody(request, options)
    const asked = { path: `${path}:streamGenerateContent`, query: { alt: 'sse' }, body }
    const answer = createAnswerReader({ createId, hide })
    return streamParts({ open: (linked) => transport.send({ ...asked, signal: linked }), answer, hide, signal })
  }

  async function* whole(
    request: PreparedRequest,
    { signal }: CallOptions,
  ): AsyncGenerator<StreamPart, void, undefined> {
    const body = writeBody(request, options)
    const answer = createAnswerReader({ createId, hide })
    yield* answer.read(await transport.ask({ path: `${path}:generateContent`, body, signal }, frameReader))
    yield* answer.end()
  }

  return Object.freeze({
    ...defineModel({
      id: model,
      vendor: 'gemini',
      capabilities: { tools: true, structuredOutput: true, cacheBreakpoints: false },
      maxOutputTokens,
      stream,
      generate: (request, call) => collectResponse(whole(request, call)),
    }),
    async countTokens(request: ModelRequest, { signal }: CallOptions = {}) {
      signal?.throwIfAborted()
      const body = writeBody(prepareRequest(request), options)
      const asked = transport.isVertex
        ? countedOnVertex(body)
        : { generateContentRequest: { model: transport.modelName(model), ...body } }
      const { totalTokens } = await transport.ask({ path: `${path}:countTokens`, body: asked, signal }, countReader)
      return totalTokens
    },
  })
}

/** Vertex AI refuses the rest, which it does not count. */
function countedOnVertex({ contents, systemInstruction, tools, generationConfig }: GeminiBody): GeminiBody {
  return { contents, systemInstruction, tools, generationConfig }
}
