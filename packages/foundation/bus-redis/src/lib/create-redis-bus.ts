import {
  type Bus,
  BusClosedError,
  type BusOptions,
  type BusUnavailableError,
  checkCall,
  encodePayload,
  type Listener,
  type PublishOptions,
  type SubscribeOptions,
  Subscribers,
  type Subscription,
} from '@empire/bus'
import { describeValue } from '@empire/errors'
import { Listening } from './listening.ts'
import { Publisher } from './publisher.ts'
import { parseRedisUrl } from './redis-address.ts'

/** Which Redis, and how long to wait for it. */
export interface RedisBusOptions extends BusOptions {
  /** `redis://user:password@host:port`, or `rediss://` for an encrypted connection. */
  readonly url: string
  /**
   * What the names of the channels begin with: buses with other prefixes are not heard. Redis channels know no
   * database numbers. Default: `empire:`.
   */
  readonly prefix?: string | undefined
  /**
   * How long `publish` and `subscribe` wait for Redis, in milliseconds. A connection that leaves a question unanswered
   * for that long is given up and made anew; an idle one is asked that often. Default: 5,000.
   */
  readonly timeout?: number | undefined
  /**
   * Hears why there is no connection, at each attempt to make one. Default: nobody does; `publish` rejects, and
   * subscribers are told of the gap.
   */
  readonly onConnectionError?: ((error: BusUnavailableError) => void) | undefined
}

const longestTimeout = 2 ** 31 - 1

/**
 * A bus between processes, on Redis publish and subscribe.
 *
 * It connects at the first `publish` (one connection) and at the first `subscribe` (another one), and again after each
 * loss for as long as it is open. Without a connection, `publish` and `subscribe` wait for `timeout`, and then reject
 * with `BusUnavailableError`. A message is never sent twice. After each loss every subscriber is told of a gap, as soon as
 * it hears again.
 */
export function createRedisBus<Events extends object = Record<string, unknown>>(options: RedisBusOptions): Bus<Events> {
  const { url, prefix = 'empire:', timeout = 5_000, onConnectionError } = expectOptions(options)
  const address = parseRedisUrl(url)
  // Asynchronous, so that what it throws becomes an unhandled rejection and stops no connection.
  const onError = async (error: BusUnavailableError): Promise<void> => onConnectionError?.(error)
  const subscribers = new Subscribers(options)
  const publisher = new Publisher({ address, timeout, onError })
  const listening = new Listening({
    address,
    timeout,
    onError,
    onMessage: (channel, text) => subscribers.deliver(channel.slice(prefix.length), text),
    onGap: (channel) => subscribers.reportGap(channel.slice(prefix.length), 'reconnected'),
  })
  let closing: Promise<void> | undefined

  function expectOpen(action: string): void {
    if (closing !== undefined) throw new BusClosedError(action)
  }

  async function close(): Promise<void> {
    subscribers.clear()
    await Promise.all([publisher.close(), listening.close()])
  }

  return Object.freeze({
    async publish(topic: string, payload: unknown, publishOptions: PublishOptions = {}): Promise<void> {
      checkCall(topic, publishOptions)
      const text = encodePayload(payload)
      expectOpen('publish')
      await publisher.publish(prefix + topic, text, publishOptions.signal)
    },

    async subscribe(
      topic: string,
      listener: Listener<never>,
      subscribeOptions: SubscribeOptions = {},
    ): Promise<Subscription> {
      checkCall(topic, subscribeOptions)
      expectOpen('subscribe')
      const channel = prefix + topic
      const removeListener = subscribers.add(topic, listener, subscribeOptions)
      try {
        await listening.add(channel, subscribeOptions.signal)
      } catch (error) {
        removeListener()
        throw error
      }
      let isSubscribed = true
      return Object.freeze({
        topic,
        async unsubscribe(): Promise<void> {
          if (!isSubscribed) return
          isSubscribed = false
          removeListener()
          listening.remove(channel)
        },
      })
    },

    async close(): Promise<void> {
      closing ??= close()
      await closing
    },
  })
}

function expectOptions(options: RedisBusOptions): RedisBusOptions {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(`"options" must be an object with a "url", got ${describeValue(options)}.`)
  }
  const { prefix, timeout, onConnectionError } = options
  if (prefix !== undefined && !(typeof prefix === 'string' && prefix.isWellFormed())) {
    throw new TypeError(`"prefix" must be a well-formed string, got ${describeValue(prefix)}.`)
  }
  if (timeout !== undefined && !(Number.isSafeInteger(timeout) && timeout >= 1 && timeout <= longestTimeout)) {
    throw new TypeError(
      `"timeout" must be a whole number of milliseconds from 1 to ${longestTimeout}, got ${describeValue(timeout)}.`,
    )
  }
  if (onConnectionError !== undefined && typeof onConnectionError !== 'function') {
    throw new TypeError(`"onConnectionError" must be a function, got ${describeValue(onConnectionError)}.`)
  }
  return options
}
