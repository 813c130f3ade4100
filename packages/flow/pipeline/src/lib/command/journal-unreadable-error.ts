import { EmpireError } from '@empire/errors'

/** A database has the tables of a journal, and SQLite or JSON cannot read what is in them. */
export class JournalUnreadableError extends EmpireError<'journal_unreadable'> {
  constructor(path: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    super(
      'journal_unreadable',
      `The journal ${JSON.stringify(path)} cannot be read: ${reason}. Restore it from a copy, or see that its folder may be written to.`,
      { cause, details: { path } },
    )
  }
}
