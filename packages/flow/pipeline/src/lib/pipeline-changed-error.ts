import { EmpireError } from '@empire/errors'

/** A stored run is of another definition of the pipeline. `details` has `pipeline`, `runId` and `differences`, in words. */
export class PipelineChangedError extends EmpireError<'pipeline_changed'> {
  constructor(pipeline: string, runId: string, differences: readonly string[]) {
    super(
      'pipeline_changed',
      `Run ${JSON.stringify(runId)} was begun with another definition of pipeline ${JSON.stringify(pipeline)}: ${differences.join('; ')}. ` +
        'Resume it with the old definition, or say how its entries are to be read: "migrate".',
      { details: { pipeline, runId, differences } },
    )
  }
}
