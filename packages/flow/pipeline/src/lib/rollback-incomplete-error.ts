import { EmpireError } from '@empire/errors'
import type { NotUndone } from './journal-entry.ts'
import { quoteNames } from './quote-names.ts'

interface IncompleteRollback {
  readonly pipeline: string
  readonly runId: string
  readonly cause: unknown
  readonly notUndone: readonly NotUndone[]
  readonly failures: readonly { readonly step: string; readonly error: unknown }[]
}

/**
 * A run stopped, and not all that it did could be undone. `cause` is why it stopped: a `StepFailedError`, or the reason of the signal.
 *
 * `details` has `pipeline`, `runId` and `notUndone`.
 */
export class RollbackIncompleteError extends EmpireError<'rollback_incomplete'> {
  /** Every effect that is left, in the order in which the rollback came to it. */
  readonly notUndone: readonly NotUndone[]
  /** What the compensations threw that failed. */
  readonly failures: readonly { readonly step: string; readonly error: unknown }[]

  constructor({ pipeline, runId, cause, notUndone, failures }: IncompleteRollback) {
    const names = quoteNames(notUndone.map(({ step }) => step))
    super(
      'rollback_incomplete',
      `Pipeline ${JSON.stringify(pipeline)} stopped, and not all it did could be undone: ${names}. See "notUndone", and put it right by hand.`,
      { cause, details: { pipeline, runId, notUndone } },
    )
    this.notUndone = notUndone
    this.failures = failures
  }
}
