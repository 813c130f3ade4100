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

describe.each<[string, CacheStore]>([
  ['a Map', new Map<string, unknown>()],
  ['a Keyv', keyv],
  ['an adapter of Keyv', adapter],
])('%s', (_, store) => {
  it.each(storeCases({ connect: () => [store, store] }))('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })
})
