import { deepEqual, equal, notEqual } from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import type { Cache } from './cache.ts'
import type { CacheStore } from './cache-store.ts'
import { createCache } from './create-cache.ts'

/** One promise of a store: `run` rejects if it is not kept. */
export interface StoreCase {
  readonly name: string
  /** Rejects with an `AssertionError` that says what came instead. */
  run(): Promise<void>
}

/** The store under test. */
export interface StoreCasesOptions {
  /**
   * Two ways to one store, as two processes have them: for a store in memory, twice the same object. Each case uses a
   * namespace of its own and leaves the store open.
   */
  connect(): readonly [CacheStore, CacheStore] | Promise<readonly [CacheStore, CacheStore]>
  /**
   * Whether the store removes by itself what is over. Say `false` for one that does not, as a `Map`: the case about that
   * is then left out. The cache never gives what is over, but nothing else makes room in such a store. Default: `true`.
   */
  readonly expires?: boolean | undefined
  /**
   * What the namespaces of the caches begin with, and so all keys in the store: where others use the store, too, it tells
   * what to remove at the end. Default: `conformance`.
   */
  readonly namespace?: string | undefined
}

const values: readonly unknown[] = [
  null,
  false,
  0,
  -1.5e300,
  '',
  ':base64:x',
  'a\0b\r\n\uFEFF"\\ 😀 e\u0301',
  [],
  [[null], {}],
  JSON.parse('{"__proto__": {"x": 1}, "constructor": 2, "": 3}'),
  'x'.repeat(1_000_000),
]

const keys: readonly string[] = [
  '',
  ' ',
  'a',
  'A',
  'a:b',
  'a*',
  'a\0b\r\n',
  '__proto__',
  'constructor',
  '../a',
  '%',
  '\uD800',
  '\uDFFF',
  '日本 😀',
  'e\u0301',
  'é',
  'x'.repeat(500),
]

const never = (): never => {
  throw new Error('The value should have come from the store.')
}

