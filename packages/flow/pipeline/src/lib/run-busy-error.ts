import { EmpireError } from '@empire/errors'

/**
 * Another has the run. `details` has `runId`, and `retryAfter` where it is known: the milliseconds until the run may be taken if
 * its holder gives no more sign of life.
 */
export class RunBusyError extends EmpireError<'run_busy'> {
  constructor(runId: string, { retryAfter }: { readonly retryAfter?: number | undefined } = {}) {
    super(
      'run_busy',
      `Run ${JSON.stringify(runId)} is at work elsewhere, and two must not run it. Wait for it, or try again when its holder has ended.`,
      { details: { runId, ...(retryAfter !== undefined && { retryAfter }) }, retryable: true },
    )
  }
}
