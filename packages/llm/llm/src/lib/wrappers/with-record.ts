import { type Clock, systemClock } from '@empire/clock'
import { describeValue, expectKnownKeys } from '@empire/errors'
import type { ContentHash, RunRecorder, StepReceipt } from '@empire/record'
import { joinParts } from '../collect-response.ts'
import type { CallOptions, LanguageModel, ModelResponse } from '../language-model.ts'
import type { ModelRequest } from '../model-request.ts'
import { forwardRequest, prepareRequest } from '../prepare-request.ts'
import type { PreparedRequest } from '../prepared-request.ts'
import { errorData } from '../record/error-data.ts'
import { writeStep } from '../record/write-step.ts'
import { callInputs } from '../request-data.ts'
import { layerStream } from '../stream/layered-stream.ts'
import type { StreamPart } from '../stream-part.ts'
import type { Usage } from '../usage.ts'

/** Options of `withRecord`. */
export interface WithRecordOptions {
  /** Made by `createRunRecorder` of `@empire/record`. */
  recorder: Pick<RunRecorder, 'record'>
  /** The addresses of the steps that a call builds on, asked when it begins. Default: none. */
  parents?: (() => readonly ContentHash[]) | undefined
  /** Told of each step when it has been recorded. */
  onStep?: ((receipt: StepReceipt) => void) | undefined
  /** Default: the platform's. */
  clock?: Clock | undefined
}

const names = ['recorder', 'parents', 'onStep', 'clock']

/**
 * Writes each call into the record of the run, as one step of kind `model`.
 *
 * `inputs` has the model and all that it was asked, `output` the answer; the same call with the same answer has the same
 * address. `meta` has what differs each time: `duration`, `usage`, `requestId`, and `ended`: `finished`, `failed` with the
 * `error`, `aborted` or `left`. What had come of an answer that broke off is its output. The `finish` part is delivered when the
 * step has been written. When it cannot be written, the call fails with the error of the store.
 */
export function withRecord(model: LanguageModel, options: WithRecordOptions): LanguageModel {
  expectKnownKeys('withRecord: "options"', options, names)
  const { recorder, parents, onStep, clock = systemClock } = options
  if (typeof recorder?.record !== 'function') {
    throw new TypeError(`withRecord: expected "recorder" to be a run recorder, got ${describeValue(recorder)}.`)
  }

  function begin(prepared: PreparedRequest) {
    const inputs = callInputs(model, prepared)
    const from = parents?.()
    const began = clock.now()
    return async (output: unknown, meta: Readonly<Record<string, unknown>>): Promise<void> => {
      const duration = Math.max(0, clock.now() - began)
      const step = { kind: 'model', inputs, output, parents: from, meta: { ...meta, duration } }
      const receipt = await writeStep(recorder, step)
      onStep?.(receipt)
    }
  }

  function stream(request: ModelRequest, call: CallOptions = {}): AsyncIterable<StreamPart> {
    const parts: StreamPart[] = []
    let prepared: PreparedRequest
    let end: ReturnType<typeof begin>
    let written = false
    const write = (...step: Parameters<typeof end>): Promise<void> => {
      written = true
      return end(...step)
    }
    return layerStream({
      begin() {
        call.signal?.throwIfAborted()
        prepared = prepareRequest(request)
        end = begin(prepared)
      },
      source: () => model.stream(forwardRequest(prepared), call),
      see(part) {
        parts.push(part)
        if (part.type === 'interrupted') return write(partialOf(parts), failed(part.error, call))
        if (part.type !== 'finish') return undefined
        const response = joinParts(parts)
        return write(outputOf(response), metaOf(response))
      },
      failed(error) {
        if (!written) return write(partialOf(parts), failed(error, call))
        return undefined
      },
      closed() {
        if (!written) return write(partialOf(parts), { ended: 'left' })
        return undefined
      },
    })
  }

  async function generate(request: ModelRequest, call: CallOptions = {}): Promise<ModelResponse> {
    call.signal?.throwIfAborted()
    const prepared = prepareRequest(request)
    const end = begin(prepared)
    let response: ModelResponse
    try {
      response = await model.generate(forwardRequest(prepared), call)
    } catch (error) {
      await end(undefined, failed(error, call))
      throw error
    }
    await end(outputOf(response), metaOf(response))
    return response
  }

  return Object.freeze({ ...model, stream, generate })
}

/** What the model said, without what differs from call to call. */
function outputOf({ text, reasoning, toolCalls, citations, media, finish }: ModelResponse): unknown {
  const { requestId: _, ...end } = finish
  return { text, reasoning, toolCalls, citations, media, finish: end }
}

function metaOf({ usage, finish }: ModelResponse): { ended: 'finished'; usage: Usage; requestId?: string | undefined } {
  const { requestId } = finish
  return { ended: 'finished', usage, ...(requestId === undefined ? {} : { requestId }) }
}

function failed(error: unknown, { signal }: CallOptions): Readonly<Record<string, unknown>> {
  return signal?.aborted === true ? { ended: 'aborted' } : { ended: 'failed', error: errorData(error) }
}

/** The text of an answer that broke off; nothing if none had come. */
function partialOf(parts: readonly StreamPart[]): { readonly text: string } | undefined {
  const texts = parts.flatMap((part) => (part.type === 'text-delta' ? [part.text] : []))
  return texts.length === 0 ? undefined : { text: texts.join('') }
}
