import { type Bus, createBus } from '@empire/bus'
import { createManualClock } from '@empire/test-support/clock'
import { Keyv } from 'keyv'
import { describe, expect, it } from 'vitest'
import { CacheBusError } from './cache-bus-error.ts'
import { CacheStoreError } from './cache-store-error.ts'
import { createCache, type CacheOptions } from './create-cache.ts'
import type { CacheEvents } from './invalidation.ts'

/** Two processes, as it were, with a store and a bus between them. */
function createPair(options: CacheOptions = {}) {
  const map = new Map<string, unknown>()
  const bus = createBus<CacheEvents>()
  const shared = { store: map, bus, ...options }
  return { map, bus, here: createCache<unknown>(shared), there: createCache<unknown>(shared) }
}

/** A store that can be told to fail, as an adapter of Keyv does. */
class FragileStore extends Map<string, unknown> {
  failure: Error | undefined
  override get(key: string): unknown {
    this.#expectUp()
    return super.get(key)
  }
  override set(key: string, value: unknown): this {
    this.#expectUp()
    return super.set(key, value)
  }
  override delete(key: string): boolean {
    this.#expectUp()
    return super.delete(key)
  }
  #expectUp(): void {
    if (this.failure !== undefined) throw this.failure
  }
}

const hang = (): Promise<never> => new Promise(() => {})

const never = (): never => {
  throw new Error('must not be loaded')
}

