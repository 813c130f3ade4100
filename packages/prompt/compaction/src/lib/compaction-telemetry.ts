import { EmpireError } from '@empire/errors'
import { createTelemetry } from '@empire/telemetry'
import { compactionEvents } from './compaction-events.ts'
import type { CompactionPlan, CompactionWarning } from './compaction-plan.ts'

const telemetry = createTelemetry('@empire/compaction')

const runs = telemetry.counter('empire.compaction.runs', {
  unit: '{run}',
  description: 'Compactions, by strategy and outcome.',
})
const removed = telemetry.counter('empire.compaction.removed_tokens', {
  unit: '{token}',
  description: 'Tokens that compactions took from prompts, by strategy.',
})

/** Tells that a plan was applied. */
export function tellComplete({ strategy, changes, tokens, messages }: CompactionPlan): void {
  const outcome = changes.length === 0 ? 'unchanged' : 'changed'
  const { before = 0, after = 0 } = tokens ?? {}
  runs.add(1, { strategy, outcome })
  if (before > after) removed.add(before - after, { strategy })
  compactionEvents.complete.publish({
    strategy,
    outcome,
    oldTokens: before,
    newTokens: after,
    oldMessages: messages.before,
    newMessages: messages.after,
  })
}

/** Tells that no plan could be made. */
export function tellFailure(strategy: string, error: unknown, signal: AbortSignal | undefined): void {
  const outcome = outcomeOf(error, signal)
  runs.add(1, { strategy, outcome })
  compactionEvents.failure.publish({ strategy, outcome, error })
}

/** Tells of a problem that does not stand in the way. */
export function tellWarning(strategy: string, { code, message }: CompactionWarning): void {
  compactionEvents.warning.publish({ strategy, code, message })
}

function outcomeOf(error: unknown, signal: AbortSignal | undefined): 'refused' | 'failed' | 'aborted' {
  if (signal?.aborted === true && error === signal.reason) return 'aborted'
  return EmpireError.isInstance(error) && error.code === 'cannot_fit' ? 'refused' : 'failed'
}
