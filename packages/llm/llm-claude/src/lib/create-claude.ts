import {
  type CallOptions,
  collectResponse,
  defineModel,
  type LanguageModel,
  type ModelRequest,
  prepareRequest,
  type PreparedRequest,
  type StreamPart,
} from '@empire/llm'
import { createSend } from './create-send.ts'
import { checkClaudeOptions, type ClaudeOptions } from './claude-options.ts'
import { createBatches, type ClaudeBatches } from './create-batches.ts'
import { countTokens } from './count-tokens.ts'
import { modelTraits } from './model-traits.ts'
import { streamAnswer } from './stream-answer.ts'
import { type BodySettings, writeBody } from './write-body.ts'

/** A model of Anthropic. */
export interface ClaudeModel extends LanguageModel {
  /** How many tokens of input a request has, as Anthropic counts them. Rejects with what `generate` rejects with. */
  countTokens(request: ModelRequest, options?: CallOptions): Promise<number>
  /** Many requests at half the price, answered within a day. */
  readonly batches: ClaudeBatches
}

/** The longest answer that is fetched whole: one that takes more than ten minutes may lose its silent connection. */
const mostWhole = 21_333

/**
 * A model of Anthropic, by the Messages API.
 *
 * `generate` fetches an answer whole where `maxTokens` is at most 21,333, and else streams it, for silent connections do
 * not live long. Nothing is tried again and no time is limited: that is what `withRetry` and `withTimeout` of
 * `@empire/llm` are for. Throws a `TypeError` for wrong options; calls throw `ModelError`, or `signal.reason`.
 */
export function createClaude(options: ClaudeOptions): ClaudeModel {
  checkClaudeOptions(options)
  const { model, serverTools = [], cacheTtl, names, opening } = options
  const known = modelTraits(model)
  const traits = { ...known, maxOutputTokens: options.maxOutputTokens ?? known.maxOutputTokens }
  const send = createSend(options)
  const settings: BodySettings = {
    model,
    traits,
    serverTools,
    cacheControl: { type: 'ephemeral', ...(cacheTtl === undefined ? {} : { ttl: cacheTtl }) },
    hoistSystem: options.hoistSystem ?? !traits.takesLaterSystem,
    names,
    opening,
  }

  function stream(request: PreparedRequest, { signal }: CallOptions): AsyncIterable<StreamPart> {
    return streamAnswer(send, { ...writeBody(request, settings), stream: true }, signal)
  }

  async function generate(request: PreparedRequest, { signal }: CallOptions) {
    const body = writeBody(request, settings)
    return collectResponse(streamAnswer(send, body.max_tokens > mostWhole ? { ...body, stream: true } : body, signal))
  }

  const base = defineModel({
    id: model,
    vendor: 'claude',
    capabilities: { tools: true, structuredOutput: traits.takesOutputFormat, cacheBreakpoints: true },
    maxOutputTokens: traits.maxOutputTokens,
    stream,
    generate,
  })
  return Object.freeze({
    ...base,
    async countTokens(request: ModelRequest, { signal }: CallOptions = {}) {
      signal?.throwIfAborted()
      return countTokens(send, writeBody(prepareRequest(request), settings), signal)
    },
    batches: createBatches(send, (request) => writeBody(prepareRequest(request), settings)),
  })
}
