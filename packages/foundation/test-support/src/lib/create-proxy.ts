import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { describeValue } from '@empire/errors'
import { withHiddenUrl } from './with-hidden-url.ts'

/** A way to a server that a test can cut, without harm to the server and its other users. */
export interface TcpProxy extends AsyncDisposable {
  /** The URL of the server with the address of the proxy in its place. */
  readonly url: string
  readonly port: number
  /** How many connections go through it at the moment. */
  readonly connections: number
  /** Breaks all connections. New ones are refused until `restore()`. */
  cut(): void
  /** Lets new connections through again. */
  restore(): void
  /** Holds back what either side sends, as a network does that loses everything, until `thaw()`. */
  freeze(): void
  /** Lets through what was held back, and what follows. */
  thaw(): void
  /** Breaks all connections and stops listening. */
  close(): Promise<void>
}

const usualPorts: Readonly<Record<string, number>> = {
  'http:': 80,
  'nats:': 4222,
  'postgres:': 5432,
  'postgresql:': 5432,
  'redis:': 6379,
}

/** A TCP proxy on a free port of this machine, in front of the server that `url` points at. */
export async function createProxy(url: string): Promise<TcpProxy> {
  const target = parseTarget(url)
  const pairs = new Set<readonly [Socket, Socket]>()
  let isCut = false
  let isFrozen = false

  const server = createServer((client) => {
    if (isCut) return void client.destroy()
    const upstream = connect(Number(target.port), target.hostname.replace(/^\[|\]$/g, ''))
    const pair = [client, upstream] as const
    pairs.add(pair)
    for (const socket of pair) {
      const other = socket === client ? upstream : client
      socket.setNoDelay(true)
      socket.on('data', (data) => {
        if (!other.write(data)) socket.pause()
      })
      socket.on('drain', () => isFrozen || other.resume())
      // What ends or breaks on one side does so on the other: that is what a proxy has to tell.
      socket.on('end', () => other.end())
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        other.end()
        if (other.closed) pairs.delete(pair)
      })
      if (isFrozen) socket.pause()
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const address = new URL(url)
  address.host = `127.0.0.1:${port}`

  function breakAll(): void {
    for (const [client, upstream] of pairs) {
      client.resetAndDestroy()
      upstream.destroy()
    }
  }

  async function close(): Promise<void> {
    breakAll()
    if (!server.listening) return
    server.close()
    await once(server, 'close')
  }

  const proxy: Omit<TcpProxy, 'url'> = {
    port,
    get connections(): number {
      return pairs.size
    },
    cut(): void {
      isCut = true
      breakAll()
    },
    restore(): void {
      isCut = false
    },
    freeze(): void {
      isFrozen = true
      for (const pair of pairs) for (const socket of pair) socket.pause()
    },
    thaw(): void {
      isFrozen = false
      for (const pair of pairs) for (const socket of pair) socket.resume()
    },
    close,
    [Symbol.asyncDispose]: close,
  }
  return Object.freeze(withHiddenUrl(proxy, () => address.href))
}

function parseTarget(url: string): { readonly hostname: string; readonly port: string } {
  const target = typeof url === 'string' && URL.canParse(url) ? new URL(url) : undefined
  const port = target === undefined ? undefined : target.port || usualPorts[target.protocol]
  if (target === undefined || target.hostname === '' || port === undefined) {
    const came = typeof url === 'string' ? 'another string' : describeValue(url)
    throw new TypeError(`"url" must be a URL with a host and a port, such as "redis://127.0.0.1:6379", got ${came}.`)
  }
  return { hostname: target.hostname, port: String(port) }
}
