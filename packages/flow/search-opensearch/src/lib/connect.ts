import { describeValue } from '@empire/errors'
import { Client, type ClientOptions } from '@opensearch-project/opensearch'
import type { OpenSearchClient } from './opensearch-client.ts'

/** How a server is reached: exactly one of the two. */
export interface ConnectOptions {
  /** A client of your own, such as one that signs for AWS; you close it. */
  readonly client?: OpenSearchClient | undefined
  /** Options of the official client: `node`, `auth`, `ssl`. */
  readonly connection?: ClientOptions | undefined
}

/** The client to use, and how to let go of it. */
export function connect({ client, connection }: ConnectOptions): { client: OpenSearchClient; close(): Promise<void> } {
  if ((client === undefined) === (connection === undefined)) {
    throw new TypeError(
      `"options" must have exactly one of "client" and "connection", got ${client === undefined ? 'neither' : 'both'}.`,
    )
  }
  if (client !== undefined) {
    if (typeof client?.transport?.request !== 'function') {
      throw new TypeError(
        `"client" must be a client of @opensearch-project/opensearch with "transport.request", got ${describeValue(client)}.`,
      )
    }
    return { client, close: async () => {} }
  }
  if (typeof connection !== 'object' || connection === null) {
    throw new TypeError(`"connection" must be an object such as { node: "https://…" }, got ${typeof connection}.`)
  }
  const own = createClient(connection)
  return {
    client: own,
    async close() {
      await own.close()
    },
  }
}

/** The client's own errors say little. They are no cause of ours, for they have what it was given, which may be a password. */
function createClient(connection: ClientOptions): OpenSearchClient {
  // Terms are keys of answers: the client would refuse one that has the term `__proto__`. Keys are looked up as own ones here.
  const options = { disablePrototypePoisoningProtection: true, ...connection }
  let reason: string
  try {
    return new Client(options) as unknown as OpenSearchClient
  } catch (error) {
    reason = error instanceof Error ? error.message : String(error)
  }
  throw new TypeError(
    `"connection" must be options of the OpenSearch client, such as { node: "https://localhost:9200" }, and it says: ${reason}.`,
  )
}