/** What a cache needs of a store, for any test runner: `for (const { name, run } of storeCases({ connect })) it(name, run)`. */
export function storeCases({
  connect,
  expires = true,
  namespace: beginning = 'conformance',
}: StoreCasesOptions): StoreCase[] {
  /** A case with a cache on each way, whose memory does not hear of the other, and a way to get one that is empty. */
  function withCaches(name: string, run: (here: Cache, there: Cache, empty: () => Cache) => Promise<void>): StoreCase {
    return {
      name,
      async run() {
        const [first, second] = await connect()
        const namespace = `${beginning}-${crypto.randomUUID()}`
        const caches: Cache[] = []
        const open = (store: CacheStore): Cache => {
          const cache = createCache({ store, namespace, onOutage: 'fail', timeout: 10_000 })
          caches.push(cache)
          return cache
        }
        try {
          await run(open(first), open(second), () => open(second))
        } finally {
          await Promise.all(caches.map((cache) => cache.close()))
        }
      },
    }
  }

  const expiring: StoreCase = {
    name: 'removes by itself what is over',
    async run() {
      const [store] = await connect()
      const namespace = `${beginning}-${crypto.randomUUID()}`
      await using cache = createCache({ store, namespace, onOutage: 'fail', timeout: 10_000 })
      await cache.set('short', 1, { ttl: 20 })
      await cache.set('long', 1)
      const find = async (key: string): Promise<unknown> => (await store.get(`${namespace}:e:${key}`)) ?? undefined
      // It is the store's own clock that counts. It has 100 times as long as it should need.
      const end = Date.now() + 2_000
      while ((await find('short')) !== undefined && Date.now() < end) await setTimeout(5)
      equal(await find('short'), undefined)
      notEqual(await find('long'), undefined)
    },
  }

  return [
    ...(expires ? [expiring] : []),

    {
      name: 'keeps caches of different namespaces apart',
      async run() {
        const [store] = await connect()
        const one = `${beginning}-${crypto.randomUUID()}-a`
        const namespaces = [one, `${one}:e`, one.replace(/a$/, 'A'), `${one}-2`]
        const open = (namespace: string): Cache => createCache({ store, namespace, onOutage: 'fail', timeout: 10_000 })
        for (const namespace of namespaces) {
          await using cache = open(namespace)
          await cache.set('key', namespace, { tags: ['tag'] })
        }
        await using first = open(namespaces[0] ?? '')
        await first.invalidate({ tag: 'tag' })
        for (const [index, namespace] of namespaces.entries()) {
          await using cache = open(namespace)
          equal(await cache.get('key'), index === 0 ? undefined : namespace)
        }
      },
    },

    withCaches('gives every value to the other process as it was', async (here, there) => {
      for (const [index, value] of values.entries()) {
        await here.set(`key ${index}`, value as never)
        deepEqual(await there.get(`key ${index}`), value)
      }
    }),

    withCaches('keeps keys and tags apart', async (here, there, empty) => {
      for (const key of keys) await here.set(key, `value of ${key}`, { tags: [key] })
      for (const key of keys) equal(await there.get(key), `value of ${key}`)
      await here.invalidate({ tag: keys.slice(1) })
      const left = empty()
      for (const key of keys) equal(await left.get(key), key === keys[0] ? `value of ${key}` : undefined)
    }),

    withCaches('keeps that there is no value', async (here, there) => {
      await here.getOrSet('key', () => undefined, { negativeTtl: 60_000 })
      equal(await there.getOrSet('key', never), undefined)
    }),

    withCaches('gives up a value when its time is over', async (here, _there, empty) => {
      await here.set('short', 1, { ttl: 1 })
      await here.set('long', 2, { ttl: 60_000 })
      while ((await empty().get('short')) !== undefined);
      equal(await empty().get('long'), 2)
    }),

    withCaches('forgets what was invalidated by key, tag and dependency', async (here, _there, empty) => {
      for (const target of [{ key: 'key' }, { tag: 'tag' }, { dependency: 'source' }, { key: 'source' }]) {
        await here.set('key', 1, { tags: ['tag', 'other'], dependsOn: ['source'] })
        await here.set('kept', 2, { tags: ['other'] })
        await empty().invalidate(target)
        equal(await empty().get('key'), undefined)
        equal(await empty().get('kept'), 2)
      }
    }),

    withCaches('forgets a namespace that was cleared', async (here, there, empty) => {
      await here.set('key', 1)
      await here.namespace('inner').set('key', 2)
      await there.namespace('inner').clear()
      equal(await empty().get('key'), 1)
      equal(await empty().namespace('inner').get('key'), undefined)
      await there.clear()
      equal(await empty().get('key'), undefined)
    }),

    withCaches('does not keep what was loaded before an invalidation', async (here, there, empty) => {
      const started = Promise.withResolvers<void>()
      const gate = Promise.withResolvers<string>()
      const load = (): Promise<string> => {
        started.resolve()
        return gate.promise
      }
      const loading = here.getOrSet('key', load, { tags: ['tag'] })
      await started.promise
      await there.invalidate({ tag: 'tag' })
      gate.resolve('old')
      equal(await loading, 'old')
      equal(await empty().get('key'), undefined)
      equal(await there.getOrSet('key', () => 'new', { tags: ['tag'] }), 'new')
      equal(await empty().get('key'), 'new')
    }),

    withCaches('gives the value that was set last', async (here, there, empty) => {
      for (let round = 0; round < 10; round++) {
        const writer = round % 2 === 0 ? here : there
        await writer.set('key', round)
        equal(await empty().get('key'), round)
      }
    }),

    withCaches('keeps many values that are loaded at the same time', async (here, there) => {
      const names = Array.from({ length: 300 }, (_, index) => `key ${index}`)
      await Promise.all(names.map((name) => here.getOrSet(name, () => name, { tags: ['tag'] })))
      deepEqual(await Promise.all(names.map((name) => there.getOrSet(name, never))), names)
    }),
  ]
}
