import { systemClock } from '@empire/clock'
import { describeValue, EmpireError, expectKnownKeys } from '@empire/errors'
import { redactText } from '@empire/redaction'
import { type FailedAttempt, isRetryable, retry, type RetryOptions } from '@empire/resilience'
import { attempt } from '../attempt-watch.ts'
import type { EmbeddingModel, EmbedOptions } from '../embedding-model.ts'
import type { CallOptions, LanguageModel } from '../language-model.ts'
import { llmEvents } from '../llm-events.ts'
import { ModelError } from '../model-error.ts'
import type { ModelRequest } from '../model-request.ts'
import { layerStream } from '../stream/layered-stream.ts'
import type { PartSource } from '../stream/part-source.ts'
import type { StreamPart } from '../stream-part.ts'
import type { Usage } from '../usage.ts'
import { openStream } from './open-stream.ts'

/** How often, after what and when to try again: the options of `retry` of `@empire/resilience`. */
export type WithRetryOptions = Omit<RetryOptions, 'signal'>

const names = [
  'attempts',
  'baseDelay',
  'maxDelay',
  'maxRetryAfter',
  'isRetryable',
  'retryAfter',
  'budget',
  'onRetry',
  'clock',
  'random',
]

/**
 * Tries again what may succeed the next time: exponential backoff with full jitter, or as long as the vendor asks.
 *
 * A stream is tried again only until the first of its content has been delivered. After that, a failure is an
 * `interrupted` part with the text that came and the usage, and the end. An abort is never tried again. Layers of
 * retries share one budget, that of the outermost. Each attempt is an event: `llmEvents.attempt`.
 */
export function withRetry(model: LanguageModel, options?: WithRetryOptions): LanguageModel
/** The same for an embedding model. A call with many texts is tried again as a whole. */
export function withRetry(model: EmbeddingModel, options?: WithRetryOptions): EmbeddingModel
export function withRetry(
  model: LanguageModel | EmbeddingModel,
  options: WithRetryOptions = {},
): LanguageModel | EmbeddingModel {
  expectKnownKeys('withRetry: "options"', options, names)
  if ('generate' in model) return retryAnswers(model, options)
  return Object.freeze({
    ...model,
    embed: (texts: readonly string[], call: EmbedOptions = {}) =>
      makeAttempts(() => model.embed(texts, call), model.id, options, call),
  })
}

function retryAnswers(model: LanguageModel, options: WithRetryOptions): LanguageModel {
  function stream(request: ModelRequest, call: CallOptions = {}): AsyncIterable<StreamPart> {
    const { signal } = call
    const texts: string[] = []
    let usage: Usage | undefined
    let open: PartSource
    return layerStream({
      async begin() {
        open = await makeAttempts(() => openStream(model.stream(request, call)), model.id, options, call)
      },
      source: () => open,
      see(part) {
        signal?.throwIfAborted()
        if (part.type === 'text-delta') texts.push(part.text)
        else if (part.type === 'usage') usage = part.usage
      },
      failed(error) {
        signal?.throwIfAborted()
        const failure = failureOf(error)
        if (failure === undefined) return undefined
        return { type: 'interrupted', error: failure, text: texts.join(''), ...(usage === undefined ? {} : { usage }) }
      },
    })
  }
  return Object.freeze({
    ...model,
    stream,
    generate: (request: ModelRequest, call: CallOptions = {}) =>
      makeAttempts(() => model.generate(request, call), model.id, options, call),
  })
}

/** Why an answer broke off; `undefined` for a mistake of the programmer. */
function failureOf(error: unknown): ModelError | undefined {
  if (error instanceof ModelError) return error
  if (!isRetryable(error)) return undefined
  const reason = error instanceof Error ? error.message : describeValue(error)
  return new ModelError('interrupted', `The answer broke off: ${redactText(reason)}`, { cause: error })
}

async function makeAttempts<Value>(
  task: () => Promise<Value>,
  model: string,
  options: WithRetryOptions,
  call: CallOptions,
): Promise<Value> {
  const { clock = systemClock, onRetry } = options
  const { signal } = call
  let number = 0
  let began = 0

  function tell(outcome: 'answered' | 'retried' | 'failed' | 'aborted', error?: unknown, delay = 0): void {
    const code = EmpireError.isInstance(error) ? error.code : error instanceof Error ? error.name : ''
    const duration = Math.max(0, clock.now() - began)
    llmEvents.attempt.publish({ model, outcome, code, attempt: number, duration, delay })
  }

  try {
    const value = await retry(
      ({ attempt: count }) => {
        number = count
        began = clock.now()
        return attempt(task, call)
      },
      {
        ...options,
        signal,
        onRetry(failed: FailedAttempt) {
          tell('retried', failed.error, failed.delay)
          onRetry?.(failed)
        },
      },
    )
    tell('answered')
    return value
  } catch (error) {
    // Without an attempt the call was aborted before, or an option is wrong.
    if (number > 0) tell(signal?.aborted === true ? 'aborted' : 'failed', error)
    throw error
  }
}
