import { describeValue, expectKnownKeys } from '@empire/errors'
import { type AttemptWatch, watchAttempts } from '../attempt-watch.ts'
import type { Budget } from '../cost/budget.ts'
import { reserveIn } from '../cost/create-budget.ts'
import { countOnce, type Draw, drawOf, drawOn } from '../cost/draw-on.ts'
import { costBound } from '../cost/cost-bound.ts'
import { tokenBound } from '../cost/token-bound.ts'
import { isRefusal } from '../is-refusal.ts'
import type { CallOptions, LanguageModel, ModelResponse } from '../language-model.ts'
import { llmEvents } from '../llm-events.ts'
import { ModelError } from '../model-error.ts'
import type { ModelRequest } from '../model-request.ts'
import { forwardRequest, prepareRequest } from '../prepare-request.ts'
import type { PreparedRequest } from '../prepared-request.ts'
import type { Prices } from '../prices/create-prices.ts'
import { isReplayed } from '../replayed-usage.ts'
import { layerStream } from '../stream/layered-stream.ts'
import type { Finish, StreamPart } from '../stream-part.ts'
import type { Usage } from '../usage.ts'

/** What one call was charged. */
export interface CallCost {
  /** In billionths of a US dollar; `undefined` when the price is not known, never 0 for that. */
  readonly cost: number | undefined
  /** Missing for a call that broke off: it was charged what it had reserved. */
  readonly usage?: Usage | undefined
  /** The id of the model. */
  readonly model: string
}

/** Options of `withCost`. */
export interface WithCostOptions {
  /** What tokens cost: `createPrices()` of `@empire/llm/prices`. */
  prices: Pick<Prices, 'cost'>
  /** What may be spent: `createBudget({ limit })`. Default: without limit. */
  budget?: Budget | undefined
  /**
   * The most tokens that a request can have. Default: the bytes of its text, and `over_budget` for a request with media,
   * whose tokens cannot be told.
   */
  countTokens?: ((request: PreparedRequest) => number) | undefined
  /** Told of each call when it has ended. */
  onCost?: ((cost: CallCost) => void) | undefined
}

const names = ['prices', 'budget', 'countTokens', 'onCost']

/**
 * Counts what calls cost, and refuses those that could overspend the budget with `over_budget`, before they are made.
 *
 * A call reserves the most that it can cost: its request, and `maxTokens` or the longest answer of the model. It is refused
 * when that, or the price, is not known. At its end it is charged what it used. One that breaks off, is aborted or left
 * early is charged all that it had reserved, for nobody says what it cost; one that the vendor refused, nothing. Attempts
 * of `withRetry` and models of `withFallback` within it draw on its reservation; so do models that have a `withCost` on the
 * same budget themselves.
 */
