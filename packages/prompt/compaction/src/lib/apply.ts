import type { Context, Message } from '@empire/context'
import type { CompactionPlan } from './compaction-plan.ts'
import type { CompactionReceipt } from './compaction-receipt.ts'
import { tellComplete } from './compaction-telemetry.ts'
import { markMessages } from './mark-messages.ts'
import { contextsOf, type PlannedContexts } from './planned.ts'

/** What applying a plan gives. */
export interface AppliedCompaction {
  /** The compacted context: the same object as before if there was nothing to do. */
  readonly context: Context
  /** What `restore` takes to undo it. */
  readonly receipt: CompactionReceipt
}

/** Does what was planned. The old context stays what it was. Throws `TypeError` for what `plan` did not give. */
export function apply(plan: CompactionPlan): AppliedCompaction {
  const contexts = contextsOf(plan)
  const receipt = createReceipt(plan, contexts)
  tellComplete(plan)
  return Object.freeze({ context: contexts.after, receipt })
}

function createReceipt(
  { strategy, changes }: CompactionPlan,
  { before, after, added }: PlannedContexts,
): CompactionReceipt {
  const removed = changes.map(({ index }) => Object.freeze({ index, message: before.messages[index] as Message }))
  return Object.freeze({
    version: 1,
    strategy,
    before: markMessages(before.messages),
    after: markMessages(after.messages),
    removed: Object.freeze(removed),
    added: Object.freeze(added),
  })
}
