import { expectKnownKeys } from '@empire/errors'
import { CannotFitError } from './cannot-fit-error.ts'
import type { CompactionDraft, DraftMessage } from './compaction-draft.ts'
import type { CompactionStrategy } from './compaction-strategy.ts'
import { expectBudget } from './expect-budget.ts'
import { expectInteger } from './expect-option.ts'
import { newestUnits } from './newest-units.ts'
import { quantize } from './quantize.ts'

/** Options of `keepRecent`. */
export interface KeepRecentOptions {
  /** How many of the newest messages are kept at least. What is protected does not count. */
  messages?: number | undefined
  /**
   * How many tokens the context may have, all in all. Default: the budget of the call, or of the context, unless
   * `messages` is given.
   */
  tokens?: number | undefined
  /**
   * The boundary moves by this many messages, or tokens, at once, and stands still in between, so that the prompt begins
   * alike for several turns. 1 moves it at every turn. Default: half of `messages`, a quarter of `tokens`.
   */
  step?: number | undefined
}

const name = 'keepRecent'

/**
 * Removes the oldest messages.
 *
 * By messages, at least as many as asked for are kept, and fewer than a step more. By tokens, the budget is held, and
 * less than a step of it is left unused beyond what one more message takes; `CannotFitError` is thrown if the newest message
 * does not fit. That always stays, and so do calls at the end which wait for their results.
 */
export function keepRecent(options: KeepRecentOptions = {}): CompactionStrategy {
  expectKnownKeys(`${name}: "options"`, options, ['messages', 'tokens', 'step'])
  const { messages, tokens, step } = options
  expectInteger(name, 'messages', messages, 1)
  expectInteger(name, 'tokens', tokens, 1)
  expectInteger(name, 'step', step, 1)
  if (messages !== undefined && tokens !== undefined) {
    throw new TypeError(`${name}: give either "messages" or "tokens". Two limits are two strategies: sequence(…).`)
  }
  return Object.freeze({
    name,
    run(draft: CompactionDraft) {
      if (messages === undefined) keepTokens(draft, expectBudget(name, 'tokens', tokens ?? draft.maxTokens), step)
      else keepMessages(draft, messages, step ?? Math.max(Math.floor(messages / 2), 1))
    },
  })
}

function keepMessages(draft: CompactionDraft, keep: number, step: number): void {
  const free = freeMessages(draft)
  const cut = quantize(free.length, keep, step)
  const kept = newestUnits(draft.messages)
  for (const { unit } of free.slice(cut)) kept.add(unit)
  for (const message of free.slice(0, cut)) {
    if (!kept.has(message.unit)) draft.remove(message, `not among the newest ${keep}`)
  }
}

function keepTokens(draft: CompactionDraft, budget: number, step = Math.max(Math.floor(budget / 4), 1)): void {
  const { tokens } = draft
  if (tokens <= budget) return
  const free = freeMessages(draft)
  const newest = newestUnits(draft.messages)
  const room = budget - (tokens - sum(draft, free))
  // A step as large as the room would leave nothing.
  const quantum = Math.min(step, Math.max(Math.floor(room / 2), 1))
  const excess = Math.ceil((tokens - budget) / quantum) * quantum
  const leaving = new Set<number>()
  let passed = 0
  for (const message of free) {
    if (passed >= excess) break
    if (newest.has(message.unit)) continue
    passed += draft.tokensOf(message)
    leaving.add(message.unit)
  }
  const removed = free.filter(({ unit }) => leaving.has(unit))
  const leastTokens = tokens - sum(draft, removed)
  if (leastTokens > budget) throw new CannotFitError({ strategy: name, maxTokens: budget, tokens, leastTokens })
  for (const message of removed) draft.remove(message, `older than what fits into ${budget} tokens`)
}

function freeMessages(draft: CompactionDraft): DraftMessage[] {
  return draft.messages.filter(({ isProtected }) => !isProtected)
}

function sum(draft: CompactionDraft, messages: readonly DraftMessage[]): number {
  return messages.reduce((total, message) => total + draft.tokensOf(message), 0)
}
