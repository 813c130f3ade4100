import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { abortable, type Clock } from '@empire/clock'
import { Client, type ClientConfig, type QueryArrayResult } from 'pg'
import { withTimeout } from '@empire/resilience'

/** How PostgreSQL is reached. */
export interface SessionOptions {
  readonly connection: string | ClientConfig
  /** Milliseconds for one statement. */
  readonly statementTimeout: number
  readonly clock: Clock
  readonly signal: AbortSignal | undefined
}

/** One connection, for one listing. */
export interface Session {
  /** Runs a statement, and gives values as texts. Rejects with `signal.reason` as soon as that is aborted. */
  run(text: string, values?: readonly unknown[]): Promise<QueryArrayResult<(string | null)[]>>
  /** Ends what runs, and the connection. Never rejects. */
  close(): Promise<void>
}

/** How long a connection may take to be made, and to be ended. */
const connectTimeout = 10_000
const closeTimeout = 2_000
/** A server that does not keep its own limit is not there any more. */
const grace = 5_000

const asText = { getTypeParser: () => (text: string) => text } as unknown as NonNullable<ClientConfig['types']>

/** Connects. */
export async function openSession(options: SessionOptions): Promise<Session> {
  const { connection, statementTimeout, clock, signal } = options
  signal?.throwIfAborted()
  const { client, destroy } = createClient(connection, { query: statementTimeout + grace })
  let lost: unknown
  let running: Promise<unknown> | undefined
  // Without a listener, a connection that breaks between two statements would end the process.
  client.on('error', (error) => (lost ??= error))

  async function cancel(): Promise<void> {
    if (running === undefined || lost !== undefined) return
    const { processID } = client as unknown as { readonly processID: number }
    const other = createClient(connection, { query: closeTimeout, connect: closeTimeout })
    other.client.on('error', () => {
      // It ends with an error below.
    })
    try {
      await other.client.connect()
      await other.client.query('select pg_cancel_backend($1)', [processID])
      await running
    } finally {
      await other.client.end().catch(other.destroy)
    }
  }

  async function close(): Promise<void> {
    try {
      const end = async (): Promise<void> => {
        await cancel()
        await client.end()
      }
      await withTimeout(end, closeTimeout, { clock })
    } catch {
      // It cannot be ended in good order: then without.
    }
    destroy()
  }

  try {
    await abortable(client.connect(), signal)
  } catch (error) {
    await close()
    throw error
  }

  return {
    async run(text, values = []) {
      signal?.throwIfAborted()
      // By the extended protocol, for it takes no second statement behind the first.
      const how = { queryMode: 'extended', rowMode: 'array', types: asText } as const
      const query = client.query<(string | null)[]>({ text, values: [...values], ...how })
      running = query.then(
        () => (running = undefined),
        (error: unknown) => {
          running = undefined
          lost ??= 'severity' in (error as object) ? undefined : error
        },
      )
      try {
        return await abortable(query, signal)
      } catch (error) {
        signal?.throwIfAborted()
        // What broke it, and not that it is broken.
        throw lost ?? error
      }
    },
    close,
  }
}

/** A client that has not connected yet. Throws for a URL that cannot be read. */
export function createClient(
  connection: string | ClientConfig,
  timeouts: { readonly query?: number; readonly connect?: number } = {},
): { readonly client: Client; readonly destroy: () => void } {
  const given: ClientConfig = typeof connection === 'string' ? { connectionString: connection } : connection
  let stream: Duplex | undefined
  const client = new Client({
    keepAlive: true,
    ...given,
    connectionTimeoutMillis: timeouts.connect ?? given.connectionTimeoutMillis ?? connectTimeout,
    query_timeout: timeouts.query,
    stream: () => (stream = given.stream?.() ?? new Socket()),
  })
  return { client, destroy: () => stream?.destroy() }
}
