import { expectKnownKeys } from '@empire/errors'
import { type Clock, systemClock } from '@empire/clock'
import type { Journal } from '@empire/pipeline'
import { createDatabase } from './database.ts'
import { expectCount, expectLease, expectObject } from './expect-option.ts'
import { createHolder } from './holder.ts'
import { journalOn } from './journal-on.ts'

/** Which database, and how long a holder of runs may be silent. */
export interface PostgresJournalOptions {
  /** `postgres://user:password@host:5432/database`. It is never shown. */
  readonly databaseUrl: string
  /** The schema of the tables, which are made when they are first used. Default: `pipelines`. */
  readonly schema?: string | undefined
  /** How many connections it has at most. Default: 10. */
  readonly connections?: number | undefined
  /** Milliseconds without a sign of life after which a run may be taken over. Default: 15,000. */
  readonly lease?: number | undefined
  /** Measures the time between signs of life; leases go by the clock of the database. Default: the platform's. */
  readonly clock?: Clock | undefined
}

/**
 * A journal in PostgreSQL, for runs in this process that survive it: without DBOS, its queues and its workers. Its tables are those
 * of `deploy`.
 *
 * @throws {TypeError} When an option is not what it has to be.
 */
export function createPostgresJournal(options: PostgresJournalOptions): Journal {
  const where = 'createPostgresJournal'
  expectObject(`${where}: "options"`, options)
  expectKnownKeys(`${where}: "options"`, options, ['databaseUrl', 'schema', 'connections', 'lease', 'clock'])
  const { databaseUrl, schema = 'pipelines', connections = 10, lease = 15_000, clock = systemClock } = options
  expectCount(`${where}: "connections"`, connections)
  expectLease(`${where}: "lease"`, lease)
  const database = createDatabase(where, { databaseUrl, schema, connections })
  return journalOn({ database, holder: createHolder(database, { lease, clock }), isOwner: true })
}
