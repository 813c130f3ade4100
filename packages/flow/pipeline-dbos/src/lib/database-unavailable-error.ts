import { EmpireError } from '@empire/errors'

/** PostgreSQL cannot be reached, or lets nobody in. `details` has `server`: host, port and database. */
export class DatabaseUnavailableError extends EmpireError<'database_unavailable'> {
  constructor(server: string, cause: Error) {
    super(
      'database_unavailable',
      `Expected PostgreSQL at ${server} to answer, got "${cause.message}". Start it, or correct "databaseUrl".`,
      { cause, details: { server }, retryable: true },
    )
  }
}
