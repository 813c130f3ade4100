import type { MemoryStore } from './memory-store.ts'

/** What is behind the indexes in memory, for saving them: nothing that their users should reach. */
const stores = new WeakMap<object, () => MemoryStore>()

export function rememberStore(index: object, store: () => MemoryStore): void {
  stores.set(index, store)
}

/** The store behind an index, or `undefined` if it is not one in memory. */
export function storeOf(index: object): MemoryStore | undefined {
  return stores.get(index)?.()
}
