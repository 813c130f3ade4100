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
import { checkModelName, checkOptions } from './check-options.ts'
import { createAnswerReader } from './create-answer-reader.ts'
import { createTransport } from './create-transport.ts'
import type { GeminiConnection } from './gemini-connection.ts'
import { frameReader } from './gemini-frame.ts'
import { linkSignal } from './link-signal.ts'
import { outputLimitOf } from './model-family.ts'
import { streamParts } from './stream-parts.ts'
import { type BodySettings, writeBody } from './write-body.ts'

/** Options of `createGemini`. */
export interface GeminiOptions extends GeminiConnection, BodySettings {
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

const own = ['model', 'safetySettings', 'cachedContent', 'hoistSystem', 'names', 'maxOutputTokens', 'createId']

const countReader = createFrameReader({
  vendor: 'Gemini',
  schema: z.looseObject({ totalTokens: z.int().nonnegative() }),
})

/** A model of the Gemini API or of Vertex AI. Nothing is sent before the first call. */
export function createGemini(options: GeminiOptions): GeminiModel {
  checkOptions(options, own)
  checkModelName(options.model)
  const { model, createId = () => `call_${crypto.randomUUID()}`, maxOutputTokens = outputLimitOf(model) } = options
  const transport = createTransport(options)
  const path = transport.modelPath(model)

  async function* stream(request: PreparedRequest, call: CallOptions): AsyncGenerator<StreamPart, void, undefined> {
    const body = writeBody(request, options)
    const { signal, unlink } = linkSignal(call.signal)
    try {
      const asked = { path: `${path}:streamGenerateContent`, query: { alt: 'sse' }, body, signal }
      yield* streamParts(await transport.send(asked), createAnswerReader(createId), signal)
    } finally {
      unlink()
    }
  }

  async function* whole(
    request: PreparedRequest,
    { signal }: CallOptions,
  ): AsyncGenerator<StreamPart, void, undefined> {
    const body = writeBody(request, options)
    const answer = createAnswerReader(createId)
    yield* answer.read(frameReader.check(await transport.json({ path: `${path}:generateContent`, body, signal })))
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
        ? body
        : { generateContentRequest: { model: transport.modelName(model), ...body } }
      const { totalTokens } = countReader.check(
        await transport.json({ path: `${path}:countTokens`, body: asked, signal }),
      )
      return totalTokens
    },
  })
}
