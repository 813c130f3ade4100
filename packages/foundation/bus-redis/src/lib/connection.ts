import { setTimeout } from 'node:timers/promises'
import type { BusUnavailableError } from '@empire/bus'
import { Redis } from 'ioredis'
import { busRedisEvents } from './bus-redis-events.ts'
import type { RedisAddress } from './redis-address.ts'
import { createUnreachableError } from './unavailable-errors.ts'

/** Where a connection goes, and who hears of it. */
export interface ConnectionOptions {
  readonly address: RedisAddress
  /** What it is for. */
  readonly use: 'publish' | 'listen'
  /** In milliseconds: an answer that takes longer ends the connection. */
  readonly timeout: number
  /** The connection stands, for the first time or again. */
  onReady(): void
  /** The connection that stood is lost. */
  onLost(): void
  /** The connection is idle: called once per `timeout` while it stands. */
  onTick?(): void
  onMessage?(channel: string, text: string): void
  onError(error: BusUnavailableError): void
}

/** How long the other side has to end a socket, in milliseconds. */
const farewell = 50
const shortestDelay = 50
const longestDelay = 2_000

/** One connection to Redis that comes back by itself, and notices when the other side has fallen silent. */
export class Connection {
  readonly #options: ConnectionOptions
  readonly #client: Redis
  #heartbeat: ReturnType<typeof setInterval> | undefined
  #lastError: Error | undefined

  constructor(options: ConnectionOptions) {
    this.#options = options
    const { address, timeout } = options
    this.#client = new Redis({
      host: address.host,
      port: address.port,
      ...(address.username !== undefined && { username: address.username }),
      ...(address.password !== undefined && { password: address.password }),
      ...(address.isEncrypted && { tls: {} }),
      lazyConnect: true,
      connectTimeout: timeout,
      socketTimeout: timeout,
      disconnectTimeout: farewell,
      // What was sent is never sent again by itself, and is given up with its connection: a message arrives once or not.
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      autoResubscribe: false,
      // A random part, so that processes which lost the same server do not come back all at once.
      retryStrategy: (attempt) =>
        shortestDelay + Math.random() * Math.min(longestDelay, shortestDelay * 2 ** Math.min(attempt, 10)),
    })
    this.#client.on('ready', () => this.#begin())
    this.#client.on('close', () => this.#end())
    this.#client.on('error', (error: Error) => {
      this.#lastError = this.clean(error)
      this.#tell('failed', this.#lastError)
      options.onError(createUnreachableError(address, this.#lastError))
    })
    if (options.onMessage !== undefined) this.#client.on('message', options.onMessage)
  }

  get isReady(): boolean {
    // The client is ready a moment before it says so: what waited for that comes first.
    return this.#client.status === 'ready' && this.#heartbeat !== undefined
  }

  /** Why there is no connection, as far as is known. */
  get lastError(): Error | undefined {
    return this.#lastError
  }

  /** Connects, unless that has begun. */
  start(): void {
    // Its failure is told to `onError`, and connecting goes on.
    if (this.#client.status === 'wait') this.#client.connect().catch(() => {})
  }

  async publish(channel: string, text: string): Promise<void> {
    await this.#client.publish(channel, text)
  }

  async subscribe(channel: string): Promise<void> {
    await this.#client.subscribe(channel)
  }

  async unsubscribe(channel: string): Promise<void> {
    await this.#client.unsubscribe(channel)
  }

  /** An error of the client without what it carries along: the command, whose arguments may be the password. */
  clean(error: unknown): Error {
    const { password } = this.#options.address
    const message = error instanceof Error ? error.message : String(error)
    // Some servers repeat what they do not understand.
    const safe = password === undefined ? message : message.replaceAll(password, '[redacted]')
    return new Error(safe.replace(/\.$/, ''))
  }

  /** Ends the connection; resolves when its socket is closed, and its timers are gone. */
  async close(): Promise<void> {
    const { status } = this.#client
    const ended = new Promise((resolve) => this.#client.once('end', resolve))
    this.#client.disconnect()
    // Between two attempts there is no socket that could end, and the client waits for that all the same.
    if (status === 'reconnecting') await setTimeout(farewell)
    else if (status !== 'end') await ended
  }

  #begin(): void {
    this.#lastError = undefined
    this.#heartbeat = setInterval(() => {
      // Its failure ends the connection.
      this.#client.ping().catch(() => {})
      this.#options.onTick?.()
    }, this.#options.timeout)
    this.#tell('ready')
    this.#options.onReady()
  }

  #end(): void {
    if (this.#heartbeat === undefined) return
    clearInterval(this.#heartbeat)
    this.#heartbeat = undefined
    this.#tell('lost', this.#lastError)
    this.#options.onLost()
  }

  #tell(state: 'ready' | 'lost' | 'failed', error?: Error): void {
    const { address, use } = this.#options
    busRedisEvents.connection.publish({ address: address.name, use, state, ...(error !== undefined && { error }) })
  }
}

/** Whether Redis itself refused, over a connection that works. */
export function isRefusal(error: unknown): boolean {
  return error instanceof Error && error.name === 'ReplyError'
}
