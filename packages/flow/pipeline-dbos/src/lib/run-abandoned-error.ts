import { EmpireError } from '@empire/errors'

/**
 * The run was taken up too often without coming to an end: its workers die of it, or nobody knows its pipeline. It has stopped where
 * it was, and nothing was undone. `details` has `runId`, `pipeline` and `attempts`.
 */
export class RunAbandonedError extends EmpireError<'run_abandoned'> {
  constructor(
    run: { readonly runId: string; readonly pipeline: string; readonly attempts: number },
    why: 'no-end' | 'unknown-pipeline',
  ) {
    const { runId, pipeline, attempts } = run
    const what =
      why === 'no-end'
        ? 'its workers ended each time. See what ends them'
        : 'no worker that did so has that pipeline. Deploy it'
    super(
      'run_abandoned',
      `Run ${JSON.stringify(runId)} of pipeline ${JSON.stringify(pipeline)} was taken up ${attempts} times, and ${what}, and start the run again: it goes on where it was.`,
      { details: { runId, pipeline, attempts } },
    )
  }
}
