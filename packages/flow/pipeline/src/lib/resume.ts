import { describeValue } from '@empire/errors'
import { checkRunOptions } from './check-run-options.ts'
import { expectText } from './expect-option.ts'
import type { Journal } from './journal.ts'
import type { Pipeline } from './pipeline.ts'
import { RunNotFoundError } from './run-not-found-error.ts'
import type { RunOptions } from './run-options.ts'
import type { RunResult } from './run-result.ts'

/** What resuming takes besides what every run does. */
export interface ResumeOptions extends RunOptions {
  readonly journal: Journal
  readonly runId: string
}

/**
 * Goes on with a run that was killed or suspended, with the input that the journal has; of one that has ended, gives or throws again
 * what it gave.
 *
 * Steps that were completed are not run again. One that was at work is, with the same idempotency key; or it is undone, if the run
 * was rolling back.
 *
 * @throws {TypeError} When an option is not what it has to be.
 * @throws {RunNotFoundError} When the journal has no such run. Otherwise as `run` of the pipeline.
 */
export async function resume<Input, Outputs, RawInput>(
  pipeline: Pipeline<Input, Outputs, RawInput>,
  options: ResumeOptions,
): Promise<RunResult<Outputs>> {
  checkRunOptions('resume', options)
  const { journal, runId } = options
  expectText('resume: "runId"', runId)
  if (typeof journal?.read !== 'function') {
    throw new TypeError(`resume: "journal" must be a journal, got ${describeValue(journal)}.`)
  }
  const stored = await journal.read(runId)
  if (stored === undefined) throw new RunNotFoundError(runId)
  return pipeline.run(stored.run.input as RawInput, options)
}