describe('a store', () => {
  it('gives a value to processes that have not loaded it', async () => {
    const { here, there } = createPair()
    await here.getOrSet('key', () => ({ a: [1, null, 'ü'] }))
    await expect(there.get('key')).resolves.toEqual({ a: [1, null, 'ü'] })
    expect(there.statistics()).toMatchObject({ storeHits: 1, loads: 0 })
    await there.getOrSet('key', never)
    expect(there.statistics()).toMatchObject({ memoryHits: 1 })
  })

  it('is asked once by many who ask at the same time', async () => {
    const { here, there } = createPair()
    await here.set('key', 1)
    await expect(Promise.all([there.get('key'), there.get('key'), there.get('key')])).resolves.toEqual([1, 1, 1])
    expect(there.statistics().storeHits).toBe(1)
  })

  it('keeps that there is no value', async () => {
    const { here, there } = createPair()
    await here.getOrSet('key', () => undefined, { negativeTtl: 1_000 })
    await expect(there.getOrSet('key', never)).resolves.toBeUndefined()
  })

  it('keeps a value as long as memory does', async () => {
    const clock = createManualClock({ now: Date.now() })
    const { here, there } = createPair({ clock })
    await here.set('key', 'old', { ttl: 1_000, retain: 1_000 })
    await clock.advance(1_500)
    await expect(there.get('key')).resolves.toBeUndefined()
    await expect(there.getOrSet('key', never, { staleIfError: 1_000 })).resolves.toBe('old')
    await clock.advance(500)
    await expect(there.getOrSet('key', () => 'new', { staleIfError: 1_000 })).resolves.toBe('new')
  })

  it('is asked again when the time of an entry in memory is over', async () => {
    const clock = createManualClock({ now: Date.now() })
    const { here } = createPair({ clock, memory: { ttl: 100 } })
    await here.set('key', 1)
    await clock.advance(100)
    await expect(here.get('key')).resolves.toBe(1)
    expect(here.statistics().storeHits).toBe(1)
  })

  it('holds the entries of each namespace apart', async () => {
    const store = new Map()
    const [one, other] = [createCache({ store, namespace: 'one' }), createCache({ store, namespace: 'other' })]
    await one.set('key', 1)
    await expect(other.get('key')).resolves.toBeUndefined()
  })

  it('keeps strange keys apart', async () => {
    const { here, there } = createPair()
    const keys = ['\uD800', '\uDBFF', '%d800', '', ' ', '\0', '__proto__', 'a\nb', '😀']
    for (const key of keys) await here.set(key, `value of ${key}`, { tags: [key], dependsOn: [key] })
    for (const key of keys) await expect(there.get(key)).resolves.toBe(`value of ${key}`)
  })

  it('may be a Keyv with its own ideas of how to write', async () => {
    const serialization = {
      stringify: (data: unknown) => `!${JSON.stringify(data)}`,
      parse: <Data>(text: string) => JSON.parse(text.slice(1)) as Data,
    }
    const store = new Keyv({ namespace: 'mine', serialization })
    await createCache({ store }).set('key', { a: 1 })
    await expect(createCache({ store }).get('key')).resolves.toEqual({ a: 1 })
  })

  it('may hold other things under our keys', async () => {
    const { map, here } = createPair()
    await here.set('key', 1)
    await here.set('other', 2)
    const entries = [...map.keys()].filter((name) => name.startsWith('cache:e:'))
    const other = JSON.parse((map.get('cache:e:other') as { value: string }).value) as { value: { l: string[] } }
    const withoutRoot = { value: { v: 9, l: ['kkey'], s: ['x'] } }
    for (const garbage of [
      '{',
      '"text"',
      '{"value":{"l":[1],"s":[]}}',
      // Nothing would end it.
      '{"value":{"v":9,"l":[],"s":[]}}',
      '{"value":{"v":9,"l":["n"],"s":["x"]}}',
      JSON.stringify(withoutRoot),
      // What belongs to another key.
      JSON.stringify(other),
      '{"value":{"v":9,"l":["n","kkey"],"s":["x"],"f":"soon"}}',
    ]) {
      for (const name of entries) map.set(name, { value: garbage, expires: undefined })
      await expect(createCache({ store: map }).get('key')).resolves.toBeUndefined()
    }
  })

  it('keeps namespaces apart though one looks like the keys of the other', async () => {
    const store = new Map()
    const [outer, inner] = [createCache({ store, namespace: 'a' }), createCache({ store, namespace: 'a:e' })]
    await inner.set('key', 1)
    await outer.set('v:kkey', 2)
    await outer.set('e:key', 3)
    await expect(createCache({ store, namespace: 'a:e' }).get('key')).resolves.toBe(1)
  })

  it('holds a value that lives long though its tag was first given to one that did not', async () => {
    const clock = createManualClock({ now: Date.now() })
    const { map, here } = createPair({ clock })
    const day = 24 * 3_600_000
    await here.set('short', 1, { ttl: 1_000, tags: ['tag'] })
    await here.set('long', 2, { ttl: day, tags: ['tag'] })
    const ends = (name: string): number => (map.get(name) as { expires?: number }).expires ?? Infinity
    expect(ends('cache:v:ttag')).toBeGreaterThanOrEqual(clock.now() + day)
    expect(ends('cache:v:klong')).toBeGreaterThanOrEqual(clock.now() + day)
    expect(ends('cache:v:kshort')).toBeLessThan(clock.now() + day)
    expect(ends('cache:v:n')).toBe(Infinity)
    await expect(createCache({ store: map, clock }).get('long')).resolves.toBe(2)
  })

  it('is listened to once, however many caches have used it', async () => {
    let listeners = 0
    const store = Object.assign(new Map<string, unknown>(), { on: () => void listeners++ })
    for (let round = 0; round < 20; round++) {
      await using cache = createCache({ store })
      await cache.set('key', round)
    }
    expect(listeners).toBeLessThanOrEqual(2)
  })

  it('gets no value of a load that is no JSON data, which has failed then', async () => {
    const { here } = createPair()
    await here.getOrSet('key', () => new Date() as never).catch(() => {})
    expect(here.statistics()).toMatchObject({ loads: 1, loadFailures: 1 })
  })

  it('may lose a version: that costs a load', async () => {
    const { map, here, there } = createPair()
    await here.set('key', 1, { tags: ['t'] })
    map.delete('cache:v:tt')
    await expect(there.get('key')).resolves.toBeUndefined()
    await expect(there.getOrSet('key', () => 2, { tags: ['t'] })).resolves.toBe(2)
    await expect(createCache({ store: map }).get('key')).resolves.toBe(2)
  })

  it('holds all values that were loaded at the same time under a new tag', async () => {
    const { map, here } = createPair()
    const keys = Array.from({ length: 50 }, (_, index) => `key ${index}`)
    await Promise.all(keys.map((key) => here.getOrSet(key, () => key, { tags: ['t'] })))
    const later = createCache({ store: map })
    await expect(Promise.all(keys.map((key) => later.getOrSet(key, never)))).resolves.toEqual(keys)
  })

  it.each([
    [Number.NaN, 'NaN'],
    [{ at: new Date() }, 'an instance of Date at ["at"]'],
    [[1, undefined], 'undefined at [1]'],
    [new Map(), 'an instance of Map'],
    [1n, 'a bigint'],
    [{ a: [{ b: () => 1 }] }, 'a function at ["a"][0]["b"]'],
    [{ toJSON: () => 1 }, 'a special object'],
  ])('refuses %o, which would come back as something else', async (value, kind) => {
    const { here } = createPair()
    const error = new TypeError(`"value" must be JSON data, since the cache has a store, got ${kind}.`)
    await expect(here.set('key', value)).rejects.toThrow(error)
    await expect(here.getOrSet('key', () => value)).rejects.toThrow(error)
    await expect(here.get('key')).resolves.toBeUndefined()
  })

  it('refuses a circle', async () => {
    const circle: { self?: unknown } = {}
    circle.self = circle
    await expect(createPair().here.set('key', circle)).rejects.toThrow(
      new TypeError(
        '"value" must be JSON data, since the cache has a store, got more than 1000 levels at ["self"]["self"]["self"]. Is it a circle?',
      ),
    )
  })

  it('takes properties that are undefined for none', async () => {
    const { here, there } = createPair()
    await here.set('key', { a: 1, b: undefined })
    await expect(there.get('key')).resolves.toEqual({ a: 1 })
  })
})

