import { createManualClock } from '@empire/test-support/clock'
import { describe, expect, it } from 'vitest'
import { CacheClosedError } from './cache-closed-error.ts'
import { createCache } from './create-cache.ts'

/** A load that says how often it was called. */
function countLoads<Value>(value: Value) {
  const load = async (): Promise<Value> => {
    load.calls++
    return value
  }
  load.calls = 0
  return load
}

const strangeKeys = [
  '',
  ' ',
  '\0',
  '\0/a',
  '__proto__',
  'constructor',
  '\uD800',
  '\uDC00',
  '%',
  'a/b',
  '😀',
  'e\u0301',
  'é',
]

describe('get and set', () => {
  it('gives what was set, and undefined for what was not', async () => {
    const cache = createCache<string>()
    await cache.set('greeting', 'hello')
    await expect(cache.get('greeting')).resolves.toBe('hello')
    await expect(cache.get('farewell')).resolves.toBeUndefined()
  })

  it('gives the very value, null and falsy ones too', async () => {
    const cache = createCache()
    for (const value of [null, 0, '', false, Number.NaN, { a: 1 }]) {
      await cache.set('key', value)
      await expect(cache.get('key')).resolves.toBe(value)
    }
  })

  it('keeps keys apart, however strange', async () => {
    const cache = createCache<string>()
    const inner = cache.namespace<string>('a')
    for (const key of strangeKeys) {
      await cache.set(key, `outer ${key}`)
      await inner.set(key, `inner ${key}`)
    }
    for (const key of strangeKeys) {
      await expect(cache.get(key)).resolves.toBe(`outer ${key}`)
      await expect(inner.get(key)).resolves.toBe(`inner ${key}`)
    }
  })

  it('forgets a value when its time is over', async () => {
    const clock = createManualClock()
    const cache = createCache({ clock })
    await cache.set('key', 1, { ttl: 1_000 })
    await clock.advance(999)
    await expect(cache.get('key')).resolves.toBe(1)
    await clock.advance(1)
    await expect(cache.get('key')).resolves.toBeUndefined()
  })

  it('takes a random share off the time of each value', async () => {
    const clock = createManualClock()
    const cache = createCache({ clock, ttl: 1_000, jitter: 0.2, random: () => 0.5 })
    await cache.set('key', 1)
    await clock.advance(899)
    await expect(cache.get('key')).resolves.toBe(1)
    await clock.advance(1)
    await expect(cache.get('key')).resolves.toBeUndefined()
  })

  it.each([
    [0, 1_000],
    [0.25, 950],
    [1 - 2 ** -53, 800],
  ])('with jitter keeps within its bounds: random %d', async (random, lasts) => {
    const clock = createManualClock()
    const cache = createCache({ clock, ttl: 1_000, jitter: 0.2, random: () => random })
    await cache.set('key', 1)
    await clock.advance(lasts - 1)
    await expect(cache.get('key')).resolves.toBe(1)
    await clock.advance(1)
    await expect(cache.get('key')).resolves.toBeUndefined()
  })

  it('gives up what was used least recently', async () => {
    const cache = createCache({ memory: { entries: 2 } })
    await cache.set('a', 1)
    await cache.set('b', 2)
    await cache.get('a')
    await cache.set('c', 3)
    expect([await cache.get('a'), await cache.get('b'), await cache.get('c')]).toEqual([1, undefined, 3])
    expect(cache.statistics().evictions).toBe(1)
  })

  it('holds as many bytes as it is told to, and no value that alone is larger', async () => {
    const cache = createCache<string>({ memory: { bytes: 1_000 } })
    await cache.set('a', 'x'.repeat(300))
    await cache.set('b', 'x'.repeat(300))
    await cache.set('huge', 'x'.repeat(1_000), { tags: ['t'] })
    expect(await cache.get('a')).toBeUndefined()
    expect(await cache.get('b')).toHaveLength(300)
    expect(await cache.get('huge')).toBeUndefined()
  })

  it('measures values as it is told to', async () => {
    const cache = createCache<number>({ memory: { bytes: 10, sizeOf: (value) => Number(value) } })
    await cache.set('a', 6)
    await cache.set('b', 6)
    expect([await cache.get('a'), await cache.get('b')]).toEqual([undefined, 6])
  })

  it.each([Number.NaN, -1, Infinity, '5'])('refuses a size of %s, and says whose it is', async (size) => {
    const cache = createCache({ memory: { bytes: 10, sizeOf: () => size as number } })
    await expect(cache.set('a', 1)).rejects.toThrow(/^"sizeOf" must return a number of bytes, 0 or more, got a /)
  })

  it('refuses to guess the size of what has no JSON text', async () => {
    const cache = createCache({ memory: { bytes: 1_000 } })
    await expect(cache.set('a', 1n)).rejects.toThrow(
      new TypeError(
        'A value without a JSON text cannot be measured, and "bytes" limits the memory. Say with "sizeOf" how large it is.',
      ),
    )
  })

  it('can be read at once in the process that sets', async () => {
    const cache = createCache<number>()
    void cache.set('key', 1)
    await expect(cache.get('key')).resolves.toBe(1)
  })
})

