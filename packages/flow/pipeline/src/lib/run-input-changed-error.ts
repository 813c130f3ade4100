import { EmpireError } from '@empire/errors'

/** A stored run of that id was begun with another input. `details` has `pipeline` and `runId`. */
export class RunInputChangedError extends EmpireError<'run_input_changed'> {
  constructor(pipeline: string, runId: string) {
    super(
      'run_input_changed',
      `Run ${JSON.stringify(runId)} of pipeline ${JSON.stringify(pipeline)} was begun with another input. ` +
        'Give another run an id of its own, or resume this one with resume(), which knows its input.',
      { details: { pipeline, runId } },
    )
  }
}