describe('an invalidation', () => {
  it.each([
    ['a key', { key: 'key' }],
    ['a tag', { tag: 't' }],
    ['a dependency', { dependency: 'source' }],
    ['what a dependency depends on', { key: 'origin' }],
  ])('of %s reaches the memory of the other process', async (_, target) => {
    const { here, there } = createPair()
    await here.set('source', 0, { dependsOn: ['origin'] })
    await here.set('key', 1, { tags: ['t'], dependsOn: ['source'] })
    await there.get('key')
    await here.invalidate(target)
    await expect(there.get('key')).resolves.toBeUndefined()
    await expect(here.get('key')).resolves.toBeUndefined()
  })

  it('by a set reaches the other process too', async () => {
    const { here, there } = createPair()
    await here.set('key', 1)
    await there.get('key')
    await here.set('key', 2)
    await expect(there.get('key')).resolves.toBe(2)
  })

  it('by a clear of a namespace, or of the one around it, reaches the other process too', async () => {
    const { here, there } = createPair()
    for (const cleared of [here, here.namespace('users')]) {
      await here.namespace('users').set('key', 1)
      await there.namespace('users').get('key')
      await cleared.clear()
      await expect(there.namespace('users').get('key')).resolves.toBeUndefined()
    }
  })

  it('outlives a load that had begun before it in a process which never heard of it', async () => {
    const store = new Map()
    const [here, deaf] = [createCache<string>({ store }), createCache<string>({ store })]
    const gate = Promise.withResolvers<string>()
    const isLoading = Promise.withResolvers<void>()
    const loading = deaf.getOrSet('key', () => {
      isLoading.resolve()
      return gate.promise
    })
    await isLoading.promise
    await here.invalidate({ key: 'key' })
    gate.resolve('old')
    await loading
    await expect(here.get('key')).resolves.toBeUndefined()
  })

  it('does not concern caches of another namespace', async () => {
    const { bus, here } = createPair()
    await here.set('key', 1)
    await createCache({ bus, namespace: 'other' }).clear()
    await expect(here.get('key')).resolves.toBe(1)
    expect(here.statistics().memoryHits).toBe(1)
  })

  it('that cannot be read empties memory', async () => {
    const { bus, here, map } = createPair()
    await here.set('key', 1)
    map.clear()
    await (bus as unknown as Bus).publish('empire:cache:invalidated', { some: 'future version' })
    await expect(here.get('key')).resolves.toBeUndefined()
    expect(here.statistics().gaps).toBe(1)
  })
})

describe('an outage of the store', () => {
  it('is served from memory, and what was invalidated in it stays so after it', async () => {
    const clock = createManualClock()
    const store = new FragileStore()
    const { here, there } = createPair({ store, clock, retryDelay: 100 })
    await here.set('key', 1)
    await here.set('kept', 1)
    await there.get('key')
    store.failure = new Error('connection lost')

    await expect(here.get('kept')).resolves.toBe(1)
    await here.invalidate({ key: 'key' })
    await expect(here.get('key')).resolves.toBeUndefined()
    await expect(there.get('key')).resolves.toBeUndefined()
    await expect(here.getOrSet('other', () => 2)).resolves.toBe(2)
    await expect(here.get('other')).resolves.toBe(2)
    await here.set('set', 3)
    await expect(here.get('set')).resolves.toBe(3)

    store.failure = undefined
    await clock.advance(100)
    await expect(here.get('key')).resolves.toBeUndefined()
    await expect(there.get('key')).resolves.toBeUndefined()
    await expect(createCache({ store, clock }).get('key')).resolves.toBeUndefined()
    await expect(createCache({ store, clock }).get('kept')).resolves.toBe(1)
  })

  it('delivers invalidations by itself when it is over', async () => {
    const clock = createManualClock()
    const store = new FragileStore()
    const cache = createCache({ store, clock, retryDelay: 100 })
    await cache.set('key', 1)
    store.failure = new Error('connection lost')
    await cache.invalidate({ key: 'key' })
    await clock.advance(1_000)
    store.failure = undefined
    await clock.advance(100)
    await expect(createCache({ store, clock }).get('key')).resolves.toBeUndefined()
    expect(clock.waiting).toBe(0)
  })

  it('fails what needs the store, if that is asked for', async () => {
    const clock = createManualClock()
    const store = new FragileStore()
    const cache = createCache({ store, clock, onOutage: 'fail' })
    await cache.set('held', 1)
    const cause = new Error('connection lost')
    store.failure = cause
    await expect(cache.get('held')).resolves.toBe(1)
    await expect(cache.get('other')).rejects.toThrow(new CacheStoreError('read', cause))
    await expect(cache.getOrSet('other', () => 1)).rejects.toMatchObject({ code: 'cache_store_unavailable', cause })
    await expect(cache.set('held', 2)).rejects.toThrow(CacheStoreError)
    await expect(cache.invalidate({ tag: 't' })).rejects.toThrow(new CacheStoreError('invalidate', cause))
    await cache.close()
    expect(new CacheStoreError('read', cause).message).toBe(
      'Expected to read in the store of the cache, but it failed. Check that it runs, or set "onOutage" to "memory".',
    )
  })

  it('leaves the store alone for a while', async () => {
    const clock = createManualClock()
    const store = new FragileStore()
    const cache = createCache({ store, clock, retryDelay: 100 })
    store.failure = new Error('connection lost')
    await cache.get('a')
    await cache.get('b')
    expect(cache.statistics().storeFailures).toBe(1)
    await clock.advance(100)
    await cache.get('c')
    expect(cache.statistics().storeFailures).toBe(2)
  })

  it('begins when the store does not answer in time', async () => {
    const clock = createManualClock()
    const store = {
      get: async () => new Promise(() => {}),
      set: async () => true,
      delete: async () => true,
      clear: async () => {},
    }
    const cache = createCache({ store, clock, timeout: 50 })
    const reading = cache.getOrSet('key', () => 1)
    await clock.advance(50)
    await expect(reading).resolves.toBe(1)
  })
})

