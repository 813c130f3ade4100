import { EmpireError } from '@empire/errors'

/** A file of `ndjsonSink` that is no such file, or was changed by something else. */
export class LogDamagedError extends EmpireError<'log_damaged'> {
  constructor(path: string, reason: string) {
    super(
      'log_damaged',
      `Expected ${JSON.stringify(path)} to be a log of ndjsonSink, but ${reason}. Give another path, or remove the file to fill it anew.`,
      { details: { path } },
    )
  }
}
