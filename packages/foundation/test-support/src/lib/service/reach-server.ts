import { openRedis } from './open-redis.ts'
import { type ServiceConnection, withConnection } from './service-connection.ts'
import { type ServiceName, serviceTitles } from './service-name.ts'
import { ServiceUnavailableError } from './service-unavailable-error.ts'

/** How long a server may take to answer. */
export interface ReachSettings {
  readonly signal: AbortSignal | undefined
  readonly timeout: number
}

/** @throws {ServiceUnavailableError} when the server does not answer, or lets nobody in. */
export async function reachServer(
  name: ServiceName,
  variable: string,
  address: string,
  settings: ReachSettings,
  talk: (connection: ServiceConnection) => Promise<unknown> = greetings[name](address),
): Promise<void> {
  try {
    await withConnection(address, settings, talk)
  } catch (error) {
    settings.signal?.throwIfAborted()
    const { host } = new URL(address)
    throw new ServiceUnavailableError(
      `Expected the ${serviceTitles[name]} at ${host}, which ${variable} names, to answer, got ${describeFailure(error)}. Start it, or correct ${variable}.`,
      name,
      error,
    )
  }
}

type Greeting = (address: string) => (connection: ServiceConnection) => Promise<unknown>

const greetings: Readonly<Record<ServiceName, Greeting>> = {
  redis: (address) => async (connection) => openRedis(connection, new URL(address)),
  // A client of the test does the rest: there are many ways to be let in.
  opensearch: () => async () => {},
  postgres: () => async () => {},
  nats: (address) => async (connection) => {
    // On web sockets, a client speaks first.
    if (address.startsWith('ws')) return
    const greeting = String(await connection.read())
    if (!greeting.startsWith('INFO ')) throw new Error('another greeting than that of NATS')
  },
}

/** A failure to connect to all addresses of a host has no message of its own. */
function describeFailure(error: unknown): string {
  const { message, code } = error as { readonly message?: string; readonly code?: string }
  return `"${message || code}"`
}
