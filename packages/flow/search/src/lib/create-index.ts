import { describeValue } from '@empire/errors'
import { createSearchIndex } from './create-search-index.ts'
import { defineIndex, type IndexOptions } from './define-index.ts'
import { MemoryBackend } from './memory/memory-backend.ts'
import type { MemoryStore } from './memory/memory-store.ts'
import { rememberStore } from './memory/stores.ts'
import type { FieldDefinitions } from './schema.ts'
import type { SearchIndex } from './search-index.ts'

/** Options of an index in memory. */
export interface MemoryIndexOptions<Fields extends FieldDefinitions = FieldDefinitions> extends IndexOptions<Fields> {
  /**
   * From how many vectors of a field on `nearest` compares with those only that a graph (HNSW) proposes, if the package `usearch` is
   * installed. The graph grows in the background; `optimize` waits for it. Without the package all are compared. Default: 100,000.
   */
  readonly approximateOver?: number | undefined
}

/**
 * An index in memory. Words are ranked by BM25F with k1 = 1.5 and b = 0.75, vectors compared each with each up to `approximateOver`.
 *
 * Throws a `TypeError` that names the faulty option.
 */
export function createIndex<const Fields extends FieldDefinitions>(
  options: MemoryIndexOptions<Fields>,
): SearchIndex<Fields> {
  return openStore(options, undefined)
}

/** An index in memory that begins with what a store has. */
export function openStore<const Fields extends FieldDefinitions>(
  options: MemoryIndexOptions<Fields>,
  restore: ((definition: ReturnType<typeof defineIndex>) => MemoryStore) | undefined,
): SearchIndex<Fields> {
  const definition = defineIndex(options, ['approximateOver'])
  const { approximateOver = 100_000 } = options
  if (typeof approximateOver !== 'number' || !(approximateOver >= 0)) {
    throw new TypeError(`"approximateOver" must be a number of at least 0, got ${describeValue(approximateOver)}.`)
  }
  const backend = new MemoryBackend(restore?.(definition) ?? definition.schema, { approximateOver })
  const index = createSearchIndex<Fields>(backend, definition)
  rememberStore(index, () => backend.store)
  return index
}
