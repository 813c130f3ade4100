import { abortable } from '@empire/clock'
import { describeValue } from '@empire/errors'
import { collectResponse } from './collect-response.ts'
import type { CallOptions, LanguageModel, ModelCapabilities, ModelResponse } from './language-model.ts'
import { missingPart } from './missing-part.ts'
import type { ModelRequest } from './model-request.ts'
import { prepareRequest } from './prepare-request.ts'
import type { PreparedRequest } from './prepared-request.ts'
import { guardedSource } from './stream/guarded-source.ts'
import { layerStream } from './stream/layered-stream.ts'
import type { StreamPart } from './stream-part.ts'

/** What a model has to bring; `defineModel` does the rest. */
export interface ModelDefinition {
  /** Names the model in logs, prices and records. Not empty. */
  readonly id: string
  /** Who answers. Default: nobody else is asked. */
  readonly vendor?: string | undefined
  /** Default: nothing is known. */
  readonly capabilities?: ModelCapabilities | undefined
  /** The most tokens that it writes in one answer. Default: not known. */
  readonly maxOutputTokens?: number | undefined
  /** Answers a checked request part by part. An async generator is the usual form. */
  readonly stream: (request: PreparedRequest, options: CallOptions) => AsyncIterable<StreamPart>
  /** Answers at once, for models with a cheaper way than streaming. Default: the stream, collected. */
  readonly generate?: ((request: PreparedRequest, options: CallOptions) => Promise<ModelResponse>) | undefined
}

/**
 * Makes a model that keeps the promises of `LanguageModel` from the part that differs.
 *
 * Requests are checked before they are passed on (`invalid_request`, with the path of the fault). An abort ends a call
 * at once even if the definition ignores the signal. The source is closed whichever way a call ends. A stream that ends
 * without `finish` throws `interrupted`.
 */
export function defineModel(definition: ModelDefinition): LanguageModel {
  const { id, vendor, capabilities, maxOutputTokens, stream, generate } = definition
  if (typeof id !== 'string' || id === '')
    throw new TypeError(`"id" must be a string that is not empty, got ${describeValue(id)}.`)
  if (typeof stream !== 'function') throw new TypeError(`"stream" must be a function, got ${describeValue(stream)}.`)
  if (generate !== undefined && typeof generate !== 'function') {
    throw new TypeError(`"generate" must be a function or left out, got ${describeValue(generate)}.`)
  }

  function guarded(request: ModelRequest, options: CallOptions): AsyncIterable<StreamPart> {
    const { signal } = options
    let finished = false
    return layerStream({
      begin: () => signal?.throwIfAborted(),
      source: () => guardedSource(stream(prepareRequest(request), options), signal),
      see({ type }) {
        if (type === 'finish' || type === 'interrupted') finished = true
      },
      // A source that ends without its last part is an error, not a short answer.
      ended() {
        if (!finished) throw missingPart('finish')
      },
    })
  }

  return Object.freeze({
    id,
    ...(vendor === undefined ? {} : { vendor }),
    ...(capabilities === undefined ? {} : { capabilities: Object.freeze({ ...capabilities }) }),
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
    stream: (request: ModelRequest, options: CallOptions = {}) => guarded(request, options),
    generate: async (request: ModelRequest, options: CallOptions = {}) => {
      if (generate === undefined) return collectResponse(guarded(request, options))
      options.signal?.throwIfAborted()
      const prepared = prepareRequest(request)
      return abortable(generate(prepared, options), options.signal)
    },
  })
}