describe('processes whose clocks differ', () => {
  it.each([-7_200_000, 7_200_000])('by %d ms give nothing that was invalidated', async (skew) => {
    const map = new Map<string, unknown>()
    const bus = createBus<CacheEvents>()
    const now = Date.now()
    const here = createCache({ store: map, bus, clock: createManualClock({ now }) })
    const there = createCache({ store: map, bus, clock: createManualClock({ now: now + skew }) })
    for (const [writer, reader] of [[here, there] as const, [there, here] as const]) {
      await writer.set('key', 'old', { ttl: 60_000, tags: ['tag'] })
      await reader.get('key')
      await writer.invalidate({ tag: 'tag' })
      await expect(reader.get('key')).resolves.toBeUndefined()
    }
  })
})

describe('an outage of the bus', () => {
  it('is waited out: the invalidation is told afterwards', async () => {
    const clock = createManualClock()
    const { here: listener, bus, map } = createPair({ clock })
    let isDown = true
    const fragile: Bus<CacheEvents> = {
      ...bus,
      publish: async (...message) => {
        if (isDown) throw new Error('connection lost')
        await bus.publish(...message)
      },
    }
    const cache = createCache({ store: map, bus: fragile, clock, retryDelay: 100 })
    const strict = createCache({ store: map, bus: fragile, clock, onOutage: 'fail' })
    await cache.set('key', 1)
    await listener.get('key')
    await cache.invalidate({ key: 'key' })
    await expect(strict.invalidate({ key: 'other' })).rejects.toThrow(CacheBusError)
    await expect(listener.get('key')).resolves.toBe(1)
    isDown = false
    await clock.advance(100)
    await expect(listener.get('key')).resolves.toBeUndefined()
    expect(cache.statistics().busFailures).toBeGreaterThanOrEqual(1)
    await strict.close()
  })

  it('holds up no close, though the bus never answers and listens to no signal', async () => {
    const clock = createManualClock()
    const cache = createCache({ bus: { ...createBus<CacheEvents>(), subscribe: hang }, clock, timeout: 50 })
    await clock.advance(50)
    expect(cache.statistics().busFailures).toBe(1)
    const closing = cache.close()
    await clock.advance(50)
    await expect(closing).resolves.toBeUndefined()
  })

  it('at the beginning is waited out too, and memory emptied when it is over', async () => {
    const clock = createManualClock()
    const bus = createBus<CacheEvents>()
    let isDown = true
    const fragile: Bus<CacheEvents> = {
      ...bus,
      subscribe: async (...topic) => {
        if (isDown) throw new Error('no connection')
        return bus.subscribe(...topic)
      },
    }
    const cache = createCache<number>({ bus: fragile, clock, timeout: 50, retryDelay: 100 })
    const first = cache.getOrSet('key', () => 1)
    await clock.advance(50)
    await expect(first).resolves.toBe(1)
    isDown = false
    await clock.advance(100)
    await expect(cache.get('key')).resolves.toBeUndefined()
    await cache.close()
  })
})
