import { createManualClock } from '@empire/test-support/clock'
import { describe, expect, it } from 'vitest'
import { createCache } from './create-cache.ts'

describe('a read', () => {
  it.each(['get', 'getOrSet'] as const)(
    'by %s gives nothing that was invalidated just before it, at whatever turn of a read in progress that is',
    async (method) => {
      // A read of the store in memory is over well before that.
      for (let turns = 0; turns < 80; turns++) {
        const store = new Map<string, unknown>()
        await createCache<string>({ store }).set('key', 'old', { tags: ['tag'] })
        const cache = createCache<string>({ store })
        const read = (): Promise<string | undefined> =>
          method === 'get' ? cache.get('key') : cache.getOrSet('key', () => 'new')
        const first = read()
        for (let turn = 0; turn < turns; turn++) await Promise.resolve()
        const ending = cache.invalidate({ tag: 'tag' })
        expect(await read(), `after ${turns} turns`).toBe(method === 'get' ? undefined : 'new')
        await Promise.all([first, ending])
      }
    },
  )

  it('takes no stale value that memory still holds beyond its time', async () => {
    const clock = createManualClock()
    const cache = createCache<string>({ clock })
    await cache.set('key', 'old', { ttl: 100, retain: 100 })
    const failure = new Error('no answer')
    const read = (): Promise<string> => cache.getOrSet('key', () => Promise.reject(failure), { staleIfError: 10_000 })
    await clock.advance(199)
    await expect(read()).resolves.toBe('old')
    await clock.advance(1)
    await expect(read()).rejects.toBe(failure)
  })

  it('does not put an older value of the store over a newer one in memory', async () => {
    const clock = createManualClock({ now: Date.now() })
    const map = new Map<string, unknown>()
    let gate: Promise<void> | undefined
    const store = {
      get: async (key: string) => {
        const value = map.get(key)
        await gate
        return value
      },
      set: async (key: string, value: unknown) => void map.set(key, value),
      delete: async (key: string) => map.delete(key),
      clear: async () => map.clear(),
    }
    const cache = createCache<string>({ store, clock })
    await cache.set('key', 'old', { ttl: 100, retain: 10_000 })
    await clock.advance(100)
    const held = Promise.withResolvers<void>()
    gate = held.promise
    const slow = cache.get('key')
    await clock.advance(0)
    gate = undefined
    await cache.getOrSet('key', () => 'new', { ttl: 100 })
    held.resolve()
    await slow
    map.clear()
    await expect(cache.get('key')).resolves.toBe('new')
  })
})

describe('a value that depends on another', () => {
  it('is kept again after the store has lost everything', async () => {
    const store = new Map<string, unknown>()
    const cache = createCache<number>({ store })
    let loads = 0
    const load = (): Promise<number> =>
      cache.getOrSet(
        'sum',
        async () => {
          loads++
          return cache.getOrSet('part', () => 1)
        },
        { dependsOn: ['part'] },
      )
    await load()
    await cache.invalidate({ dependency: 'part' })
    store.clear()
    for (let read = 0; read < 5; read++) await expect(load()).resolves.toBe(1)
    expect(loads).toBeLessThanOrEqual(3)
  })
})

describe('the values of a cache with room for few', () => {
  it('are kept though many others come and go while they are loaded', async () => {
    const cache = createCache<number>({ memory: { entries: 10 } })
    const gate = Promise.withResolvers<number>()
    const slow = cache.getOrSet('slow', () => gate.promise)
    for (let index = 0; index < 11_000; index++) void cache.getOrSet(`key ${index}`, () => index, { tags: ['tag'] })
    gate.resolve(1)
    await slow
    await expect(cache.get('slow')).resolves.toBe(1)
  })

  it('end with a dependency that was given up while they were loaded, since nobody knows what it depended on', async () => {
    const cache = createCache<number>({ memory: { entries: 1 } })
    const gate = Promise.withResolvers<void>()
    const asked = Promise.withResolvers<void>()
    const slow = cache.getOrSet(
      'slow',
      async () => {
        const part = await cache.getOrSet('part', () => 1, { tags: ['tag'] })
        asked.resolve()
        await gate.promise
        return part
      },
      { dependsOn: ['part'] },
    )
    await asked.promise
    await cache.set('other', 1)
    await cache.invalidate({ tag: 'tag' })
    gate.resolve()
    await expect(slow).resolves.toBe(1)
    await expect(cache.get('slow')).resolves.toBeUndefined()
  })
})
