import type { Clock } from '@empire/clock'
import { IngestError } from '@empire/ingest'
import { createRetryBudget, retry } from '@empire/resilience'
import type { ClientConfig, FieldDef } from 'pg'
import { decodeValue, type PostgresRow, type PostgresValue } from './decode-value.ts'
import { type ElementTypes, elementTypes } from './element-types.ts'
import { postgresError } from './postgres-error.ts'
import { openSession, type Session } from './session.ts'

/** What is asked, and how. */
export interface QueryOptions {
  /** The name of the source, for messages. */
  readonly name: string
  readonly connection: string | ClientConfig
  readonly query: string
  readonly parameters: readonly unknown[]
  /** How many rows are fetched at a time. */
  readonly batchSize: number
  readonly statementTimeout: number
  /** How often the start is tried. Once there are rows, a snapshot is lost with its connection. */
  readonly attempts: number
  readonly clock: Clock
  readonly random: () => number
  readonly signal: AbortSignal | undefined
}

/** A row, and the same as texts. */
export interface QueriedRow {
  readonly row: PostgresRow
  /** What PostgreSQL wrote; `undefined` if there is no such column, `null` for NULL. */
  text(column: string): string | null | undefined
}

type Batch = { readonly fields: readonly FieldDef[]; readonly rows: readonly (readonly (string | null)[])[] }

/** The rows of a query, all of one moment. A batch is fetched when its first row is asked for. */
export async function* queryRows(options: QueryOptions): AsyncGenerator<QueriedRow, void, undefined> {
  const { name, batchSize, statementTimeout, attempts, clock, random, signal } = options
  const explain = (error: unknown): unknown =>
    signal?.aborted ? signal.reason : postgresError(name, error, statementTimeout)
  const budget = createRetryBudget({ retries: attempts - 1 })
  const start = (): Promise<Started> =>
    open(options).catch((error: unknown) => {
      throw explain(error)
    })
  const { session, first, elements } = await retry(start, { attempts, clock, random, signal, budget })
  try {
    const decode = decoderOf(first.fields, elements, name)
    for (let batch = first; ;) {
      for (const values of batch.rows) yield decode(values)
      if (batch.rows.length < batchSize) return
      batch = await fetchBatch(session, batchSize)
    }
  } catch (error) {
    throw explain(error)
  } finally {
    await session.close()
  }
}

interface Started {
  readonly session: Session
  readonly first: Batch
  readonly elements: ElementTypes
}

async function open(options: QueryOptions): Promise<Started> {
  const { query, parameters, batchSize, statementTimeout } = options
  const session = await openSession(options)
  try {
    for (const statement of settings(statementTimeout)) await session.run(statement)
    // A cursor of SQL and not of the protocol: there, the time between two batches would count as that of the statement.
    await session.run(`declare ingest_rows no scroll cursor for ${query}`, parameters)
    const first = await fetchBatch(session, batchSize)
    return { session, first, elements: await elementTypes(session, first.fields) }
  } catch (error) {
    await session.close()
    throw error
  }
}

/** One moment for all batches, and one way of writing values, whatever the defaults of the server are. */
function settings(statementTimeout: number): string[] {
  return [
    'begin isolation level repeatable read, read only',
    `set local statement_timeout = ${statementTimeout}`,
    // The sink may take its time.
    'set local idle_in_transaction_session_timeout = 0',
    'set local synchronize_seqscans = off',
    "set local timezone = 'UTC'",
    "set local datestyle = 'ISO'",
    "set local intervalstyle = 'iso_8601'",
    "set local bytea_output = 'hex'",
    'set local extra_float_digits = 3',
  ]
}

async function fetchBatch(session: Session, batchSize: number): Promise<Batch> {
  return session.run(`fetch forward ${batchSize} from ingest_rows`)
}

function decoderOf(
  fields: readonly FieldDef[],
  elements: ElementTypes,
  source: string,
): (values: readonly (string | null)[]) => QueriedRow {
  const places = new Map<string, number>()
  for (const [place, { name }] of fields.entries()) {
    if (places.has(name)) {
      throw new IngestError(
        'query_failed',
        source,
        `the query gives two columns "${name}". Name one of them with "as".`,
      )
    }
    places.set(name, place)
  }
  return (values) => {
    const entries = fields.map(({ name, dataTypeID }, place): [string, PostgresValue] => [
      name,
      decodeValue(values[place] ?? null, dataTypeID, elements),
    ])
    return {
      row: Object.fromEntries(entries),
      text: (column) => {
        const place = places.get(column)
        return place === undefined ? undefined : (values[place] ?? null)
      },
    }
  }
}
