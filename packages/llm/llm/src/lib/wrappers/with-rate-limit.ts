import { EmpireError, expectKnownKeys } from '@empire/errors'
import { createLimiter, type Limiter, type LimiterOptions, type Reservation } from '@empire/resilience'
import { estimateTokens } from '../estimate-tokens.ts'
import { isRefusal } from '../is-refusal.ts'
import { isReplayed } from '../replayed-usage.ts'
import type { CallOptions, LanguageModel, ModelResponse } from '../language-model.ts'
import type { ModelError } from '../model-error.ts'
import type { ModelRequest } from '../model-request.ts'
import { forwardRequest, prepareRequest } from '../prepare-request.ts'
import type { PreparedRequest } from '../prepared-request.ts'
import { layerStream } from '../stream/layered-stream.ts'
import type { StreamPart } from '../stream-part.ts'
import { totalTokens } from '../total-tokens.ts'
import type { Usage } from '../usage.ts'

/** A limiter to share, or how to make one; and how much a call is reserved. */
export interface WithRateLimitOptions extends LimiterOptions {
  /** A limiter that several models share. Default: one of this model, made of the other options. */
  limiter?: Limiter | undefined
  /** The tokens of a request, before it is sent. Default: an estimate within about 15 %; a medium is taken for 1,600. */
  countTokens?: ((request: PreparedRequest) => number) | undefined
  /** The tokens that an answer is reserved when the request has no `maxTokens`. Default: the most the model writes, else 4,096. */
  outputTokens?: number | undefined
}

const names = ['limiter', 'concurrency', 'requests', 'tokens', 'clock', 'countTokens', 'outputTokens']

/**
 * Keeps to the limits of a vendor: calls wait in line, by `priority` and arrival, until there is room for them.
 *
 * A call reserves the tokens of its request and the longest answer, and settles what it used. One that breaks off keeps
 * what it reserved. What the vendor says of its own count (`limits` parts, `retryAfter`) slows all callers down before it
 * refuses. A call that is larger than a whole interval is refused with `reservation_too_large`.
 */
export function withRateLimit(model: LanguageModel, options: WithRateLimitOptions): LanguageModel {
  expectKnownKeys('withRateLimit: "options"', options, names)
  const { limiter: shared, countTokens = estimateTokens, outputTokens, ...limits } = options
  const limiter = shared ?? createLimiter(limits)

  async function reserve(prepared: PreparedRequest, { priority, signal }: CallOptions): Promise<Reservation> {
    const most = prepared.maxTokens ?? outputTokens ?? model.maxOutputTokens ?? 4096
    const reservation = await limiter.reserve({ tokens: countTokens(prepared) + most, priority, signal })
    // Let in and aborted in the same moment.
    if (signal?.aborted === true) reservation.cancel()
    signal?.throwIfAborted()
    return reservation
  }

  function stream(request: ModelRequest, call: CallOptions = {}): AsyncIterable<StreamPart> {
    let prepared: PreparedRequest
    let reservation: Reservation
    let usage: Usage | undefined
    return layerStream({
      async begin() {
        call.signal?.throwIfAborted()
        prepared = prepareRequest(request)
        reservation = await reserve(prepared, call)
      },
      source: () => model.stream(forwardRequest(prepared), call),
      see(part) {
        if (part.type === 'limits') reservation.observe(part.limits)
        else if (part.type === 'usage') usage = part.usage
        else if (part.type === 'interrupted') heed(part.error, reservation)
        else if (part.type === 'finish') settle(reservation, usage)
      },
      failed(error) {
        heed(error, reservation)
        if (usage === undefined && isRefusal(error)) reservation.settle({ tokens: 0 })
      },
      closed: () => reservation.settle(),
    })
  }

  async function generate(request: ModelRequest, call: CallOptions = {}): Promise<ModelResponse> {
    call.signal?.throwIfAborted()
    const prepared = prepareRequest(request)
    const reservation = await reserve(prepared, call)
    try {
      const response = await model.generate(forwardRequest(prepared), call)
      if (response.limits !== undefined) reservation.observe(response.limits)
      settle(reservation, response.usage)
      return response
    } catch (error) {
      heed(error, reservation)
      if (isRefusal(error)) reservation.settle({ tokens: 0 })
      throw error
    } finally {
      reservation.settle()
    }
  }

  return Object.freeze({ ...model, stream, generate })
}

function settle(reservation: Reservation, usage: Usage | undefined): void {
  if (usage === undefined) return
  if (isReplayed(usage)) reservation.cancel()
  else reservation.settle({ tokens: totalTokens(usage) })
}

/** What a refusal says of the time to come holds for all callers. */
function heed(error: unknown, reservation: Reservation): void {
  if (!EmpireError.isInstance(error)) return
  const { limits, retryAfter } = error.details as ModelError['details']
  if (limits !== undefined) reservation.observe(limits)
  if (error.code === 'rate_limited' && typeof retryAfter === 'number' && retryAfter > 0) {
    reservation.observe({ requests: { remaining: 0, resetAfter: retryAfter } })
  }
}
