import { Keyv } from 'keyv'
import { describe, expect, it } from 'vitest'
import type { CacheStore } from './cache-store.ts'
import { storeCases } from './store-cases.ts'

const map = new Map<string, unknown>()
const keyv = new Keyv()
/** The least that an adapter of Keyv must have. */
const adapter = {
  get: async (key: string) => map.get(key),
  set: async (key: string, value: unknown) => void map.set(key, value),
  delete: async (key: string) => map.delete(key),
  clear: async () => map.clear(),
}

describe.each<[string, CacheStore, boolean]>([
  ['a Map', new Map<string, unknown>(), false],
  ['a Keyv', keyv, true],
  ['an adapter of Keyv', adapter, false],
])('%s', (_, store, expires) => {
  it.each(storeCases({ connect: () => [store, store], expires }))('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })
})

/** The least that an adapter must have, with something changed. */
function createStore(change: (map: Map<string, unknown>) => object = () => ({})): CacheStore {
  const data = new Map<string, unknown>()
  return {
    get: async (key: string) => data.get(key),
    set: async (key: string, value: unknown) => void data.set(key, value),
    delete: async (key: string) => data.delete(key),
    clear: async () => data.clear(),
    ...change(data),
  } as CacheStore
}

function renaming(rename: (key: string) => string): CacheStore {
  return createStore((data) => ({
    get: async (key: string) => data.get(rename(key)),
    set: async (key: string, value: unknown) => void data.set(rename(key), value),
    delete: async (key: string) => data.delete(rename(key)),
  }))
}

/** Each way has a copy of its own, which hears of the others' changes only at its next write. */
function lagging(): readonly [CacheStore, CacheStore] {
  const truth = new Map<string, unknown>()
  const connect = (): CacheStore => {
    let seen = new Map(truth)
    const changing = <Result>(change: () => Result): Result => {
      const result = change()
      seen = new Map(truth)
      return result
    }
    return createStore(() => ({
      get: async (key: string) => seen.get(key),
      set: async (key: string, value: unknown) => void changing(() => truth.set(key, value)),
      delete: async (key: string) => changing(() => truth.delete(key)),
    }))
  }
  return [connect(), connect()]
}

describe('storeCases', () => {
  const lossy = createStore((data) => {
    let writes = 0
    return { set: async (key: string, value: unknown) => void (++writes % 5 === 0 || data.set(key, value)) }
  })
  const hoarding = createStore(() => ({ delete: async () => true }))
  const overwritten = createStore((data) => ({
    set: async (key: string, value: unknown) => void (data.has(key) || data.set(key, value)),
  }))
  const narrow = createStore((data) => ({
    set: async (key: string, value: unknown) => void data.set(key, String(value).replaceAll(/[^ -~]/g, '?')),
  }))
  const apart: readonly [CacheStore, CacheStore] = [createStore(), createStore()]

  it.each<[string, readonly [CacheStore, CacheStore]]>([
    ['loses writes', [lossy, lossy]],
    ['deletes nothing', [hoarding, hoarding]],
    ['keeps the first of two values', [overwritten, overwritten]],
    ['knows no other characters than those of ASCII', [narrow, narrow]],
    ['is not the same for two processes', apart],
    ['reads what was there before', lagging()],
  ])('refuse a store that %s', async (_, stores) => {
    await expect(findBroken(stores)).resolves.not.toEqual([])
  })

  it.each([
    [
      'does without namespaces',
      (key: string) => key.slice(key.indexOf(':')),
      'keeps caches of different namespaces apart',
    ],
    ['does not tell cases apart', (key: string) => key.toLowerCase(), 'keeps caches of different namespaces apart'],
    ['cuts long names', (key: string) => key.slice(0, 50), 'keeps keys and tags apart'],
    ['drops characters', (key: string) => key.replaceAll(/[^\w:]/g, ''), 'keeps keys and tags apart'],
  ])('refuse a store that %s', async (_, rename, name) => {
    const store = renaming(rename)
    await expect(findBroken([store, store])).resolves.toContain(name)
  })

  it('refuse a store that keeps what is over, unless that is said', async () => {
    const store = createStore()
    const [expiring] = storeCases({ connect: () => [store, store] })
    expect(expiring?.name).toBe('removes by itself what is over')
    await expect(expiring?.run()).rejects.toThrow('Expected values to be strictly equal')
  })
})

/** The names of the cases that a store fails, up to the first few. */
async function findBroken(stores: readonly [CacheStore, CacheStore]): Promise<string[]> {
  const broken: string[] = []
  for (const { name, run } of storeCases({ connect: () => stores, expires: false })) {
    await run().catch(() => broken.push(name))
    if (broken.length === 3) break
  }
  return broken
}
