import { EmpireError } from '@empire/errors'

/** A child could not be started when its supervisor was. The cause is what it threw. */
export class ChildFailedError extends EmpireError<'child_failed'> {
  constructor(supervisor: string, child: string, cause: unknown) {
    super(
      'child_failed',
      `Expected "${child}" of "${supervisor}" to start, but it failed; what had started was stopped. See the cause.`,
      { cause, details: { supervisor, child } },
    )
  }
}
