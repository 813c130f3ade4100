import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRedisBus } from '@empire/bus-redis'
import { type CacheStatistics, createCache } from '@empire/cache'
import { storeCases } from '@empire/cache/conformance'
import { createRandom } from '@empire/test-support'
import { createProxy, freePort, service, startRedis } from '@empire/test-support/services'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRedisStore, type RedisStore } from './create-redis-store.ts'

const redis = service('redis')

/** A process with a cache on Redis, whose loads ask the test for the present value. */
const program = `
  import { createRedisBus } from '@empire/bus-redis'
  import { createCache } from '@empire/cache'
  import { createRedisStore } from '@empire/cache-redis'
  const url = process.env.URL
  const cache = createCache({
    store: createRedisStore({ url }), bus: createRedisBus({ url }), timeout: 500, retryDelay: 20,
  })
  const loads = new Map()
  let last = 0
  const load = (key) => new Promise((resolve) => {
    loads.set(++last, resolve)
    process.send({ load: last, key })
  })
  const actions = {
    read: (key) => cache.getOrSet(key, () => load(key), { tags: ['tag of ' + key] }),
    derive: (key) => cache.getOrSet('derived ' + key, () => actions.read(key), { dependsOn: [key] }),
    invalidate: (key) => cache.invalidate({ key, tag: 'tag of ' + key }),
    statistics: () => cache.statistics(),
  }
  process.on('message', async ({ id, action, key, loaded, value }) => {
    if (loaded !== undefined) return loads.get(loaded)(value)
    process.send({ id, result: await actions[action](key) })
  })
  process.on('disconnect', () => process.exit())
  process.send({ id: 0 })
`

type Action = 'read' | 'derive' | 'invalidate' | 'statistics'

class Peer {
  readonly #child: ChildProcess
  readonly #answers = new Map<number, (result: unknown) => void>()
  #last = 0

  constructor(url: string, look: (key: string) => number) {
    this.#child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: import.meta.dirname,
      env: { ...process.env, URL: url },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    this.#child.on('message', (message: { id?: number; result?: unknown; load?: number; key?: string }) => {
      if (message.load !== undefined) this.#child.send({ loaded: message.load, value: look(message.key ?? '') })
      else this.#answers.get(message.id ?? 0)?.(message.result)
    })
  }

  async ready(): Promise<void> {
    await new Promise((resolve) => this.#answers.set(0, resolve))
  }

  call(action: Action, key = ''): Promise<unknown> {
    const id = ++this.#last
    const answer = new Promise((resolve) => this.#answers.set(id, resolve))
    this.#child.send({ id, action, key })
    return answer
  }

  async end(): Promise<void> {
    this.#child.disconnect()
    await once(this.#child, 'exit')
  }
}

/** How long a test waits for connections to come back. */
const patience = { timeout: 10_000, interval: 10 }

describe.skipIf(!redis.available)('a store on Redis', () => {
  let stores: readonly [RedisStore, RedisStore]
  beforeAll(() => {
    stores = [createRedisStore({ url: redis.url }), createRedisStore({ url: redis.url })]
  })
  afterAll(async () => {
    for (const store of stores) {
      await store.close()
      await store.close()
    }
  })

  it.each(storeCases({ connect: () => stores }))('$name', async ({ run }) => {
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

describe.skipIf(!redis.available)('a lost subscription', () => {
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

describe.skipIf(!redis.available)('two processes on a Redis that is restarted', () => {
  it('never see what they have invalidated, and agree in the end', { timeout: 60_000 }, async () => {
    await using server = await startRedis()
    const random = createRandom('two processes')
    const keys = ['a', 'b', 'c', 'd']
    const source = new Map(keys.map((key) => [key, 0]))
    const look = (key: string): number => source.get(key) ?? -1
    const peers = [new Peer(server.url, look), new Peer(server.url, look)] as const
    await Promise.all(peers.map((peer) => peer.ready()))

    const stale: string[] = []

    async function work(peer: Peer, rounds: number): Promise<void> {
      for (let round = 0; round < rounds; round++) {
        const key = random.pick(keys)
        if (random.boolean(0.3)) source.set(key, look(key) + 1)
        // What this process has been told before, it must not fall behind.
        if (random.boolean(0.3)) {
          const version = look(key)
          await peer.call('invalidate', key)
          for (const action of ['read', 'derive'] as const) {
            const found = await peer.call(action, key)
            if (Number(found) < version) stale.push(`${action} ${key}: ${String(found)} after ${version}`)
          }
        } else {
          await peer.call(random.pick(['read', 'derive']), key)
        }
      }
    }

    for (let restart = 0; restart < 3; restart++) {
      await Promise.all(peers.map((peer) => work(peer, 60)))
      const working = peers.map((peer) => work(peer, 60))
      await server.stop(random.pick(['SIGTERM', 'SIGKILL']))
      await Promise.all(peers.map((peer) => peer.call('read', 'a')))
      await server.start()
      await Promise.all(working)
    }

    expect(stale).toEqual([])
    const [one, other] = peers
    for (const key of keys) {
      source.set(key, look(key) + 1)
      await one.call('invalidate', key)
      // The message may be on its way: each look is a round trip to the other process.
      while ((await other.call('derive', key)) !== look(key));
      expect(await one.call('read', key)).toBe(look(key))
    }
    const gaps = async (): Promise<number> => ((await one.call('statistics')) as CacheStatistics).gaps
    await expect.poll(gaps, patience).toBeGreaterThanOrEqual(3)
    await Promise.all(peers.map((peer) => peer.end()))
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
