import { EmpireError } from '@empire/errors'

/** The journal has no run of that id. `details` has `runId`. */
export class RunNotFoundError extends EmpireError<'run_not_found'> {
  constructor(runId: string) {
    super('run_not_found', `The journal has no run ${JSON.stringify(runId)}. list() gives those it has.`, {
      details: { runId },
    })
  }
}
