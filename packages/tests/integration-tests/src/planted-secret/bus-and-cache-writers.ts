import { createBus } from '@empire/bus'
import { createRedisBus } from '@empire/bus-redis'
import { createCache } from '@empire/cache'
import { createRedisStore } from '@empire/cache-redis'
import { freePort } from '@empire/test-support'
import { failureOf, foreignFailure, key, password, type Writer } from './writer.ts'

async function unreachable(secret: string): Promise<string> {
  return `redis://user:${encodeURIComponent(secret)}@127.0.0.1:${await freePort()}`
}

export const busAndCacheWriters: readonly Writer[] = [
  {
    name: 'bus: a payload that is none, a listener that throws',
    secret: key,
    async write(secret) {
      const bus = createBus({ onError: () => {} })
      const circle: Record<string, unknown> = { secret }
      circle['self'] = circle
      await bus.subscribe('news', () => Promise.reject(foreignFailure(secret)))
      await bus.publish('news', { secret })
      const written = [
        bus,
        await failureOf(bus.publish('news', circle)),
        await failureOf(bus.publish('news', { [secret]: () => secret })),
        await failureOf(bus.publish('news', { toJSON: () => Promise.reject(foreignFailure(secret)) })).catch(() => ''),
        await failureOf(bus.publish(3 as unknown as string, secret)),
      ]
      await bus.close()
      written.push(await failureOf(bus.publish('news', secret)))
      return written
    },
  },
  {
    name: 'bus-redis: the password in its URL, a payload that is none',
    secret: password,
    async write(secret) {
      const written: unknown[] = []
      const bus = createRedisBus({
        url: await unreachable(secret),
        timeout: 50,
        onConnectionError: (error) => void written.push(error),
      })
      const circle: Record<string, unknown> = { password: secret }
      circle['self'] = circle
      written.push(bus, await failureOf(bus.publish('news', circle)), await failureOf(bus.publish('news', secret)))
      await bus.close()
      written.push(
        await failureOf((async () => createRedisBus({ url: `http://user:${encodeURIComponent(secret)}@host` }))()),
      )
      return written
    },
  },
  {
    name: 'cache: a load that fails, and one that is too slow',
    secret: key,
    async write(secret) {
      const cache = createCache<string>({ namespace: 'planted' })
      const failure = await failureOf(cache.getOrSet(secret, () => Promise.reject(new Error('as it is'))))
      const slow = await failureOf(cache.getOrSet(secret, () => new Promise<string>(() => {}), { hardTimeout: 5 }))
      await cache.set(secret, secret, { tags: [secret] })
      const cycle = await failureOf(cache.getOrSet('a', () => cache.getOrSet('a', () => 'b')))
      // What a load throws is given to its callers as it is; what the cache tells of it is not.
      await failureOf(cache.getOrSet('b', () => Promise.reject(foreignFailure(secret))))
      const written = [failure, slow, cycle, cache, cache.statistics()]
      await cache.close()
      return written
    },
  },
  {
    name: 'cache: a store and a bus that fail',
    secret: key,
    async write(secret) {
      const fail = () => Promise.reject(foreignFailure(secret))
      const store = { get: fail, set: fail, delete: fail, has: fail, clear: fail }
      const written: unknown[] = []
      for (const onOutage of ['memory', 'fail'] as const) {
        const bus = { ...createBus(), publish: fail }
        const cache = createCache<string>({ store, bus, onOutage, retryDelay: 1, timeout: 20, namespace: onOutage })
        for (const call of [
          () => cache.getOrSet('key', () => 'value'),
          () => cache.set('key', 'value'),
          () => cache.invalidate({ key: 'key' }),
        ]) {
          written.push(await Promise.resolve(call()).catch((error: unknown) => error))
        }
        written.push(cache, cache.statistics())
        await cache.close()
      }
      return written
    },
  },
  {
    name: 'cache-redis: the password in its URL',
    secret: password,
    async write(secret) {
      const written: unknown[] = []
      const store = createRedisStore({
        url: await unreachable(secret),
        onConnectionError: (error) => void written.push(error),
      })
      written.push(
        await failureOf(store.get('key')),
        await failureOf(store.set('key', { password: secret } as never)),
        store,
      )
      const cache = createCache<string>({ store, onOutage: 'fail', timeout: 50 })
      written.push(await failureOf(cache.getOrSet('key', () => 'value')), cache)
      await cache.close()
      await store.close()
      written.push(
        await failureOf((async () => createRedisStore({ url: `http://user:${encodeURIComponent(secret)}@host` }))()),
      )
      return written
    },
  },
]
