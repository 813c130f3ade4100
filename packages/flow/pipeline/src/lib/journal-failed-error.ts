import { EmpireError } from '@empire/errors'

/**
 * The journal could not be written, and the run has stopped where it was: nothing was undone, and it may be resumed. `cause` is what
 * the journal threw; `details` has `pipeline` and `runId`.
 */
export class JournalFailedError extends EmpireError<'journal_failed'> {
  constructor(pipeline: string, runId: string, cause: unknown) {
    const what = cause instanceof Error && cause.message !== '' ? `: ${cause.message}` : '.'
    super(
      'journal_failed',
      `Run ${JSON.stringify(runId)} of pipeline ${JSON.stringify(pipeline)} has stopped, for its journal cannot be written${what.endsWith('.') ? what : `${what}.`} ` +
        'Nothing was undone. Mend the journal and resume the run.',
      { cause, details: { pipeline, runId } },
    )
  }
}