describe('getOrSet', () => {
  it('loads once for a thousand callers', async () => {
    const cache = createCache<number>()
    const load = countLoads(7)
    const values = await Promise.all(Array.from({ length: 1_000 }, () => cache.getOrSet('key', load)))
    expect(new Set(values)).toEqual(new Set([7]))
    await expect(cache.getOrSet('key', load)).resolves.toBe(7)
    expect(load.calls).toBe(1)
    expect(cache.statistics()).toMatchObject({ loads: 1, misses: 1, memoryHits: 1 })
  })

  it('takes a load that is not asynchronous', async () => {
    await expect(createCache<number>().getOrSet('key', () => 3)).resolves.toBe(3)
  })

  it('throws what the load throws to all who wait, and does not keep it', async () => {
    const cache = createCache<number>()
    const failure = new Error('no answer')
    let calls = 0
    const load = async (): Promise<number> => {
      if (++calls === 1) throw failure
      return calls
    }
    const outcomes = await Promise.allSettled([cache.getOrSet('key', load), cache.getOrSet('key', load)])
    expect(outcomes).toEqual([
      { status: 'rejected', reason: failure },
      { status: 'rejected', reason: failure },
    ])
    await expect(cache.getOrSet('key', load)).resolves.toBe(2)
    expect(cache.statistics().loadFailures).toBe(1)
  })

  it('does not keep that there is no value', async () => {
    const cache = createCache<number | undefined>()
    const load = countLoads(undefined)
    await cache.getOrSet('key', load)
    await cache.getOrSet('key', load)
    expect(load.calls).toBe(2)
  })

  it('keeps that there is no value, for a time of its own', async () => {
    const clock = createManualClock()
    const cache = createCache<number | undefined>({ clock })
    const load = countLoads(undefined)
    await cache.getOrSet('key', load, { ttl: 1_000, negativeTtl: 100 })
    await expect(cache.getOrSet('key', load)).resolves.toBeUndefined()
    expect(load.calls).toBe(1)
    await clock.advance(100)
    await cache.getOrSet('key', load)
    expect(load.calls).toBe(2)
  })

  it.each([null, 0, '', false, Number.NaN])('keeps %s like any other value', async (value) => {
    const cache = createCache()
    const load = countLoads(value)
    await cache.getOrSet('key', load)
    await expect(cache.getOrSet('key', load)).resolves.toBe(value)
    expect(load.calls).toBe(1)
  })

  it('throws whatever the load throws, undefined too', async () => {
    const cache = createCache<number>()
    await expect(cache.getOrSet('key', () => Promise.reject(undefined))).rejects.toBeUndefined()
    await expect(cache.getOrSet('key', () => 1)).resolves.toBe(1)
  })

  it('gives a value that is set while another one is loaded', async () => {
    const cache = createCache<string>()
    const gate = Promise.withResolvers<string>()
    const loaded = cache.getOrSet('key', () => gate.promise)
    await cache.set('key', 'set')
    gate.resolve('loaded')
    await expect(loaded).resolves.toBe('loaded')
    await expect(cache.get('key')).resolves.toBe('set')
  })
})

