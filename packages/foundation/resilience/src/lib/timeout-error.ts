import { EmpireError } from '@empire/errors'

/** A task did not end in time. `details.timeout` is the time it had, in milliseconds. */
export class TimeoutError extends EmpireError<'timeout'> {
  constructor(timeout: number) {
    super('timeout', `Expected an end within ${timeout} ms, got none. Allow more time, or try again.`, {
      details: { timeout },
      retryable: true,
    })
  }
}
