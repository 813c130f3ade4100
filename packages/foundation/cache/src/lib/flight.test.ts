import { createBus } from '@empire/bus'
import { describe, expect, it } from 'vitest'
import type { Cache } from './cache.ts'
import { CacheClosedError } from './cache-closed-error.ts'
import { createCache } from './create-cache.ts'
import { LoadCycleError } from './load-cycle-error.ts'

const never = (): Promise<never> => new Promise(() => {})

describe('a load that needs its own value', () => {
  const message =
    'Expected a load that does not need its own value, but it asked the cache for the key that it is loading, by itself or through another load. Load the parts under keys of their own.'

  it('is refused instead of waiting for ever', async () => {
    const cache = createCache<number>()
    const error = new LoadCycleError()
    expect(error).toMatchObject({ message, code: 'load_cycle', retryable: false })
    const inner = (): Promise<number> => cache.getOrSet('key', () => 1)
    await expect(cache.getOrSet('key', inner)).rejects.toThrow(error)
    await expect(cache.getOrSet('key', async () => inner())).rejects.toThrow(error)
    await expect(cache.getOrSet('key', () => Promise.resolve().then(inner))).rejects.toThrow(error)
    await expect(cache.getOrSet('key', inner, { hardTimeout: 1_000 })).rejects.toThrow(error)
    await expect(cache.getOrSet('key', () => 2)).resolves.toBe(2)
  })

  it('is refused through other keys, namespaces and caches', async () => {
    const cache = createCache<number>()
    const part = cache.namespace<number>('part')
    const other = createCache<number>()
    const load = (): Promise<number> =>
      cache.getOrSet('a', () => part.getOrSet('b', async () => other.getOrSet('c', load)))
    await expect(load()).rejects.toThrow(LoadCycleError)
  })

  it('is refused when two loads meet that began apart', async () => {
    const cache = createCache<number>()
    const gate = Promise.withResolvers<void>()
    const ask = (key: string, other: string): Promise<number> =>
      cache.getOrSet(key, async () => {
        await gate.promise
        return cache.getOrSet(other, never)
      })
    const outcomes = Promise.allSettled([ask('a', 'b'), ask('b', 'a')])
    gate.resolve()
    for (const outcome of await outcomes) expect(outcome).toMatchObject({ reason: new LoadCycleError() })
  })

  it('is not mistaken for loads that share a part, nor for one that asks again later', async () => {
    const cache = createCache<number>()
    const part = (): Promise<number> => cache.getOrSet('part', async () => Promise.resolve(1))
    const ask = (key: string): Promise<number> => cache.getOrSet(key, async () => (await part()) + (await part()))
    await expect(Promise.all([ask('a'), ask('b'), part()])).resolves.toEqual([2, 2, 1])
    const later = await createCache<() => Promise<number>>().getOrSet('ask', () => () => ask('c'))
    await expect(later()).resolves.toBe(2)
  })

  it('may read and set its own key', async () => {
    const cache = createCache<number>()
    const load = async (): Promise<number> => {
      await cache.set('key', 1)
      return (await cache.get('key')) ?? 0
    }
    await expect(cache.getOrSet('key', load)).resolves.toBe(1)
  })
})

describe('a signal', () => {
  it('is heard when the load itself aborts it', async () => {
    const controller = new AbortController()
    const load = (): Promise<never> => {
      controller.abort('enough')
      return never()
    }
    await expect(createCache().getOrSet('key', load, { signal: controller.signal })).rejects.toBe('enough')
  })

  it.each(['get', 'set', 'invalidate'] as const)('is heard when it is aborted while %s begins', async (method) => {
    const controller = new AbortController()
    const bus = createBus()
    const cache = createCache({
      bus: { ...bus, subscribe: never },
      // What runs first is the clock, or the ids: either may belong to the application.
      clock: { now: () => (controller.abort('enough'), 0), sleep: never },
    })
    const { signal } = controller
    const calls = {
      get: () => cache.get('key', { signal }),
      set: () => cache.set('key', 1, { signal }),
      invalidate: () => cache.invalidate({ key: 'key' }, { signal }),
    }
    controller.abort('enough')
    await expect(calls[method]()).rejects.toBe('enough')
  })

  it('is listened to once, however many wait on it, and let alone after that', async () => {
    const { signal } = new AbortController()
    let listeners = 0
    let most = 0
    const { addEventListener, removeEventListener } = signal
    signal.addEventListener = (...parameters: Parameters<typeof addEventListener>) => {
      most = Math.max(most, ++listeners)
      addEventListener.apply(signal, parameters)
    }
    signal.removeEventListener = (...parameters: Parameters<typeof removeEventListener>) => {
      listeners--
      removeEventListener.apply(signal, parameters)
    }
    const cache = createCache<number>()
    const gate = Promise.withResolvers<number>()
    const asked = Array.from({ length: 1_000 }, () => cache.getOrSet('key', () => gate.promise, { signal }))
    gate.resolve(1)
    await Promise.all(asked)
    expect([most, listeners]).toEqual([1, 0])
  })
})

describe('close', () => {
  it('ends the wait for loads that do not listen, replaced ones and sets too', async () => {
    const store = { get: never, set: never, delete: never, clear: never }
    const caches: Cache<number>[] = [createCache(), createCache({ store, clock: { now: () => 0, sleep: never } })]
    for (const cache of caches) {
      const waiting = [cache.getOrSet('key', never), cache.set('other', 1)]
      void cache.invalidate({ key: 'key' }).catch(() => {})
      waiting.push(cache.getOrSet('key', never))
      // It waits itself for the store, which never answers, but nobody has to wait for it.
      void cache.close()
      for (const outcome of await Promise.allSettled(waiting)) {
        expect(outcome).toMatchObject({ reason: new CacheClosedError() })
      }
    }
  })
})