describe('invalidate', () => {
  it('ends a key', async () => {
    const cache = createCache<number>()
    await cache.set('a', 1)
    await cache.set('b', 2)
    await cache.invalidate({ key: 'a' })
    expect([await cache.get('a'), await cache.get('b')]).toEqual([undefined, 2])
  })

  it('ends everything under a tag', async () => {
    const cache = createCache<number>()
    await cache.set('a', 1, { tags: ['x', 'y'] })
    await cache.set('b', 2, { tags: ['y'] })
    await cache.set('c', 3, { tags: ['x'] })
    await cache.invalidate({ tag: 'y' })
    expect([await cache.get('a'), await cache.get('b'), await cache.get('c')]).toEqual([undefined, undefined, 3])
  })

  it('ends what depends on a key, and on that, and so on', async () => {
    const cache = createCache<number>()
    await cache.set('c', 1)
    await cache.set('b', 2, { dependsOn: ['c'] })
    await cache.set('a', 3, { dependsOn: ['b'] })
    await cache.invalidate({ key: 'c' })
    expect([await cache.get('a'), await cache.get('b'), await cache.get('c')]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  it('leaves a dependency itself alone', async () => {
    const cache = createCache<number>()
    await cache.set('source', 1)
    await cache.set('derived', 2, { dependsOn: ['source'] })
    await cache.invalidate({ dependency: 'source' })
    expect([await cache.get('source'), await cache.get('derived')]).toEqual([1, undefined])
  })

  it('takes several names at once', async () => {
    const cache = createCache<number>()
    await cache.set('a', 1)
    await cache.set('b', 2, { tags: ['t'] })
    await cache.set('c', 3, { dependsOn: ['d'] })
    await cache.invalidate({ key: ['a', 'other'], tag: ['t'], dependency: 'd' })
    expect([await cache.get('a'), await cache.get('b'), await cache.get('c')]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  it('holds from the call on', async () => {
    const cache = createCache<number>()
    await cache.set('a', 1)
    void cache.invalidate({ key: 'a' })
    await expect(cache.get('a')).resolves.toBeUndefined()
  })

  it('gives a value that is being loaded to those who had asked, and loads anew for the others', async () => {
    const cache = createCache<string>()
    const gates = [Promise.withResolvers<string>(), Promise.withResolvers<string>()]
    let calls = 0
    const load = (): Promise<string> => (gates[calls++] as PromiseWithResolvers<string>).promise
    const before = cache.getOrSet('key', load)
    await cache.invalidate({ key: 'key' })
    const after = cache.getOrSet('key', load)
    gates[1]?.resolve('new')
    gates[0]?.resolve('old')
    expect([await before, await after, await cache.get('key')]).toEqual(['old', 'new', 'new'])
    expect(cache.statistics().outdatedLoads).toBe(1)
  })

  it('is not undone by a set of a dependency: that invalidates too', async () => {
    const cache = createCache<number>()
    await cache.set('derived', 2, { dependsOn: ['source'] })
    await cache.set('source', 1)
    await expect(cache.get('derived')).resolves.toBeUndefined()
  })

  it('survives dependencies in a circle', async () => {
    const cache = createCache<number>()
    await cache.set('a', 1, { dependsOn: ['a', 'b'] })
    await cache.set('b', 2, { dependsOn: ['a'] })
    await cache.invalidate({ key: 'b' })
    expect([await cache.get('a'), await cache.get('b')]).toEqual([undefined, undefined])
  })
})

describe('namespace', () => {
  it('has keys and tags of its own', async () => {
    const cache = createCache<number>()
    const users = cache.namespace<number>('users')
    await cache.set('a', 1, { tags: ['t'] })
    await users.set('a', 2, { tags: ['t'] })
    await users.invalidate({ tag: 't' })
    expect([await cache.get('a'), await users.get('a')]).toEqual([1, undefined])
  })

  it('is the same under the same name', async () => {
    const cache = createCache<number>()
    await cache.namespace<number>('users').set('a', 1)
    await expect(cache.namespace('users').get('a')).resolves.toBe(1)
  })

  it('is not confused with one whose name looks alike', async () => {
    const cache = createCache<number>()
    await cache.namespace<number>('a').namespace<number>('b').set('c', 1)
    await expect(cache.namespace('a.b').get('c')).resolves.toBeUndefined()
    await expect(cache.namespace('a/b').get('c')).resolves.toBeUndefined()
    await expect(cache.namespace('a').get('b/c')).resolves.toBeUndefined()
  })

  it('is cleared with those within it, and with the one around it', async () => {
    const cache = createCache<number>()
    const outer = cache.namespace<number>('outer')
    const inner = outer.namespace<number>('inner')
    const fill = (): Promise<unknown> => Promise.all([cache, outer, inner].map((part) => part.set('a', 1)))
    const read = (): Promise<unknown> => Promise.all([cache, outer, inner].map((part) => part.get('a')))
    await fill()
    await inner.clear()
    await expect(read()).resolves.toEqual([1, 1, undefined])
    await fill()
    await outer.clear()
    await expect(read()).resolves.toEqual([1, undefined, undefined])
    await fill()
    await cache.clear()
    await expect(read()).resolves.toEqual([undefined, undefined, undefined])
  })
})

describe('close', () => {
  it('aborts loads and refuses what comes after', async () => {
    const cache = createCache<number>()
    const loading = cache.getOrSet(
      'key',
      ({ signal }) => new Promise<number>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    )
    await cache.set('other', 1)
    await Promise.all([cache.close(), cache.close()])
    await expect(loading).rejects.toThrow(CacheClosedError)
    await expect(cache.get('other')).rejects.toThrow(new CacheClosedError())
    await expect(cache.getOrSet('key', () => 1)).rejects.toThrow(CacheClosedError)
    await expect(cache.set('key', 1)).rejects.toThrow(CacheClosedError)
    await expect(cache.invalidate({ key: 'key' })).rejects.toThrow(CacheClosedError)
    await expect(cache.clear()).rejects.toThrow(CacheClosedError)
  })

  it('happens at the end of a block', async () => {
    let left
    {
      await using cache = createCache()
      left = cache
    }
    await expect(left.get('key')).rejects.toThrow(CacheClosedError)
  })
})

const load = (): number => 1

describe('wrong arguments', () => {
  const cache = createCache<unknown>()

  it.each([
    [() => cache.get(1 as never), '"key" must be a string, got a number (1).'],
    [() => cache.get('a', { signal: 1 } as never), '"signal" must be an AbortSignal, got a number (1).'],
    [() => cache.getOrSet(undefined as never, load), '"key" must be a string, got undefined.'],
    [() => cache.getOrSet('a', 5 as never), '"load" must be a function, got a number (5).'],
    [
      () => cache.getOrSet('a', load, { ttl: 0 }),
      '"ttl" must be a positive number of milliseconds, or Infinity, got a number (0).',
    ],
    [
      () => cache.getOrSet('a', load, { ttl: Number.NaN }),
      '"ttl" must be a positive number of milliseconds, or Infinity, got a number (NaN).',
    ],
    [
      () => cache.getOrSet('a', load, { tags: 'x' as never }),
      '"tags" must be an array of strings, got a string ("x").',
    ],
    [
      () => cache.getOrSet('a', load, { dependsOn: [1] as never }),
      '"dependsOn" must be an array of strings, got an array.',
    ],
    [
      () => cache.getOrSet('a', load, { softTimeout: 5 }),
      '"softTimeout" needs "staleIfError": how old a value may be that is given when it has passed.',
    ],
    [() => cache.getOrSet('a', load, { tll: 5 } as never), '"options" has no key "tll". Did you mean "ttl"?'],
    [() => cache.set('a', undefined as never), '"value" must not be undefined. To remove a value, invalidate its key.'],
    [() => cache.set('a', Promise.resolve(1)), '"value" must be a value, got a promise (is an "await" missing?).'],
    [() => cache.set('a', 1, null as never), '"options" must be an object, got null.'],
    [() => cache.invalidate('a' as never), '"target" must be an object, got a string ("a").'],
    [() => cache.invalidate({}), '"target" must name a key, a tag or a dependency, got none of them.'],
    [() => cache.invalidate({ keys: 'a' } as never), '"options" has no key "keys". Did you mean "key"?'],
    [() => cache.invalidate({ key: 1 as never }), '"key" must be a string or an array of strings, got a number (1).'],
    [async () => cache.namespace(''), '"name" must be a non-empty string, got a string ("").'],
  ])('%s', async (call, message) => {
    await expect(call()).rejects.toThrow(new TypeError(message))
  })

  it.each([
    [{ ttl: -1 }, '"ttl" must be a positive number of milliseconds, or Infinity, got a number (-1).'],
    [{ memory: { entries: 1.5 } }, '"entries" must be a whole number of at least 1, got a number (1.5).'],
    [{ memory: { size: 1 } }, '"options" has no key "size". Known: entries, bytes, sizeOf, ttl.'],
    [{ jitter: 2 }, '"jitter" must be a number from 0 to 1, got a number (2).'],
    [{ namespace: '' }, '"namespace" must be a non-empty string, got a string ("").'],
    [{ onOutage: 'ignore' }, '"onOutage" must be "memory" or "fail", got a string ("ignore").'],
    [{ store: {} }, '"store" must be a Keyv, a storage adapter of Keyv or a Map, got an object without their methods.'],
    [{ bus: {} }, '"bus" must have a method publish(), got undefined there.'],
    [{ clock: { now: Date.now } }, '"clock" must have a method sleep(), got undefined there.'],
    [{ stores: new Map() }, /^"options" has no key "stores"\./],
  ])('createCache(%o)', (options, message) => {
    expect(() => createCache(options as never)).toThrow(typeof message === 'string' ? new TypeError(message) : message)
  })

  it.each([
    ['get', (signal: AbortSignal) => cache.get('a', { signal })],
    ['getOrSet', (signal: AbortSignal) => cache.getOrSet('a', load, { signal })],
    ['set', (signal: AbortSignal) => cache.set('a', 1, { signal })],
    ['invalidate', (signal: AbortSignal) => cache.invalidate({ key: 'a' }, { signal })],
    ['clear', (signal: AbortSignal) => cache.clear({ signal })],
  ])('%s rejects with the reason of a signal that is aborted before', async (_, call) => {
    const reason = { left: true }
    await expect(call(AbortSignal.abort(reason))).rejects.toBe(reason)
  })
})
