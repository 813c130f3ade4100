import type { Context } from '@empire/context'
import { EmpireError } from '@empire/errors'
import type { Assigns } from '@empire/template'
import type { CompactionOptions } from './compaction-options.ts'
import type { CachedPrefix, Change, CompactionPlan, CompactionWarning } from './compaction-plan.ts'
import { firstChangedByte } from './first-changed-byte.ts'
import { createMessageCounter } from './message-counter.ts'
import { priceCompaction } from './price-compaction.ts'

/** The numbers of a plan. */
export type PlanMeasures = Pick<CompactionPlan, 'tokens' | 'firstChangedByte' | 'cache' | 'cost' | 'warnings'>

/**
 * Measures what a compaction does to the prompt.
 *
 * Where nobody depends on a number, what keeps it from being found is a warning: templates may get their values only when the
 * prompt is sent.
 */
export function measurePlan(before: Context, after: Context, options: CompactionOptions): PlanMeasures {
  const { assigns, prices, maxTokens, cachedTokens } = options
  const warnings: CompactionWarning[] = []
  const mustCount = prices !== undefined || maxTokens !== undefined || cachedTokens !== undefined
  const canCount = mustCount || before.tokenCounter !== undefined
  const tokens = canCount ? measure(() => countTokens(before, after, options), mustCount, warnings) : undefined
  const cache = tokens && measure(() => findCachedPrefix(before, after, tokens, options), mustCount, warnings)
  const byte = measure(() => firstChangedByte(before.render(assigns), after.render(assigns)), false, warnings)
  if (tokens !== undefined && tokens.after > tokens.before) {
    const message = `The context has ${tokens.after} tokens afterwards, and ${tokens.before} before.`
    warnings.push(Object.freeze({ code: 'not_shorter', message }))
  }
  const cost = prices && tokens && cache && priceCompaction(tokens, cache, prices)
  return { tokens, firstChangedByte: byte, cache, cost, warnings: Object.freeze(warnings) }
}

function measure<Result>(find: () => Result, isNeeded: boolean, warnings: CompactionWarning[]): Result | undefined {
  try {
    return find()
  } catch (error) {
    if (isNeeded || !EmpireError.isInstance(error)) throw error
    const { code, message } = error
    if (!warnings.some((warning) => warning.code === code)) warnings.push(Object.freeze({ code, message }))
    return undefined
  }
}

function countTokens(before: Context, after: Context, { assigns }: CompactionOptions): Change {
  return Object.freeze({ before: before.tokenCount(assigns), after: after.tokenCount(assigns) })
}

function findCachedPrefix(before: Context, after: Context, tokens: Change, options: CompactionOptions): CachedPrefix {
  const { assigns, cachedTokens = tokens.before } = options
  const cached = Math.min(cachedTokens, tokens.before)
  const same = before.messages.findIndex((message, index) => message !== after.messages[index])
  const keptTokens = Math.min(same === -1 ? tokens.before : countStart(before, same, assigns), cached)
  const lostTokens = cached - keptTokens
  return Object.freeze({
    cachedTokens: cached,
    keptTokens,
    lostTokens,
    lostShare: cached === 0 ? 0 : lostTokens / cached,
  })
}

/** Without what opens the reply: that stands at the end of a prompt, not at the end of its beginning. */
function countStart(context: Context, length: number, assigns: Assigns | undefined): number {
  if (length === 0) return 0
  const start = context.slice(0, length)
  return start.tokenCount(assigns) - createMessageCounter(start, assigns).overhead
}
