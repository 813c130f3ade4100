import { describeValue, expectKnownKeys } from '@empire/errors'
import { createRunRecorder, type RecordStore, type SharedContent } from '@empire/record'
import { redact } from '@empire/redaction'
import { collectResponse } from '../collect-response.ts'
import { defineModel } from '../define-model.ts'
import type { CallOptions, LanguageModel, ModelResponse } from '../language-model.ts'
import { forwardRequest, prepareRequest } from '../prepare-request.ts'
import type { PreparedRequest } from '../prepared-request.ts'
import { cassetteKind, type CassetteReel, play, readReel, type RecordedCall } from '../record/cassette-reel.ts'
import { errorData } from '../record/error-data.ts'
import { writeStep } from '../record/write-step.ts'
import { callInputs } from '../request-data.ts'
import { responseParts } from '../response-parts.ts'
import type { ModelRequest } from '../model-request.ts'
import { layerStream } from '../stream/layered-stream.ts'
import type { StreamPart } from '../stream-part.ts'

/** Options of `withCassette`. */
export interface WithCassetteOptions {
  /** Where calls are kept: `createJsonlStore({ path })` of `@empire/record`, for one. Close it when the run has ended. */
  store: RecordStore
  /** `record` asks the model and writes what it gave; `replay` never asks it. */
  mode: 'record' | 'replay'
}

/**
 * Records the calls of a model, and replays them without network.
 *
 * Each recorded call is replayed once, with the parts that were delivered, at once, and with the error that it ended with. A
 * request that is not left in the cassette throws a `ModelCassetteError` (`cassette_mismatch`) which says where it differs. Calls
 * that were aborted or left early are not recorded. Secrets are taken out before anything is compared or written.
 */
export function withCassette(model: LanguageModel, options: WithCassetteOptions): LanguageModel {
  expectKnownKeys('withCassette: "options"', options, ['store', 'mode'])
  const { store, mode } = options
  if (typeof store?.append !== 'function') {
    throw new TypeError(`withCassette: expected "store" to be a record store, got ${describeValue(store)}.`)
  }
  if (mode !== 'record' && mode !== 'replay') {
    throw new TypeError(`withCassette: expected "mode" to be "record" or "replay", got ${describeValue(mode)}.`)
  }
  return mode === 'record' ? recording(model, store) : replaying(model, store)
}

function recording(model: LanguageModel, store: RecordStore): LanguageModel {
  const recorder = createRunRecorder({ store })

  async function write(prepared: PreparedRequest, parts: readonly StreamPart[], error?: unknown): Promise<void> {
    const output: RecordedCall = {
      // A notice is nothing that is to be read again.
      parts: parts.filter(({ type }) => type !== 'error').map(dataOf),
      ...(error === undefined ? {} : { error: errorData(error) }),
    }
    await writeStep(recorder, { kind: cassetteKind, inputs: callInputs(model, prepared), output })
  }

  function stream(request: ModelRequest, call: CallOptions = {}): AsyncIterable<StreamPart> {
    const parts: StreamPart[] = []
    let prepared: PreparedRequest
    let written = false
    return layerStream({
      begin() {
        call.signal?.throwIfAborted()
        prepared = prepareRequest(request)
      },
      source: () => model.stream(forwardRequest(prepared), call),
      see(part) {
        parts.push(part)
        if (part.type !== 'finish' && part.type !== 'interrupted') return undefined
        written = true
        return write(prepared, parts)
      },
      failed: (error) => (written || call.signal?.aborted === true ? undefined : write(prepared, parts, error)),
    })
  }

  return Object.freeze({
    ...model,
    stream,
    async generate(request: ModelRequest, call: CallOptions = {}) {
      call.signal?.throwIfAborted()
      const prepared = prepareRequest(request)
      let response: ModelResponse
      try {
        response = await model.generate(forwardRequest(prepared), call)
      } catch (error) {
        if (call.signal?.aborted !== true) await write(prepared, [], error)
        throw error
      }
      await write(prepared, responseParts(response))
      return response
    },
  })
}

function replaying(model: LanguageModel, store: RecordStore): LanguageModel {
  let reel: Promise<CassetteReel> | undefined
  async function* stream(request: PreparedRequest): AsyncGenerator<StreamPart, void, undefined> {
    reel ??= readReel(store)
    yield* play((await reel).take(model.id, withoutSecrets(callInputs(model, request))))
  }
  const { id, vendor, capabilities, maxOutputTokens } = model
  return defineModel({
    id,
    vendor,
    capabilities,
    maxOutputTokens,
    stream,
    generate: (request) => collectResponse(stream(request)),
  })
}

function dataOf(part: StreamPart): Readonly<Record<string, unknown>> {
  const data: object = part.type === 'interrupted' ? { ...part, error: errorData(part.error) } : part
  return data as Readonly<Record<string, unknown>>
}

/** As the record holds them. */
function withoutSecrets(inputs: SharedContent): unknown {
  return redact(
    JSON.parse(
      JSON.stringify(inputs, (_, value: unknown) => (typeof value === 'string' ? value.toWellFormed() : value)),
    ),
  )
}
