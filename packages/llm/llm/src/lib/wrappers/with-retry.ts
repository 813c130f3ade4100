import { isRetryable, retry, type RetryOptions } from '@empire/resilience'
import type { CallOptions, LanguageModel } from '../language-model.ts'
import { ModelError } from '../model-error.ts'
import type { ModelRequest } from '../model-request.ts'
import type { StreamPart } from '../stream-part.ts'
import type { Usage } from '../usage.ts'
import { continueStream } from './continue-stream.ts'
import { openStream } from './open-stream.ts'

/** How often, after what and when to try again: the options of `retry` of `@empire/resilience`. */
export type WithRetryOptions = Omit<RetryOptions, 'signal'>

/**
 * Tries again what may succeed the next time: exponential backoff with full jitter, or as long as the vendor asks.
 *
 * A stream is tried again only until the first of its content has been delivered. After that, a failure is an
 * `interrupted` part with the text that came and the usage, and the end. An abort is never tried again. Layers of
 * retries share one budget, that of the outermost.
 */
export function withRetry(model: LanguageModel, options: WithRetryOptions = {}): LanguageModel {
  async function* stream(request: ModelRequest, call: CallOptions = {}): AsyncGenerator<StreamPart, void, undefined> {
    const { signal } = call
    const open = await retry(() => openStream(model.stream(request, call)), { ...options, signal })
    const texts: string[] = []
    let usage: Usage | undefined
    try {
      for await (const part of continueStream(open, signal)) {
        if (part.type === 'text-delta') texts.push(part.text)
        else if (part.type === 'usage') usage = part.usage
        yield part
      }
    } catch (error) {
      signal?.throwIfAborted()
      if (!(error instanceof ModelError) || !isRetryable(error)) throw error
      yield { type: 'interrupted', error, text: texts.join(''), ...(usage === undefined ? {} : { usage }) }
    }
  }
  return Object.freeze({
    ...model,
    stream,
    generate: (request: ModelRequest, call: CallOptions = {}) =>
      retry(() => model.generate(request, call), { ...options, signal: call.signal }),
  })
}
