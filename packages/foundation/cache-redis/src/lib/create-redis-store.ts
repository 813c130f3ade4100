import type { CacheStore } from '@empire/cache'
import { describeValue } from '@empire/errors'
import { createClient, type RedisClientType } from '@keyv/redis'
import { RedisAdapter } from './redis-adapter.ts'

/** Which Redis, and who hears of its failures. */
export interface RedisStoreOptions {
  /** `redis://user:password@host:port/database`, or `rediss://` for an encrypted connection. */
  readonly url: string
  /** Milliseconds that a connection may take to be made. Default: 5,000. */
  readonly connectTimeout?: number | undefined
  /** Hears why there is no connection, at each attempt to make one. Default: nobody; commands fail. */
  readonly onConnectionError?: ((error: unknown) => void) | undefined
}

/** The second tier of a cache, on Redis. */
export interface RedisStore extends CacheStore {
  /** Ends the connection. Close the caches that use it before. */
  close(): Promise<void>
  /** The same as `close()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * A store for `createCache` on Redis.
 *
 * It connects at the first command, and again after each loss until it is closed. Commands wait for the first attempt;
 * later, while there is no connection, they fail at once.
 *
 * @throws {TypeError} for a URL or another option that is none.
 */
export function createRedisStore(options: RedisStoreOptions): RedisStore {
  const { url, connectTimeout = 5_000, onConnectionError } = expectOptions(options)
  const client = createClient({
    url,
    // A command that waits for a connection would come too late: the cache does without the store meanwhile.
    disableOfflineQueue: true,
    socket: { connectTimeout, reconnectStrategy: (attempts) => Math.min(50 * 2 ** attempts, 1_000) },
  }) as RedisClientType
  client.on('error', (error: unknown) => onConnectionError?.(error))
  let opening: Promise<void> | undefined
  let isClosed = false

  /** Resolves after the first attempt, whether it succeeds or not. */
  function open(): Promise<void> {
    return new Promise((resolve) => {
      client.once('ready', resolve)
      client.once('error', () => resolve())
      // Failures are told as events and tried again; this ends only with the connection, or with `close()`.
      client.connect().catch(() => resolve())
    })
  }

  async function close(): Promise<void> {
    isClosed = true
    if (client.isOpen) client.destroy()
  }

  return Object.assign(
    new RedisAdapter(client, async () => {
      if (isClosed) throw new Error('The store was closed. Close it after the caches that use it.')
      await (opening ??= open())
    }),
    { close, [Symbol.asyncDispose]: close },
  )
}

function expectOptions(options: RedisStoreOptions): RedisStoreOptions {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(`"options" must be an object with a "url", got ${describeValue(options)}.`)
  }
  const { url, connectTimeout, onConnectionError } = options
  // The URL may hold a password, so it is not shown.
  if (typeof url !== 'string' || !/^rediss?:$/.test(URL.parse(url)?.protocol ?? '')) {
    throw new TypeError('"url" must be a URL that begins with redis:// or rediss://, got something else.')
  }
  if (connectTimeout !== undefined && !(Number.isSafeInteger(connectTimeout) && connectTimeout >= 1)) {
    throw new TypeError(
      `"connectTimeout" must be a whole number of at least 1 millisecond, got ${describeValue(connectTimeout)}.`,
    )
  }
  if (onConnectionError !== undefined && typeof onConnectionError !== 'function') {
    throw new TypeError(`"onConnectionError" must be a function, got ${describeValue(onConnectionError)}.`)
  }
  return options
}
