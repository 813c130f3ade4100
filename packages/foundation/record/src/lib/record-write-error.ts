import { EmpireError } from '@empire/errors'

/** A step could not be stored. Its store refuses every later one too: open it anew when the cause is gone. */
export class RecordWriteError extends EmpireError<'record_write_failed'> {
  constructor(path: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    super(
      'record_write_failed',
      `Expected to append to the record ${JSON.stringify(path)}, but: ${reason}. What was recorded before is kept; open the store anew when the cause is gone.`,
      { cause, details: { path } },
    )
  }
}
