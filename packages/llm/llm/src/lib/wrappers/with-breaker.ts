import { EmpireError, expectKnownKeys } from '@empire/errors'
import { type Breaker, type BreakerOptions, createBreaker } from '@empire/resilience'
import type { CallOptions, LanguageModel } from '../language-model.ts'
import type { ModelErrorCode } from '../model-error.ts'
import type { ModelRequest } from '../model-request.ts'
import { layerStream } from '../stream/layered-stream.ts'
import type { StreamPart } from '../stream-part.ts'

/** A breaker to share, or how to make one. */
export type WithBreakerOptions = { readonly breaker: Breaker } | (BreakerOptions & { readonly breaker?: undefined })

const names = ['breaker', 'name', 'failureRate', 'minimumCalls', 'window', 'resetAfter', 'isFailure', 'clock']

const failures: ReadonlySet<string> = new Set<ModelErrorCode>([
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
  expectKnownKeys('withBreaker: "options"', options, names)
  const breaker = options.breaker ?? createBreaker({ isFailure: tellsOfHealth, ...options })

  function stream(request: ModelRequest, call: CallOptions = {}): AsyncIterable<StreamPart> {
    const outcome = Promise.withResolvers<void>()
    return layerStream({
      begin: () =>
        new Promise((resolve, reject) => {
          const run = breaker.run(
            () => {
              resolve()
              return outcome.promise
            },
            { signal: call.signal },
          )
          // A refusal arrives here; how the stream ended is told to the breaker, and to the caller by the stream itself.
          run.catch(reject)
        }),
      source: () => model.stream(request, call),
      see(part) {
        if (part.type === 'interrupted') outcome.reject(part.error)
      },
      failed: outcome.reject,
      closed: outcome.resolve,
    })
  }

  return Object.freeze({
    ...model,
    stream,
    generate: (request: ModelRequest, call: CallOptions = {}) =>
      breaker.run(() => model.generate(request, call), { signal: call.signal }),
  })
}

function tellsOfHealth(error: unknown): boolean {
  return !EmpireError.isInstance(error) || failures.has(error.code)
}
