import { describeValue, EmpireError } from '@empire/errors'
import { quoteNames } from './quote-names.ts'
import { readError } from './read-error.ts'

const mostOfMessage = 200

/** A step that failed while the run was stopping already. */
export interface SuppressedFailure {
  readonly step: string
  readonly error: unknown
}

interface StepFailure {
  readonly pipeline: string
  readonly runId: string
  readonly step: string
  readonly cause: unknown
  readonly notStarted: readonly string[]
  readonly suppressed: readonly SuppressedFailure[]
}

/**
 * A step threw or rejected, and the run stopped. `cause` is the error of the step, untouched.
 *
 * `details` has `pipeline`, `runId`, `step`, and `notStarted`: the names of the steps that were never reached. It is `retryable`
 * if its cause is.
 */
export class StepFailedError extends EmpireError<'step_failed'> {
  /** The steps that failed after this one, before the run had come to a stop, in the order of their failures. */
  readonly suppressed: readonly SuppressedFailure[]

  constructor({ pipeline, runId, step, cause, notStarted, suppressed }: StepFailure) {
    const what = `Step ${JSON.stringify(step)} of pipeline ${JSON.stringify(pipeline)} failed: ${describeCause(cause)}`
    const rest = notStarted.length === 0 ? '' : ` Not started: ${quoteNames(notStarted)}.`
    super('step_failed', `${what}${rest}`, {
      cause,
      details: { pipeline, runId, step, notStarted },
      retryable: readError(cause)?.retryable ?? false,
    })
    this.suppressed = suppressed
  }
}

function describeCause(cause: unknown): string {
  const error = readError(cause)
  if (error === undefined) return `it threw ${describeValue(cause)}.`
  const message = error.message === '' ? error.name : error.message
  const shown =
    message.length > mostOfMessage ? `${message.slice(0, mostOfMessage).replace(/[\ud800-\udbff]$/, '')}…` : message
  return /[.!?]$/.test(shown) ? shown : `${shown}.`
}
