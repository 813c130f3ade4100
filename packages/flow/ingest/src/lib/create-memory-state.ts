import type { IngestState, ItemState } from './ingest-state.ts'

/** What runs did, in memory: for one process. */
export function createMemoryState(): IngestState {
  const sources = new Map<string, Map<string, ItemState>>()
  return Object.freeze({
    get: (source, id) => sources.get(source)?.get(id),
    put(source, states) {
      const items = sources.get(source) ?? new Map<string, ItemState>()
      sources.set(source, items)
      for (const state of states) items.set(state.id, Object.freeze({ ...state }))
    },
    remove(source, ids) {
      const items = sources.get(source)
      for (const id of ids) items?.delete(id)
      if (items?.size === 0) sources.delete(source)
    },
    *items(source) {
      yield* sources.get(source)?.values() ?? []
    },
    sources: () => [...sources.keys()],
    close() {},
  } satisfies IngestState)
}
