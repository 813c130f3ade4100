import { connect, isIP, type Socket } from 'node:net'
import { connect as connectSecurely } from 'node:tls'

const ports: Readonly<Record<string, number>> = {
  'http:': 80,
  'https:': 443,
  'nats:': 4222,
  'postgres:': 5432,
  'postgresql:': 5432,
  'redis:': 6379,
  'rediss:': 6379,
  'tls:': 4222,
  'ws:': 80,
  'wss:': 443,
}

/** A connection to a server, which is written to and read from by turns. */
export interface ServiceConnection {
  write(bytes: string | Uint8Array): void
  /** What came next; rejects when the server has closed. */
  read(): Promise<Buffer>
}

/** Connects, runs `talk`, and closes. Each answer may take `timeout` milliseconds. */
export async function withConnection<Result>(
  address: string,
  { signal, timeout }: { readonly signal: AbortSignal | undefined; readonly timeout: number },
  talk: (connection: ServiceConnection) => Promise<Result>,
): Promise<Result> {
  const { socket, ready } = open(new URL(address))
  const failed = Promise.withResolvers<never>()
  // It may fail when nobody waits for it.
  failed.promise.catch(() => {})
  const abort = (): void => failed.reject(signal?.reason)
  const timer = setTimeout(() => failed.reject(new Error(`no answer within ${timeout} ms`)), timeout)
  signal?.addEventListener('abort', abort)
  socket.on('error', failed.reject)
  try {
    const connected = new Promise<void>((resolve) => socket.once(ready, resolve))
    await Promise.race([connected, failed.promise])
    const chunks = socket[Symbol.asyncIterator]() as AsyncIterator<Buffer>
    const read = async (): Promise<Buffer> => {
      timer.refresh()
      const { done, value } = await Promise.race([chunks.next(), failed.promise])
      if (done === true) throw new Error('the end of the connection')
      return value
    }
    return await Promise.race([talk({ write: (bytes) => void socket.write(bytes), read }), failed.promise])
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
    socket.destroy()
  }
}

function open({ protocol, hostname, port }: URL): { readonly socket: Socket; readonly ready: string } {
  const host = hostname.replace(/^\[|\]$/g, '')
  const place = { host, port: Number(port || ports[protocol]) }
  // NATS says who it is before it changes to TLS.
  const isSecure = protocol === 'https:' || protocol === 'rediss:' || protocol === 'wss:'
  return isSecure
    ? { socket: connectSecurely({ ...place, servername: isIP(host) === 0 ? host : '' }), ready: 'secureConnect' }
    : { socket: connect(place), ready: 'connect' }
}
