import { linkSignal } from '@empire/clock'
import type { LanguageModelV4, LanguageModelV4StreamPart, LanguageModelV4StreamResult } from '@ai-sdk/provider'
import {
  type CallOptions,
  collectResponse,
  defineModel,
  type LanguageModel,
  ModelError,
  type PreparedRequest,
  type StreamPart,
} from '@empire/llm'
import { createPartReader } from './create-part-reader.ts'
import type { FromAiSdkOptions } from './from-ai-sdk-options.ts'
import { isFields } from './is-fields.ts'
import { readLimits } from './limit-headers.ts'
import { type AiSdkLanguageModel, vendorOf } from './provider-model.ts'
import { createProviderPartReader } from './provider-part.ts'
import { readError } from './read-error.ts'
import { createAnswerReader, resultParts } from './result-parts.ts'
import { type CallSettings, writeCall } from './write-call.ts'

/** A language model of a provider as one of ours. */
export function fromLanguageModel(given: AiSdkLanguageModel, options: FromAiSdkOptions): LanguageModel {
  // Older versions differ where prompts are written and parts are read, which is where they are told apart.
  const model = given as LanguageModelV4
  const { specificationVersion: version } = given
  const { vendor = vendorOf(given.provider), maxOutputTokens, capabilities = { tools: true }, ...settings } = options
  const checker = createProviderPartReader(vendor)
  const answers = createAnswerReader(vendor)

  async function open<Result>(
    request: PreparedRequest,
    signal: AbortSignal,
    call: (options: ReturnType<typeof writeCall>) => PromiseLike<Result>,
  ): Promise<Result> {
    try {
      const supportedUrls = await model.supportedUrls
      const callSettings: CallSettings = { ...settings, vendor, version, supportedUrls }
      return await call(writeCall(request, callSettings, signal))
    } catch (error) {
      throw readError(vendor, error, signal)
    }
  }

  async function* stream(request: PreparedRequest, call: CallOptions): AsyncGenerator<StreamPart, void, undefined> {
    const { signal, abort, unlink } = linkSignal(call.signal)
    try {
      const { stream: parts, response } = await open(request, signal, async (asked) =>
        checkStream(vendor, await model.doStream(asked)),
      )
      yield* limitsOf(response)
      const reader = createPartReader({ vendor, signal, isStreamed: true })
      for await (const part of pull(parts, vendor, signal)) yield* reader.read(checker.check(part))
    } finally {
      unlink()
      abort()
    }
  }

  async function* whole(request: PreparedRequest, call: CallOptions): AsyncGenerator<StreamPart, void, undefined> {
    const { signal, abort, unlink } = linkSignal(call.signal)
    try {
      const result = await open(request, signal, async (asked) =>
        answers.check(withoutRequest(await model.doGenerate(asked))),
      )
      yield* limitsOf(result.response)
      const reader = createPartReader({ vendor, signal, isStreamed: false })
      for (const part of resultParts(result)) yield* reader.read(checker.check(part))
    } finally {
      unlink()
      abort()
    }
  }

  return defineModel({
    id: given.modelId,
    vendor,
    capabilities,
    maxOutputTokens,
    stream,
    generate: (request, call) => collectResponse(whole(request, call)),
  })
}

function checkStream(vendor: string, given: LanguageModelV4StreamResult): LanguageModelV4StreamResult {
  if (isFields(given) && isFields(given['stream']) && typeof given['stream']['getReader'] === 'function') return given
  throw new ModelError('invalid_response', `The provider of ${vendor} gave no stream.`, { details: { path: 'stream' } })
}

/** What users said is in no error about the answer. */
function withoutRequest(result: unknown): unknown {
  return isFields(result) ? { ...result, request: undefined } : result
}

function limitsOf(response: { readonly headers?: unknown } | undefined): StreamPart[] {
  const limits = readLimits(response?.headers)
  return limits === undefined ? [] : [{ type: 'limits', limits }]
}

/** The parts of a stream, which is cancelled when it is left early. */
async function* pull(
  parts: ReadableStream<LanguageModelV4StreamPart>,
  vendor: string,
  signal: AbortSignal,
): AsyncGenerator<unknown, void, undefined> {
  const reader = parts.getReader()
  let ended = false
  try {
    while (true) {
      let result: Awaited<ReturnType<typeof reader.read>>
      try {
        result = await reader.read()
      } catch (error) {
        ended = true
        throw readError(vendor, error, signal)
      }
      if (result.done) {
        ended = true
        return
      }
      yield result.value
    }
  } finally {
    // A stream that has failed says so once more.
    if (!ended) await reader.cancel().catch(() => {})
  }
}
