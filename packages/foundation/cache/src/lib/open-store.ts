import { describeValue } from '@empire/errors'
import { detectKeyvStorage, Keyv } from 'keyv'
import type { CacheStore } from './cache-store.ts'

/** A text to store, for `ttl` milliseconds or for ever. */
export interface StoreItem {
  readonly key: string
  readonly value: unknown
  readonly ttl: number | undefined
}

/** A store whose failures are failures. */
export interface OpenStore {
  getMany(keys: string[]): Promise<unknown[]>
  setMany(items: readonly StoreItem[]): Promise<void>
  deleteMany(keys: string[]): Promise<void>
  /** Stops listening to the store, which stays open. */
  release(): void
}

const plainJson = {
  stringify: (data: unknown): string => JSON.stringify(data),
  // Whatever else lies under the key is no entry of ours.
  parse<Data>(text: string): Data {
    try {
      return JSON.parse(text) as Data
    } catch {
      return undefined as Data
    }
  },
}

/** One for each store: a Keyv listens to its store for as long as that lives. */
const keyvs = new WeakMap<CacheStore, Keyv>()

/** Opens whatever Keyv can use. */
export function openStore(store: CacheStore): OpenStore {
  const keyv = store instanceof Keyv ? store : keyvOf(store)
  // Keyv answers a failure with "not there" and an event, which is all that tells the two apart. An event of another
  // call at the same time makes this one fail too: that costs a load, where a failure unseen would cost the truth.
  let failures = 0
  let lastError: unknown
  const onError = (error: unknown): void => {
    failures++
    lastError = error
  }
  keyv.on('error', onError)

  async function strictly<Result>(action: () => Promise<Result>): Promise<Result> {
    const before = failures
    const result = await action()
    if (failures !== before) throw lastError
    return result
  }

  return {
    getMany: (keys) => strictly(() => keyv.getMany(keys)),
    async setMany(items) {
      const isStored = await strictly(() =>
        keyv.setMany(items.map(({ key, value, ttl }) => (ttl === undefined ? { key, value } : { key, value, ttl }))),
      )
      if (isStored.includes(false)) throw new Error('The store did not take what it was given.')
    },
    async deleteMany(keys) {
      await strictly(() => keyv.deleteMany(keys))
    },
    release: () => void keyv.off('error', onError),
  }
}

function keyvOf(store: CacheStore): Keyv {
  const known = keyvs.get(store)
  if (known !== undefined) return known
  const keyv = new Keyv({ store: expectStore(store), serialization: plainJson })
  keyvs.set(store, keyv)
  return keyv
}

function expectStore(store: CacheStore): CacheStore {
  // Keyv takes anything, and stores in memory what it cannot use.
  if (detectKeyvStorage(store).compatible) return store
  throw new TypeError(
    `"store" must be a Keyv, a storage adapter of Keyv or a Map, got ${describeValue(store)} without their methods.`,
  )
}
