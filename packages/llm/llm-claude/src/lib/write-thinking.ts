import { ModelError, type ReasoningOptions } from '@empire/llm'
import type { ModelTraits } from './model-traits.ts'

/** The parts of a request that say how much to think. */
export interface ThinkingFields {
  thinking?:
    | { type: 'enabled'; budget_tokens: number }
    | { type: 'adaptive'; display: 'summarized' }
    | { type: 'disabled' }
  /** For `output_config`. */
  effort?: 'low' | 'medium' | 'high' | undefined
}

/** The least budget that the API takes. */
const least = 1024

const budgets = { low: 4096, medium: 16_384, high: 32_768 } as const

/**
 * How much to think, in the words of the model: models that plan by themselves take an effort, older ones a budget; the
 * other one is converted. A budget of 0 turns thinking off where the model can.
 *
 * Throws a `ModelError` with `invalid_request` for a budget that the API would refuse.
 */
export function writeThinking(
  reasoning: ReasoningOptions | undefined,
  traits: ModelTraits,
  maxTokens: number,
): ThinkingFields {
  const { budget, effort } = reasoning ?? {}
  if ((budget === undefined && effort === undefined) || traits.thinking === 'none') return {}
  if (budget === 0) return traits.canStopThinking ? { thinking: { type: 'disabled' } } : {}
  const planned = traits.thinking === 'adaptive' || (traits.thinking === 'either' && budget === undefined)
  if (planned) return { thinking: { type: 'adaptive', display: 'summarized' }, effort: effort ?? effortOf(budget ?? 0) }
  if (budget !== undefined) {
    checkBudget(budget, maxTokens)
    return { thinking: { type: 'enabled', budget_tokens: budget } }
  }
  // An effort is a wish: where the answer is too short for the least budget there is no room to think.
  const wish = Math.min(budgets[effort ?? 'low'], maxTokens - 1)
  return wish < least ? {} : { thinking: { type: 'enabled', budget_tokens: wish } }
}

function checkBudget(budget: number, maxTokens: number): void {
  if (budget >= least && budget < maxTokens) return
  throw new ModelError(
    'invalid_request',
    `"reasoning.budget" of the request must be 0, or from ${least} to less than the ${maxTokens} tokens of the answer, got ${budget}: Claude counts its thoughts as a part of the answer.`,
    { details: { path: 'reasoning.budget' } },
  )
}

function effortOf(budget: number): 'low' | 'medium' | 'high' {
  if (budget <= budgets.low) return 'low'
  return budget <= budgets.medium ? 'medium' : 'high'
}
