import { EmpireError } from '@empire/errors'

/** Somebody has cancelled the run, and what it had done is undone. `details` has `runId`. */
export class RunCancelledError extends EmpireError<'run_cancelled'> {
  constructor(runId: string, reason?: string) {
    const why = reason === undefined ? '.' : `: ${reason}`
    super('run_cancelled', `Run ${JSON.stringify(runId)} was cancelled${why}`, { details: { runId } })
  }
}
