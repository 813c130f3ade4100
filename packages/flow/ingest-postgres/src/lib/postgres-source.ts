import { type Clock, systemClock } from '@empire/clock'
import { describeValue, expectKnownKeys } from '@empire/errors'
import type { Source } from '@empire/ingest'
import { type ClientConfig, escapeIdentifier } from 'pg'
import { queryRows } from './query-rows.ts'
import { type RowOptions, toItem } from './row-item.ts'
import { createClient } from './session.ts'

/** What `postgresSource` asks, and what it makes of a row. */
export interface PostgresSourceOptions extends RowOptions {
  /** Where the database is: a URL, or what `Client` of `pg` takes. Each listing has a connection of its own. */
  readonly connection: string | ClientConfig
  /** A query that only reads, with `$1`, `$2` … for parameters. */
  readonly query: string
  /** Default: none. */
  readonly parameters?: readonly unknown[] | undefined
  /** Identity of the source: the same on every run, without a `:`. Default: `postgres`. */
  readonly name?: string | undefined
  /** How many rows are fetched, and held, at a time. Default: 100. */
  readonly batchSize?: number | undefined
  /** Milliseconds that a batch may take. The time of the sink does not count. Default: 60,000. */
  readonly statementTimeout?: number | undefined
  /** How often it tries to connect and to get the first batch. Default: 3. */
  readonly attempts?: number | undefined
  /** Default: the platform's. */
  readonly clock?: Clock | undefined
  /** A number from 0 up to 1, excluded: spreads the waits. Default: `Math.random`. */
  readonly random?: (() => number) | undefined
}

const names = [
  'connection',
  'query',
  'parameters',
  'id',
  'version',
  'content',
  'mediaType',
  'path',
  'metadata',
  'name',
  'batchSize',
  'statementTimeout',
  'attempts',
  'clock',
  'random',
]

/**
 * The rows of a query, in its order: give it an ORDER BY.
 *
 * A listing is one transaction that only reads: all rows are of one moment (`REPEATABLE READ`). They come through a cursor, a
 * batch at a time and no faster than they are asked for. An abort cancels the query on the server. A connection that is lost fails the
 * listing, for the moment is lost with it: nothing is deleted, and the next run goes over what is new.
 */
export function postgresSource(options: PostgresSourceOptions): Source {
  expectOptions(options)
  const { connection, query, parameters = [], name = 'postgres', id = 'id', attempts = 3 } = options
  const { batchSize = 100, statementTimeout = 60_000, clock = systemClock, random = Math.random } = options
  const asked = { name, connection, parameters, batchSize, statementTimeout, attempts, clock, random }
  const text = query.replace(/[;\s]+$/, '')

  return Object.freeze({
    name,
    async *items({ signal } = {}) {
      let place = 0
      for await (const found of queryRows({ ...asked, query: text, signal })) {
        signal?.throwIfAborted()
        yield toItem(found, options, name, place++)
      }
    },
    ...(typeof id === 'string' && {
      async item(wanted, { signal } = {}) {
        // The line break ends a comment.
        const one = `select * from (${text}\n) as item where item.${escapeIdentifier(id)}::text = $${parameters.length + 1}`
        const rows = queryRows({ ...asked, query: one, parameters: [...parameters, wanted], signal })
        for await (const found of rows) return toItem(found, options, name, 0)
        return undefined
      },
    }),
  } satisfies Source)
}

function expectOptions(options: unknown): asserts options is PostgresSourceOptions {
  expectKnownKeys('"options"', options, names)
  const { connection, query, parameters = [], name = 'postgres' } = options as Partial<PostgresSourceOptions>
  if (typeof connection !== 'string' && (typeof connection !== 'object' || connection === null)) {
    // Whatever it is, it may hold a password.
    throw new TypeError('Expected "connection" to be a URL, or an object with the settings of a connection.')
  }
  try {
    createClient(connection)
  } catch {
    throw new TypeError('Expected "connection" to be a URL such as "postgres://user@host/database", got none.')
  }
  if (typeof query !== 'string' || query.trim() === '') {
    throw new TypeError(`Expected "query" to be a query of SQL, got ${describeValue(query)}.`)
  }
  if (!Array.isArray(parameters)) {
    throw new TypeError(`Expected "parameters" to be an array, got ${describeValue(parameters)}.`)
  }
  if (typeof name !== 'string' || name === '' || name.includes(':')) {
    throw new TypeError(`Expected "name" to be a name without a ":", got ${describeValue(name)}.`)
  }
  const { batchSize = 1, statementTimeout = 1, attempts = 1 } = options as Partial<PostgresSourceOptions>
  for (const [option, value] of Object.entries({ batchSize, statementTimeout, attempts })) {
    if (Number.isSafeInteger(value) && value > 0) continue
    throw new TypeError(`Expected "${option}" to be a whole number from 1, got ${describeValue(value)}.`)
  }
}
