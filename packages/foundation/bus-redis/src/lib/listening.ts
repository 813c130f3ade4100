import { BusClosedError } from '@empire/bus'
import { Connection, isRefusal, type ConnectionOptions } from './connection.ts'
import { createLateError, createRefusedError } from './unavailable-errors.ts'
import { waitFor } from './wait-for.ts'

interface Channel {
  /** Settles when Redis listens, or refuses to. A new one after each loss of the connection. */
  ready: PromiseWithResolvers<void>
  /** On the present connection. */
  state: 'unasked' | 'asked' | 'listening'
  /** Whether Redis has listened before, on any connection. */
  hasListened: boolean
  /** How many want it. */
  users: number
}

/** Who hears what comes in. */
export interface ListeningOptions extends Pick<ConnectionOptions, 'address' | 'timeout' | 'onError'> {
  onMessage(channel: string, text: string): void
  /** Redis listens to the channel again, after messages may have been missed. */
  onGap(channel: string): void
}

/** Listens to channels, and again after each loss of the connection. */
export class Listening {
  readonly #options: ListeningOptions
  readonly #connection: Connection
  readonly #channels = new Map<string, Channel>()
  /** How many connections were lost. */
  #losses = 0

  constructor(options: ListeningOptions) {
    this.#options = options
    this.#connection = new Connection({
      use: 'listen',
      address: options.address,
      timeout: options.timeout,
      onError: options.onError,
      onMessage: options.onMessage,
      onReady: () => this.#askForAll(),
      // Those that were refused after a loss are asked for again.
      onTick: () => this.#askForAll(),
      onLost: () => this.#loseAll(),
    })
  }

  /** Resolves when Redis listens to the channel. Each call that resolved is ended by one `remove`. */
  async add(name: string, signal: AbortSignal | undefined): Promise<void> {
    this.#connection.start()
    const channel: Channel = this.#channels.get(name) ?? {
      ready: createReady(),
      state: 'unasked',
      hasListened: false,
      users: 0,
    }
    this.#channels.set(name, channel)
    channel.users += 1
    if (this.#connection.isReady) void this.#ask(name, channel)
    try {
      await waitFor(channel.ready.promise, {
        timeout: this.#options.timeout,
        signal,
        createError: () => createLateError(this.#options, 'listen', this.#connection.lastError),
      })
    } catch (error) {
      this.#release(name, channel)
      throw error
    }
  }

  remove(name: string): void {
    const channel = this.#channels.get(name)
    if (channel !== undefined) this.#release(name, channel)
  }

  async close(): Promise<void> {
    for (const { ready } of this.#channels.values()) ready.reject(new BusClosedError('subscribe'))
    this.#channels.clear()
    await this.#connection.close()
  }

  #askForAll(): void {
    for (const [name, channel] of this.#channels) void this.#ask(name, channel)
  }

  async #ask(name: string, channel: Channel): Promise<void> {
    if (channel.state !== 'unasked') return
    channel.state = 'asked'
    const losses = this.#losses
    try {
      await this.#connection.subscribe(name)
    } catch (error) {
      // A lost connection asks again when it is back.
      if (isRefusal(error)) this.#refuse(channel, error)
      return
    }
    // The answer may be the last of a connection that is lost by now.
    if (losses !== this.#losses) return
    channel.state = 'listening'
    if (channel.hasListened) this.#options.onGap(name)
    channel.hasListened = true
    channel.ready.resolve()
  }

  #refuse(channel: Channel, error: unknown): void {
    channel.state = 'unasked'
    const refusal = createRefusedError(this.#options.address, 'listen', this.#connection.clean(error))
    if (channel.hasListened) this.#options.onError(refusal)
    else channel.ready.reject(refusal)
  }

  #loseAll(): void {
    this.#losses += 1
    for (const channel of this.#channels.values()) {
      if (channel.state === 'listening') channel.ready = createReady()
      channel.state = 'unasked'
    }
  }

  #release(name: string, channel: Channel): void {
    channel.users -= 1
    if (channel.users > 0 || this.#channels.get(name) !== channel) return
    this.#channels.delete(name)
    // If that fails, the connection is gone, and with it the subscription.
    if (channel.state !== 'unasked' && this.#connection.isReady) this.#connection.unsubscribe(name).catch(() => {})
  }
}

function createReady(): PromiseWithResolvers<void> {
  const ready = Promise.withResolvers<void>()
  // Who waited may have given up before it is refused.
  ready.promise.catch(() => {})
  return ready
}
