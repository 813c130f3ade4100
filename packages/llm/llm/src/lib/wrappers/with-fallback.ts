import { type Clock, systemClock } from '@empire/clock'
import { describeValue, EmpireError, expectKnownKeys } from '@empire/errors'
import { attempt } from '../attempt-watch.ts'
import { markAlternatives } from '../cost/alternatives.ts'
import type { CallOptions, LanguageModel } from '../language-model.ts'
import type { ModelRequest } from '../model-request.ts'
import { layerStream } from '../stream/layered-stream.ts'
import type { PartSource } from '../stream/part-source.ts'
import type { StreamPart } from '../stream-part.ts'
import { openStream } from './open-stream.ts'

/** When to go on to the next model. */
export interface WithFallbackOptions {
  /**
   * Milliseconds. When a vendor asks to wait no longer than this, the same model is asked once more after the wait.
   * Default: 2,000.
   */
  maxWait?: number | undefined
  /**
   * Whether another model may do what this one has failed to. Never asked about an abort. Default: after everything but
   * `invalid_request`, `content_filtered` and `over_budget`.
   */
  shouldSwitch?: ((error: unknown) => boolean) | undefined
  /** Default: the platform's. */
  clock?: Clock | undefined
}

const ofTheRequest: ReadonlySet<string> = new Set(['invalid_request', 'content_filtered', 'over_budget'])

/**
 * Asks the models in turn until one answers, and throws the error of the last one. A stream goes on to the next model
 * only until the first of its content has been delivered. `id` is that of the first model; the `finish` part of the
 * vendors' clients names the one that answered.
 */
export function withFallback(models: readonly LanguageModel[], options: WithFallbackOptions = {}): LanguageModel {
  const [first] = Array.isArray(models) ? models : []
  if (first === undefined) {
    throw new TypeError(`Expected "models" to be an array of at least one model, got ${describeValue(models)}.`)
  }
  expectKnownKeys('withFallback: "options"', options, ['maxWait', 'shouldSwitch', 'clock'])
  const { maxWait = 2000, shouldSwitch = isWorthAnother, clock = systemClock } = options
  if (typeof maxWait !== 'number' || !(maxWait >= 0)) {
    throw new TypeError(
      `Expected "maxWait" to be a number of milliseconds from 0 upwards, got ${describeValue(maxWait)}.`,
    )
  }

  async function ask<Value>(task: (model: LanguageModel) => Promise<Value>, call: CallOptions): Promise<Value> {
    const { signal } = call
    let waited = false
    for (let index = 0; ;) {
      try {
        const model = models[index] as LanguageModel
        return await attempt(() => task(model), call, model)
      } catch (error) {
        signal?.throwIfAborted()
        const wait = retryAfterOf(error)
        if (!waited && wait !== undefined && wait <= maxWait) {
          waited = true
          await clock.sleep(wait, { signal })
          continue
        }
        if (++index === models.length || !shouldSwitch(error)) throw error
        waited = false
      }
    }
  }

  function stream(request: ModelRequest, call: CallOptions = {}): AsyncIterable<StreamPart> {
    let open: PartSource
    return layerStream({
      async begin() {
        open = await ask((model) => openStream(model.stream(request, call)), call)
      },
      source: () => open,
      see: () => call.signal?.throwIfAborted(),
    })
  }

  return Object.freeze({
    ...first,
    ...markAlternatives(models),
    stream,
    generate: (request: ModelRequest, call: CallOptions = {}) => ask((model) => model.generate(request, call), call),
  })
}

function isWorthAnother(error: unknown): boolean {
  return !EmpireError.isInstance(error) || !ofTheRequest.has(error.code)
}

function retryAfterOf(error: unknown): number | undefined {
  if (!EmpireError.isInstance(error) || error.code !== 'rate_limited') return undefined
  const { retryAfter } = error.details
  return typeof retryAfter === 'number' ? retryAfter : undefined
}
