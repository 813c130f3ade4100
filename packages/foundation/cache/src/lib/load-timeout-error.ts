import { EmpireError } from '@empire/errors'

/** A value was not loaded within the hard timeout of a read, and no stale one was allowed or there. */
export class LoadTimeoutError extends EmpireError<'load_timeout'> {
  constructor(milliseconds: number) {
    super(
      'load_timeout',
      `Expected a value within ${milliseconds} ms, but it is still being loaded. Raise "hardTimeout", or allow a stale value with "staleIfError".`,
      { details: { milliseconds }, retryable: true },
    )
  }
}
