import type { Context } from '@empire/context'
import { describeValue } from '@empire/errors'
import type { CompactionPlan } from './compaction-plan.ts'

/** The contexts of a plan. */
export interface PlannedContexts {
  readonly before: Context
  readonly after: Context
  /** Where the messages are in `after` that are not in `before`. */
  readonly added: readonly number[]
}

const contexts = new WeakMap<CompactionPlan, PlannedContexts>()

/** Keeps the contexts beside the plan, so that the plan itself can be printed and stored without their content. */
export function keepContexts(plan: CompactionPlan, planned: PlannedContexts): CompactionPlan {
  contexts.set(plan, planned)
  return plan
}

/** The contexts of a plan. Throws `TypeError` for what no call of `plan` has given. */
export function contextsOf(plan: CompactionPlan): PlannedContexts {
  const planned = contexts.get(plan)
  if (planned !== undefined) return planned
  throw new TypeError(
    `"plan" must be what plan(context, …) gave, got ${describeValue(plan)}. Is an "await" missing, or is it a copy?`,
  )
}
