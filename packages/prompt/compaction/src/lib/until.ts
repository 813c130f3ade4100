import { describeValue, EmpireError, expectKnownKeys } from '@empire/errors'
import { CannotFitError } from './cannot-fit-error.ts'
import { checkStrategies } from './check-strategies.ts'
import type { CompactionDraft } from './compaction-draft.ts'
import type { CompactionStrategy } from './compaction-strategy.ts'
import { expectBudget } from './expect-budget.ts'
import { expectInteger } from './expect-option.ts'

/** When to stop: a budget, which is then that of the strategies too, or a function that says so. */
export type StopCondition = { readonly maxTokens: number } | ((draft: CompactionDraft) => boolean)

/** Whether the draft holds the budget of the call, or else of the context. A condition for `until`. */
export function fits(draft: CompactionDraft): boolean {
  return draft.tokens <= expectBudget('fits', undefined, draft.maxTokens)
}

/**
 * One strategy after the other, until the condition is met, the mildest first: `until(fits, dropToolResults(),
 * summarizeHistory())`. None runs if it is met already, and each runs once at most.
 *
 * A strategy that refuses since it cannot hold a budget is passed over, and the next one has its turn. Throws `CannotFitError` if
 * the condition is not met after the last one.
 */
export function until(condition: StopCondition, ...strategies: readonly CompactionStrategy[]): CompactionStrategy {
  const isMet = readCondition(condition)
  const budget = typeof condition === 'function' ? undefined : condition.maxTokens
  checkStrategies('until', strategies)
  const name = `until(${strategies.map((strategy) => strategy.name).join(', ')})`
  return Object.freeze({
    name,
    async run(given: CompactionDraft) {
      const draft = budget === undefined ? given : withBudget(given, budget)
      if (isMet(draft)) return
      const { tokens, maxTokens } = draft
      const refusals: number[] = []
      for (const strategy of strategies) {
        draft.options.signal?.throwIfAborted()
        const least = await runIfItCan(strategy, draft)
        if (isMet(draft)) return
        // What holds this budget was refused for a smaller one of the strategy's own.
        if (least !== undefined && !(maxTokens !== undefined && least <= maxTokens)) refusals.push(least)
      }
      const leastTokens = Math.min(draft.tokens, ...refusals)
      throw new CannotFitError({ strategy: name, maxTokens, tokens, leastTokens })
    },
  })
}

/** The same draft, with a budget of its own for the strategies that need one. */
function withBudget(draft: CompactionDraft, maxTokens: number): CompactionDraft {
  return Object.freeze(Object.create(draft, { maxTokens: { value: maxTokens, enumerable: true } })) as CompactionDraft
}

/** The least tokens that the strategy would have come to, if it refuses. */
async function runIfItCan(strategy: CompactionStrategy, draft: CompactionDraft): Promise<number | undefined> {
  try {
    await strategy.run(draft)
    return undefined
  } catch (error) {
    if (!EmpireError.isInstance(error) || error.code !== 'cannot_fit') throw error
    const { leastTokens } = error.details
    return typeof leastTokens === 'number' ? leastTokens : undefined
  }
}

function readCondition(condition: StopCondition): (draft: CompactionDraft) => boolean {
  if (typeof condition === 'function') return condition
  if (typeof condition !== 'object' || condition === null || 'run' in condition) {
    throw new TypeError(
      `until: "condition" must be fits, { maxTokens } or a function, got ${describeValue(condition)}. It comes before the strategies.`,
    )
  }
  expectKnownKeys('until: "condition"', condition, ['maxTokens'])
  const { maxTokens } = condition
  expectInteger('until', 'maxTokens', maxTokens, 1)
  if (maxTokens === undefined) throw new TypeError('until: "maxTokens" is missing. Use fits for that of the call.')
  return (draft) => draft.tokens <= maxTokens
}
