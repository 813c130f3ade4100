import { Socket } from 'node:net'
import { systemClock } from '@empire/clock'
import { describeValue, EmpireError } from '@empire/errors'
import { redactText } from '@empire/redaction'
import { Pool, type PoolClient, type QueryResult } from 'pg'
import { DatabaseUnavailableError } from './database-unavailable-error.ts'
import { pipelineDbosEvents } from './pipeline-dbos-events.ts'

/** A row as it comes. */
export type Row = Record<string, unknown>

/** A PostgreSQL, and the schema in which everything is. */
export interface Database {
  readonly pool: Pool
  readonly url: string
  /** Quoted, for statements. */
  readonly schema: string
  /** Host, port and database, for messages. */
  readonly server: string
  query<Found extends Row>(text: string, values?: readonly unknown[]): Promise<QueryResult<Found>>
  /** Planned once per connection. @param name Belongs to this text and no other. */
  prepared(name: string, text: string, values: readonly unknown[]): Promise<QueryResult>
  transaction<Value>(work: (client: PoolClient) => Promise<Value>): Promise<Value>
  /** What only one process does at a time; the others wait. */
  exclusively<Value>(task: string, work: () => Promise<Value>): Promise<Value>
  /** Keeps the pool open for work that uses it by itself. */
  track<Value>(work: Promise<Value>): Promise<Value>
  /** A text without the password. */
  clean(text: string): string
  /** Fails what is under way and what is yet to come, for a database that does not answer. */
  cut(): void
  /** Waits for what is under way: what waits for a connection when the pool is closed would wait for ever. */
  close(): Promise<void>
}

/** Where the database is. */
export interface DatabaseOptions {
  readonly databaseUrl: string
  readonly schema: string
  readonly connections: number
}

const example = 'postgres://user:password@host:5432/database'

/** Opens nothing yet. @throws {TypeError} For what is no such URL or schema. The URL is not shown: it may hold a password. */
export function createDatabase(where: string, { databaseUrl, schema, connections }: DatabaseOptions): Database {
  const url = typeof databaseUrl === 'string' ? URL.parse(databaseUrl) : null
  if (url === null || !['postgres:', 'postgresql:'].includes(url.protocol) || url.hostname === '') {
    const got = typeof databaseUrl === 'string' ? 'a string that is none' : describeValue(databaseUrl)
    throw new TypeError(`${where}: "databaseUrl" must be a URL such as ${example}, got ${got}.`)
  }
  if (typeof schema !== 'string' || !/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) {
    throw new TypeError(
      `${where}: "schema" must be a name of at most 63 lower-case letters, digits and underscores, got ${describeValue(schema)}.`,
    )
  }
  const secrets = [url.password, decode(url.password)].filter((secret) => secret !== '')
  const clean = (text: string): string =>
    redactText(secrets.reduce((cleaned, secret) => cleaned.replaceAll(secret, '[redacted]'), text))
  const server = `${url.host}${url.pathname}`
  const sockets = new Set<Socket>()
  let isCut = false
  const pool = new Pool({
    connectionString: databaseUrl,
    max: connections,
    application_name: 'empire-pipeline',
    stream: openSocket,
  })
  const tellTrouble = (error: Error): void =>
    pipelineDbosEvents.trouble.publish({ task: 'connection', error: new Error(clean(error.message)) })
  // Of a connection that nobody uses; the pool makes another.
  pool.on('error', tellTrouble)
  // Of one that somebody has, between two of its statements: the next one fails, too.
  pool.on('connect', (client) => client.on('error', tellTrouble))

  const underWay = new Set<Promise<unknown>>()

  const database: Database = {
    pool,
    url: databaseUrl,
    schema: `"${schema}"`,
    server,
    query: (text, values = []) => track(pool.query(text, [...values])),
    prepared: (name, text, values) => track(pool.query({ name: `pipelines-${name}`, text, values: [...values] })),
    transaction: (work) => track(transaction(work)),
    exclusively: (task, work) => track(exclusively(task, work)),
    track,
    clean,
    cut() {
      isCut = true
      for (const socket of sockets) socket.destroy(closedError())
    },
    async close() {
      while (underWay.size > 0) await Promise.allSettled(underWay)
      await pool.end()
    },
  }

  function openSocket(): Socket {
    const socket = new Socket()
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    // When somebody listens for it.
    if (isCut) process.nextTick(() => socket.destroy(closedError()))
    return socket
  }

  function track<Value>(work: Promise<Value>): Promise<Value> {
    underWay.add(work)
    const forget = (): void => void underWay.delete(work)
    work.then(forget, forget)
    return work
  }

  async function transaction<Value>(work: (client: PoolClient) => Promise<Value>): Promise<Value> {
    const client = await pool.connect()
    let broken: Error | undefined
    try {
      await client.query('BEGIN')
      const value = await work(client)
      await client.query('COMMIT')
      return value
    } catch (error) {
      await client.query('ROLLBACK').catch((failure: unknown) => (broken = failure as Error))
      throw error
    } finally {
      client.release(broken)
    }
  }

  async function exclusively<Value>(task: string, work: () => Promise<Value>): Promise<Value> {
    const client = await pool.connect()
    const key = [`empire ${task} ${schema}`]
    let broken: Error | undefined
    try {
      // Neither in a transaction nor in a statement that waits: both would keep indexes from being made concurrently.
      while (!(await tryLock(client, key))) await systemClock.sleep(lockInterval)
      return await work()
    } finally {
      await client
        .query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', key)
        .catch((failure: unknown) => (broken = failure as Error))
      client.release(broken)
    }
  }

  return database
}

/** What DBOS does not try again. */
function closedError(): Error {
  return new Error('The database was closed.')
}

/** Milliseconds between attempts to get a lock that another has. */
const lockInterval = 20

async function tryLock(client: PoolClient, key: readonly string[]): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(
    'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS locked',
    [...key],
  )
  return rows[0]?.locked === true
}

/** @throws {DatabaseUnavailableError} For what the client of PostgreSQL throws. */
export async function reached<Value>(database: Database, work: Promise<Value>): Promise<Value> {
  try {
    return await work
  } catch (error) {
    throw EmpireError.isInstance(error) || error instanceof TypeError ? error : unavailable(database, error)
  }
}

/** What the client of PostgreSQL threw, without the password, as one of ours. */
export function unavailable(database: Database, error: unknown): DatabaseUnavailableError {
  const { message, code } = error as { readonly message?: string; readonly code?: string }
  // A failure to connect to all addresses of a host has no message of its own.
  return new DatabaseUnavailableError(database.server, new Error(database.clean(message || code || String(error))))
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // A percent sign that stands for itself.
    return text
  }
}
