import { AsyncLocalStorage } from 'node:async_hooks'
import { type Clock, systemClock } from '@empire/clock'
import { EmpireError, expectKnownKeys } from '@empire/errors'
import { genAi, genAiMetrics, isContentRecorded, setContent } from '@empire/telemetry'
import { llmTelemetry } from '../telemetry/llm-telemetry.ts'
import type { CallOptions, LanguageModel, ModelResponse } from '../language-model.ts'
import type { ModelRequest } from '../model-request.ts'
import { layerStream, sourceOf } from '../stream/layered-stream.ts'
import type { PartSource } from '../stream/part-source.ts'
import type { StreamPart } from '../stream-part.ts'
import {
  type Attributes,
  finishAttributes,
  modelAttributes,
  outputMessages,
  requestAttributes,
  tokensOf,
  usageAttributes,
} from '../telemetry/call-attributes.ts'
import { createStreamWatch, seconds, type StreamWatch } from '../telemetry/stream-watch.ts'
import { inputContent } from '../telemetry/input-content.ts'
import type { Usage } from '../usage.ts'

/** Options of `withTelemetry`. */
export interface WithTelemetryOptions {
  /** Further attributes of each span. Never prompts, outputs or secrets. Default: none. */
  attributes?: Readonly<Record<string, string | number | boolean>> | undefined
  /** Default: the platform's. */
  clock?: Clock | undefined
}

const tokenUsage = llmTelemetry.histogram(genAiMetrics.tokenUsage.name, genAiMetrics.tokenUsage)
const durations = llmTelemetry.histogram(genAiMetrics.operationDuration.name, genAiMetrics.operationDuration)
type Span = Parameters<typeof setContent>[0]

/**
 * A span and metrics for each call, by the GenAI conventions of OpenTelemetry: `chat <model>`, with parameters, usage, reason
 * of the end and errors. Without a provider it does next to nothing.
 *
 * What the model does runs inside the span. The usage of an answer that broke off, failed or was left is told as far as it is
 * known. Prompts and answers are on it only while `setContentRecording(true)` holds, and
 * without secrets.
 */
export function withTelemetry(model: LanguageModel, options: WithTelemetryOptions = {}): LanguageModel {
  expectKnownKeys('withTelemetry: "options"', options, ['attributes', 'clock'])
  const { attributes = {}, clock = systemClock } = options
  const name = `chat ${model.id}`
  const labels = modelAttributes(model)
  const inputLabels = { ...labels, [genAi.tokenType]: 'input' }
  const outputLabels = { ...labels, [genAi.tokenType]: 'output' }

  function spanOptions(request: ModelRequest, streams: boolean, { signal }: CallOptions) {
    return { attributes: { ...attributes, ...labels, ...requestAttributes(request, streams) }, signal }
  }

  function ended(began: number, failure: { readonly error: unknown } | undefined, { signal }: CallOptions): void {
    const failed = failure !== undefined && signal?.aborted !== true
    durations.record(seconds(clock.now() - began), failed ? { ...labels, 'error.type': typeOf(failure.error) } : labels)
  }

  function tellUsage(span: Span, usage: Usage): void {
    const { input, output } = tokensOf(usage)
    tokenUsage.record(input, inputLabels)
    tokenUsage.record(output, outputLabels)
    if (span.isRecording()) setAll(span, usageAttributes(usage))
  }

  function stream(request: ModelRequest, call: CallOptions = {}): AsyncIterable<StreamPart> {
    const outcome = Promise.withResolvers<void>()
    let opened: ReturnType<typeof openSpan>
    let watch: StreamWatch
    let began = 0
    let pulled = 0
    let failure: { readonly error: unknown } | undefined
    let isUsageTold = false
    function tellUsageOnce(): void {
      if (isUsageTold || watch.usage === undefined) return
      isUsageTold = true
      tellUsage(opened.span, watch.usage)
    }
    const open = (): PartSource => sourceOf(model.stream(request, call))
    return layerStream({
      begin() {
        opened = openSpan(spanOptions(request, true, call), outcome.promise)
        began = clock.now()
        watch = createStreamWatch(opened.span, labels, began, clock)
        setInput(opened.span, request)
      },
      source() {
        const { inSpan } = opened
        const source = inSpan === undefined ? open() : inSpan(open)
        return {
          pull(sink) {
            pulled = clock.now()
            if (inSpan === undefined) source.pull(sink)
            else inSpan(() => source.pull(sink))
          },
          close: () => (inSpan === undefined ? source.close() : inSpan(() => source.close())),
        }
      },
      see(part) {
        watch.see(part, pulled)
        if (part.type === 'interrupted') failure = { error: part.error }
        if (part.type !== 'finish') return
        const { text, toolCalls } = watch
        tellUsageOnce()
        tellAnswer(opened.span, { text: text.join(''), toolCalls, finish: part })
      },
      failed(error) {
        failure = { error }
      },
      closed() {
        // Also of an answer that broke off or was left: its tokens are paid for.
        tellUsageOnce()
        ended(began, failure, call)
        if (failure === undefined) outcome.resolve()
        else outcome.reject(failure.error)
      },
    })
  }

  /** A span that lasts as long as the promise, and what runs a function inside it: nothing where there is no provider. */
  function openSpan(about: ReturnType<typeof spanOptions>, lasting: Promise<void>) {
    let opened: { span: Span; inSpan: ReturnType<typeof AsyncLocalStorage.snapshot> | undefined } | undefined
    const lasts = llmTelemetry.withSpan(name, about, (span) => {
      opened = { span, inSpan: isInert(span) ? undefined : AsyncLocalStorage.snapshot() }
      return lasting
    })
    // How the call ends is told to the caller by the stream itself.
    lasts.catch(() => {})
    return opened as NonNullable<typeof opened>
  }

  async function generate(request: ModelRequest, call: CallOptions = {}): Promise<ModelResponse> {
    return llmTelemetry.withSpan(name, spanOptions(request, false, call), async (span) => {
      const began = clock.now()
      let failure: { readonly error: unknown } | undefined
      try {
        setInput(span, request)
        const response = await model.generate(request, call)
        tellUsage(span, response.usage)
        tellAnswer(span, response)
        return response
      } catch (error) {
        failure = { error }
        throw error
      } finally {
        ended(began, failure, call)
      }
    })
  }

  return Object.freeze({ ...model, stream, generate })
}

/** There is no provider: no span is active, and none will be a child of this one. */
function isInert(span: Span): boolean {
  return !span.isRecording() && /^0+$/.test(span.spanContext().traceId)
}

function setInput(span: Span, request: ModelRequest): void {
  if (!isContentRecorded() || !span.isRecording()) return
  let content: Readonly<Record<string, unknown>>
  try {
    content = inputContent(request)
  } catch {
    // The model says what is wrong with the request.
    return
  }
  for (const [attribute, value] of Object.entries(content)) setContent(span, attribute, value)
}

function tellAnswer(span: Span, response: Pick<ModelResponse, 'finish' | 'text' | 'toolCalls'>): void {
  if (!span.isRecording()) return
  setAll(span, finishAttributes(response.finish))
  setContent(span, genAi.outputMessages, () => outputMessages(response))
}

function setAll(span: Span, attributes: Attributes): void {
  for (const [attribute, value] of Object.entries(attributes))
    if (value !== undefined) span.setAttribute(attribute, value)
}

function typeOf(error: unknown): string {
  if (EmpireError.isInstance(error)) return error.code
  return error instanceof Error ? error.name : typeof error
}
