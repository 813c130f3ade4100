import { EmpireError } from '@empire/errors'

/** There is a run of that id, and it is of another pipeline. `details` has `runId`, `pipeline` (its own) and `given`. */
export class OtherPipelineError extends EmpireError<'other_pipeline'> {
  constructor(runId: string, pipeline: string, given: string) {
    super(
      'other_pipeline',
      `Run ${JSON.stringify(runId)} is one of pipeline ${JSON.stringify(pipeline)}, not of ${JSON.stringify(given)}. Give another run an id of its own.`,
      { details: { runId, pipeline, given } },
    )
  }
}
