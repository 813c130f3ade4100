import { EmpireError } from '@empire/errors'

/** A child took longer to start than it may. */
export class StartTimeoutError extends EmpireError<'start_timed_out'> {
  /** @param timeout In milliseconds. */
  constructor(child: string, timeout: number) {
    super(
      'start_timed_out',
      `Expected "${child}" to start within ${timeout} ms, but it has not. Raise "startTimeout", or resolve "start" sooner.`,
      { details: { child, timeout }, retryable: true },
    )
  }
}
