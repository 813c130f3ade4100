import { type Breaker, type BreakerOptions, createBreaker } from '@empire/resilience'
import type { CallOptions, LanguageModel } from '../language-model.ts'
import { ModelError, type ModelErrorCode } from '../model-error.ts'
import type { ModelRequest } from '../model-request.ts'
import type { StreamPart } from '../stream-part.ts'

/** A breaker to share, or how to make one. */
export type WithBreakerOptions = { readonly breaker: Breaker } | (BreakerOptions & { readonly breaker?: undefined })

const failures: ReadonlySet<ModelErrorCode> = new Set([
  'overloaded',
  'timeout',
  'network',
  'interrupted',
  'invalid_response',
])

/**
 * Stops calling a vendor that fails, with a `breaker_open` error, and finds out when it is well again.
 *
 * A failure is what tells of the vendor's health: `overloaded`, `timeout`, `network`, `interrupted`, `invalid_response`,
 * at any moment of a stream. A limit of the caller, a wrong request and an abort are none.
 */
export function withBreaker(model: LanguageModel, options: WithBreakerOptions = {}): LanguageModel {
  const breaker = options.breaker ?? createBreaker({ isFailure: tellsOfHealth, ...options })

  async function* stream(request: ModelRequest, call: CallOptions = {}): AsyncGenerator<StreamPart, void, undefined> {
    const admitted = Promise.withResolvers<void>()
    const outcome = Promise.withResolvers<void>()
    const run = breaker.run(
      () => {
        admitted.resolve()
        return outcome.promise
      },
      { signal: call.signal },
    )
    // A refusal arrives here; how the stream ended is told to the breaker, and to the caller by the stream itself.
    run.catch(admitted.reject)
    await admitted.promise
    try {
      for await (const part of model.stream(request, call)) {
        if (part.type === 'interrupted') outcome.reject(part.error)
        yield part
      }
    } catch (error) {
      outcome.reject(error)
      throw error
    } finally {
      outcome.resolve()
    }
  }

  return Object.freeze({
    ...model,
    stream,
    generate: (request: ModelRequest, call: CallOptions = {}) =>
      breaker.run(() => model.generate(request, call), { signal: call.signal }),
  })
}

function tellsOfHealth(error: unknown): boolean {
  return !(error instanceof ModelError) || failures.has(error.code)
}
