import { abortable } from '@empire/clock'
import type { Context } from '@empire/context'
import { CannotFitError } from './cannot-fit-error.ts'
import type { CompactionOptions } from './compaction-options.ts'
import type { CompactionPlan } from './compaction-plan.ts'
import type { CompactionStrategy } from './compaction-strategy.ts'
import { tellFailure, tellWarning } from './compaction-telemetry.ts'
import { createDraft } from './create-draft.ts'
import type { Slot } from './draft-slots.ts'
import { findBreakpoints } from './find-breakpoints.ts'
import { measurePlan } from './measure-plan.ts'
import { keepContexts } from './planned.ts'
import { type CompactionRequest, readRequest } from './read-request.ts'

/**
 * Finds out what a compaction would do, and what it costs. Summarizers are called now, since what they write has to be
 * counted; `apply(plan)` then takes no time.
 *
 * The strategy is that of the call, or else of the context, or else `summarizeHistory()`. Throws `NoSummarizerError`,
 * `SummaryError`, `CannotFitError`, the reason of the signal, and what `render` and `tokenCount` of the context throw
 * where the strategy, a budget or prices need them; else the plan has a warning instead.
 */
export async function plan(
  context: Context,
  strategy?: CompactionStrategy,
  options: CompactionOptions = {},
): Promise<CompactionPlan> {
  const request = readRequest(context, strategy, options)
  const { name } = request.strategy
  const { signal } = request.options
  try {
    signal?.throwIfAborted()
    const made = createPlan(request, await runStrategy(request))
    for (const warning of made.warnings) tellWarning(name, warning)
    return made
  } catch (error) {
    tellFailure(name, error, signal)
    throw error
  }
}

async function runStrategy(request: CompactionRequest): Promise<readonly Slot[]> {
  const { draft, finish } = createDraft(request)
  try {
    await abortable(request.strategy.run(draft), request.options.signal)
  } finally {
    finish()
  }
  return finish()
}

function createPlan(request: CompactionRequest, slots: readonly Slot[]): CompactionPlan {
  const { context: before, strategy, options } = request
  const left = slots.filter(({ isLeft }) => isLeft)
  const isSame = slots.every(({ edit, item }) => edit === undefined && item.index !== undefined)
  const after = isSame ? before : before.withMessages(left.map(({ item }) => item.message))
  const measured = measurePlan(before, after, options)
  const { tokens } = measured
  if (options.maxTokens !== undefined && tokens !== undefined && tokens.after > options.maxTokens) {
    throw new CannotFitError({
      strategy: strategy.name,
      maxTokens: options.maxTokens,
      tokens: tokens.before,
      leastTokens: tokens.after,
    })
  }
  const added = left.flatMap(({ edit, item }, place) => (edit !== undefined || item.index === undefined ? [place] : []))
  const planned: CompactionPlan = {
    strategy: strategy.name,
    changes: Object.freeze(listChanges(before, slots)),
    added: Object.freeze(left.filter(({ item }) => item.index === undefined).map(({ item }) => item.message)),
    messages: Object.freeze({ before: before.length, after: after.length }),
    cacheBreakpoints: Object.freeze(findBreakpoints(before.messages, after.messages, added)),
    ...measured,
  }
  return keepContexts(Object.freeze(planned), { before, after, added })
}

function listChanges({ messages }: Context, slots: readonly Slot[]): CompactionPlan['changes'] {
  return slots.flatMap(({ edit, item: { index } }) => {
    const message = index === undefined ? undefined : messages[index]
    if (edit === undefined || index === undefined || message === undefined) return []
    return [Object.freeze({ index, id: message.id, role: message.role, ...edit })]
  })
}