export function withCost(model: LanguageModel, options: WithCostOptions): LanguageModel {
  expectKnownKeys('withCost: "options"', options, names)
  const { prices, budget, countTokens = tokenBound, onCost } = options
  if (typeof prices?.cost !== 'function') {
    throw new TypeError(`withCost: expected "prices" to be those of createPrices(), got ${describeValue(prices)}.`)
  }

  function open(request: ModelRequest, call: CallOptions): Bill {
    call.signal?.throwIfAborted()
    if (budget === undefined) {
      return { request, call, charge: (usage, finish) => tell(usage, priceOf(usage, finish)), end() {} }
    }
    const prepared = prepareRequest(request)
    const tokens = expectCount(countTokens(prepared))
    const bound = costBound(prepared, model, tokens, prices)
    const outer = drawOf(budget, call)
    if (outer !== undefined) outer.drawn = true
    const from = outer?.reservation ?? budget
    const reservation = reserveIn(from, bound) ?? refuse(bound, from)
    const draw: Draw = { reservation, drawn: false, counted: new WeakSet(), outer }
    /** Whether an attempt is under way whose cost is not known yet, and the most that it can be. */
    let pending = true
    let most = bound

    function breakOff(error?: unknown): void {
      if (!pending) return
      pending = false
      // What a layer further in has reserved for itself, it has charged itself.
      if (draw.drawn || isRefusal(error)) return
      reservation.spend(most)
      tell(undefined, most)
    }

    const watch: AttemptWatch = {
      begin(asked) {
        most = asked === undefined ? bound : costBound(prepared, asked, tokens, prices)
        if (!reservation.cover(most)) refuse(most, reservation)
        pending = true
        draw.drawn = false
      },
      failed: breakOff,
    }
    return {
      request: forwardRequest(prepared),
      call: watchAttempts(budget, watch, drawOn(budget, draw, call)),
      charge(usage, finish) {
        pending = false
        if (!countOnce(draw, usage)) return
        const cost = priceOf(usage, finish) ?? most
        reservation.spend(cost)
        tell(usage, cost)
      },
      end(error) {
        try {
          breakOff(error)
        } finally {
          reservation.settle()
        }
      },
    }
  }

  function priceOf(usage: Usage, finish: Finish): number | undefined {
    if (isReplayed(usage)) return 0
    const { id, vendor } = model
    // Another model may have answered, by the vendor's name for it or in a fallback.
    const other = finish.model === undefined || isVersionOf(finish.model, id) ? undefined : finish.model
    return (
      (other === undefined
        ? undefined
        : (prices.cost(usage, { id: other, vendor }) ?? prices.cost(usage, { id: other }))) ??
      prices.cost(usage, { id, vendor })
    )
  }

  function tell(usage: Usage | undefined, cost: number | undefined): void {
    llmEvents.cost.publish({ model: model.id, known: cost === undefined ? 'no' : 'yes', cost: cost ?? 0 })
    onCost?.({ model: model.id, cost, usage })
  }

  function stream(request: ModelRequest, call: CallOptions = {}): AsyncIterable<StreamPart> {
    let bill: Bill
    let usage: Usage | undefined
    let failure: unknown
    return layerStream({
      begin() {
        bill = open(request, call)
      },
      source: () => model.stream(bill.request, bill.call),
      see(part) {
        if (part.type === 'usage') usage = part.usage
        else if (part.type === 'finish' && usage !== undefined) bill.charge(usage, part)
      },
      failed(error) {
        failure = error
      },
      closed: () => bill.end(failure),
    })
  }

  async function generate(request: ModelRequest, call: CallOptions = {}): Promise<ModelResponse> {
    const bill = open(request, call)
    let failure: unknown
    try {
      const response = await model.generate(bill.request, bill.call)
      bill.charge(response.usage, response.finish)
      return response
    } catch (error) {
      failure = error
      throw error
    } finally {
      bill.end(failure)
    }
  }

  return Object.freeze({ ...model, stream, generate })
}

function expectCount(tokens: number): number {
  if (Number.isSafeInteger(tokens) && tokens >= 0) return tokens
  throw new TypeError(
    `withCost: expected "countTokens" to give a whole number of tokens, got ${describeValue(tokens)}.`,
  )
}

/** `gpt-4o-2024-08-06` is `gpt-4o`, and has its price where that is set; `gpt-4o-mini` is another model. */
function isVersionOf(answered: string, id: string): boolean {
  return answered.startsWith(id) && /^(?:[-@:](?:latest|v?\d{3,}[\d-]*))?$/.test(answered.slice(id.length))
}

/** What one call owes. */
interface Bill {
  readonly request: ModelRequest
  /** The options for the call. */
  readonly call: CallOptions
  charge(usage: Usage, finish: Finish): void
  /** When the call has ended, with the error that it ended with. */
  end(error: unknown): void
}

function refuse(needed: number, { remaining, limit }: Budget): never {
  throw new ModelError(
    'over_budget',
    `The call may cost up to ${dollars(needed)}, and ${dollars(remaining)} of ${dollars(limit)} are left. Raise the limit, shorten the request or lower "maxTokens".`,
    { details: { needed, remaining, limit } },
  )
}

function dollars(amount: number): string {
  return `$${(amount / 1e9).toFixed(6)}`
}
