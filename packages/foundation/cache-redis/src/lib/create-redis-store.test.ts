import { createCache } from '@empire/cache'
import { storeCases } from '@empire/cache/conformance'
import { freePort, service, startRedis } from '@empire/test-support/services'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRedisStore, type RedisStore } from './create-redis-store.ts'

const redis = service('redis')

/** How long a test waits for connections to come back. */
const patience = { timeout: 10_000, interval: 10 }

describe.skipIf(!redis.available)('a store on Redis', () => {
  let stores: readonly [RedisStore, RedisStore]
  beforeAll(async () => {
    await redis.setUp()
    stores = [createRedisStore({ url: redis.url }), createRedisStore({ url: redis.url })]
  })
  afterAll(async () => {
    for (const store of stores) {
      await store.close()
      await store.close()
    }
    await redis.tearDown()
  })

  it.each(storeCases({ connect: () => stores, namespace: redis.namespace }))('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })
})

describe.skipIf(!redis.available)('a Redis that stops in mid-run', () => {
  it('is done without, and used again when it is back', { timeout: 30_000 }, async () => {
    await using server = await startRedis()
    const failures: unknown[] = []
    await using store = createRedisStore({ url: server.url, onConnectionError: (error) => failures.push(error) })
    await using other = createRedisStore({ url: server.url })
    await using cache = createCache<number>({ store, retryDelay: 20 })
    await using peer = createCache<number>({ store: other, retryDelay: 20 })
    await cache.set('before', 1)

    await server.stop('SIGKILL')
    await expect(cache.get('before')).resolves.toBe(1)
    await expect(cache.getOrSet('during', () => 2)).resolves.toBe(2)
    await cache.invalidate({ key: 'before' })
    await expect(cache.get('before')).resolves.toBeUndefined()

    await server.start()
    await expect.poll(() => cache.set('after', 3).then(() => peer.get('after')), patience).toBe(3)
    await expect(peer.get('before')).resolves.toBeUndefined()
    expect(failures.length).toBeGreaterThan(0)
  })

  it('fails what needs it, if that is asked for, and at once', { timeout: 30_000 }, async () => {
    await using server = await startRedis()
    await using store = createRedisStore({ url: server.url })
    await using cache = createCache<number>({ store, onOutage: 'fail', retryDelay: 20 })
    await cache.set('held', 1)
    await server.stop()
    await expect(cache.get('held')).resolves.toBe(1)
    await expect(cache.getOrSet('other', () => 1)).rejects.toMatchObject({ code: 'cache_store_unavailable' })
    await expect(cache.invalidate({ key: 'held' })).rejects.toMatchObject({ code: 'cache_store_unavailable' })
    await expect(cache.get('held')).rejects.toMatchObject({ code: 'cache_store_unavailable' })
    await server.start()
    await expect.poll(() => cache.getOrSet('held', () => 2).catch(() => undefined), patience).toBe(2)
  })
})

describe('a Redis that is not there', () => {
  it('holds up nothing and nobody', async () => {
    await using store = createRedisStore({ url: `redis://127.0.0.1:${await freePort()}` })
    await using cache = createCache<number>({ store })
    await expect(cache.getOrSet('key', () => 1)).resolves.toBe(1)
    await expect(cache.getOrSet('key', () => 2)).resolves.toBe(1)
  })

  it('is not named with its password', async () => {
    const port = await freePort()
    const failures: unknown[] = []
    await using store = createRedisStore({
      url: `redis://user:hunter2@127.0.0.1:${port}`,
      onConnectionError: (error) => failures.push(error),
    })
    await using cache = createCache<number>({ store, onOutage: 'fail' })
    failures.push(await cache.get('key').catch((error: unknown) => error))
    expect(failures).toHaveLength(2)
    for (const failure of failures) expect(String(failure) + JSON.stringify(failure)).not.toContain('hunter2')
  })
})

describe('wrong options', () => {
  const url = 'redis://localhost'
  it.each([
    [undefined, '"options" must be an object with a "url", got undefined.'],
    [{}, '"url" must be a URL that begins with redis:// or rediss://, got something else.'],
    [
      { url: 'http://user:secret@host' },
      '"url" must be a URL that begins with redis:// or rediss://, got something else.',
    ],
    [
      { url, connectTimeout: 0 },
      '"connectTimeout" must be a whole number of at least 1 millisecond, got a number (0).',
    ],
    [{ url, onConnectionError: 1 }, '"onConnectionError" must be a function, got a number (1).'],
  ])('%o', (options, message) => {
    expect(() => createRedisStore(options as never)).toThrow(new TypeError(message))
  })
})
