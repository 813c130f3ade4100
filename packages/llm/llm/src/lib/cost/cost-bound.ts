import { alternativesOf } from './alternatives.ts'
import type { LanguageModel } from '../language-model.ts'
import { ModelError } from '../model-error.ts'
import type { PreparedRequest } from '../prepared-request.ts'
import type { Prices } from '../prices/create-prices.ts'
import type { Usage } from '../usage.ts'

/**
 * The most that a call can cost, in billionths of a US dollar; where one of several models answers, that of the dearest.
 *
 * Throws `over_budget` where the longest answer or the price is not known.
 */
export function costBound(
  request: PreparedRequest,
  model: LanguageModel,
  tokens: number,
  prices: Pick<Prices, 'cost'>,
): number {
  return Math.max(...alternativesOf(model).map((each) => boundOf(request, each, tokens, prices)))
}

function boundOf(request: PreparedRequest, model: LanguageModel, tokens: number, prices: Pick<Prices, 'cost'>): number {
  const most = request.maxTokens ?? model.maxOutputTokens
  if (most === undefined) {
    throw new ModelError(
      'over_budget',
      `Expected "maxTokens", for the longest answer of ${model.id} is not known, and so neither what it may cost.`,
    )
  }
  let bound = 0
  for (const usage of worstCases(tokens, most)) {
    const cost = prices.cost(usage, model)
    if (cost === undefined) throw unknownPrice(model)
    bound = Math.max(bound, cost)
  }
  return bound
}

/** So many tokens read and written, by every kind that they may turn out to be. */
function worstCases(read: number, written: number): readonly Usage[] {
  return [
    { input: read, cacheRead: 0, cacheWrite: 0, output: written, reasoning: 0 },
    { input: 0, cacheRead: read, cacheWrite: 0, output: written, reasoning: 0 },
    { input: 0, cacheRead: 0, cacheWrite: read, output: written, reasoning: 0 },
    { input: read, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: written },
    { input: 0, cacheRead: read, cacheWrite: 0, output: 0, reasoning: written },
    { input: 0, cacheRead: 0, cacheWrite: read, output: 0, reasoning: written },
  ]
}

function unknownPrice({ id }: LanguageModel): ModelError {
  return new ModelError(
    'over_budget',
    `Expected a model whose price is known, got ${JSON.stringify(id)}. Pass its price to createPrices({ models }).`,
  )
}
