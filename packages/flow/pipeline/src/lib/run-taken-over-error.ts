import { EmpireError } from '@empire/errors'

/** Another has taken the run, because this holder gave no sign of life in time. `details` has `runId`. */
export class RunTakenOverError extends EmpireError<'run_taken_over'> {
  constructor(runId: string) {
    super(
      'run_taken_over',
      `Run ${JSON.stringify(runId)} was taken over by another. This one has stopped; see the journal for how it goes on.`,
      { details: { runId } },
    )
  }
}
