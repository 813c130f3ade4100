import { expectKnownKeys } from '@empire/errors'
import { CannotFitError } from './cannot-fit-error.ts'
import type { CompactionDraft, DraftMessage } from './compaction-draft.ts'
import type { CompactionStrategy } from './compaction-strategy.ts'
import { expectBudget } from './expect-budget.ts'
import { expectInteger } from './expect-option.ts'
import { newestUnits } from './newest-units.ts'

/** Options of `byPriority`. */
export interface ByPriorityOptions {
  /** How many tokens the context may have. Default: the budget of the call, or of the context. */
  maxTokens?: number | undefined
  /**
   * How far down to go, in tokens, once the budget is exceeded. Going further than needed now keeps the beginning of the
   * prompt as it is for the next turns. Default: `maxTokens`.
   */
  target?: number | undefined
}

interface Unit {
  readonly messages: DraftMessage[]
  priority: number
  tokens: number
}

const name = 'byPriority'

/**
 * Removes messages from the lowest `priority` up, the oldest first among equals, until the rest fits. A tool call and its
 * result have the higher priority of the two. The newest message always stays, and so do calls at the end which wait for their
 * results.
 *
 * Throws `CannotFitError` if it cannot, and before anything is removed.
 */
export function byPriority(options: ByPriorityOptions = {}): CompactionStrategy {
  expectKnownKeys(`${name}: "options"`, options, ['maxTokens', 'target'])
  const { maxTokens, target } = options
  expectInteger(name, 'maxTokens', maxTokens, 1)
  expectInteger(name, 'target', target, 1)
  return Object.freeze({
    name,
    run(draft: CompactionDraft) {
      const budget = expectBudget(name, 'maxTokens', maxTokens ?? draft.maxTokens)
      const { tokens } = draft
      if (tokens <= budget) return
      const goal = Math.min(target ?? budget, budget)
      let left = tokens
      const leaving: Unit[] = []
      for (const unit of rankUnits(draft)) {
        if (left <= goal) break
        leaving.push(unit)
        left -= unit.tokens
      }
      if (left > budget) throw new CannotFitError({ strategy: name, maxTokens: budget, tokens, leastTokens: left })
      for (const { messages, priority } of leaving) {
        for (const message of messages)
          draft.remove(message, `priority ${priority}, and ${budget} tokens are the limit`)
      }
    },
  })
}

/** What may leave, the first to go first. */
function rankUnits(draft: CompactionDraft): Unit[] {
  const newest = newestUnits(draft.messages)
  const units = new Map<number, Unit>()
  for (const message of draft.messages) {
    if (message.isProtected || newest.has(message.unit)) continue
    const priority = message.message.priority ?? 0
    const unit = units.get(message.unit) ?? { messages: [], priority, tokens: 0 }
    unit.messages.push(message)
    unit.priority = Math.max(unit.priority, priority)
    unit.tokens += draft.tokensOf(message)
    units.set(message.unit, unit)
  }
  return [...units.values()].toSorted((a, b) => a.priority - b.priority)
}
