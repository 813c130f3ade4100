import { createRedisBus } from '@empire/bus-redis'
import { createCache } from '@empire/cache'
import { createRedisStore } from '@empire/cache-redis'
import { createProxy, service, startRedis } from '@empire/test-support/services'
import { describe, expect, it } from 'vitest'

const redis = service('redis')

/** How long a test waits for connections to come back. */
const patience = { timeout: 10_000, interval: 10 }

describe.skipIf(!redis.available)('a cache that has lost its subscription', () => {
  it('empties memory as soon as it is back', { timeout: 30_000 }, async () => {
    await using server = await startRedis()
    await using proxy = await createProxy(server.url)
    await using store = createRedisStore({ url: server.url })
    const buses = [createRedisBus({ url: server.url }), createRedisBus({ url: proxy.url })] as const
    await using here = createCache<number>({ store, bus: buses[0] })
    await using there = createCache<number>({ store, bus: buses[1] })
    await here.set('key', 1)
    await expect(there.get('key')).resolves.toBe(1)

    proxy.cut()
    await here.invalidate({ key: 'key' })
    await expect(there.get('key')).resolves.toBe(1)
    proxy.restore()
    await expect.poll(() => there.get('key'), patience).toBeUndefined()
    expect(there.statistics().gaps).toBe(1)
    await Promise.all(buses.map((bus) => bus.close()))
  })
})
