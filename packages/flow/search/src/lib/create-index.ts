import { describeValue } from '@empire/errors'
import { createSearchIndex } from './create-search-index.ts'
import { defineIndex, type IndexDefinition, type IndexOptions } from './define-index.ts'
import { rememberBackend } from './memory/backends.ts'
import { MemoryBackend } from './memory/memory-backend.ts'
import { MemoryStore } from './memory/memory-store.ts'
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
 * Within one field of one document, occurrences of a word beyond 65,535 are not counted.
 *
 * Throws a `TypeError` that names the faulty option.
 */
export function createIndex<const Fields extends FieldDefinitions>(
  options: MemoryIndexOptions<Fields>,
): SearchIndex<Fields> {
  return openStore(options, (definition) => [new MemoryStore(definition.schema), definition])
}

/** An index in memory that begins with what a store has. */
export function openStore<const Fields extends FieldDefinitions>(
  options: MemoryIndexOptions<Fields>,
  begin: (definition: IndexDefinition) => [store: MemoryStore, definition: IndexDefinition],
): SearchIndex<Fields> {
  const wanted = defineIndex(options, ['approximateOver'])
  const { approximateOver = 100_000 } = options
  if (typeof approximateOver !== 'number' || !(approximateOver >= 0)) {
    throw new TypeError(`"approximateOver" must be a number of at least 0, got ${describeValue(approximateOver)}.`)
  }
  const [store, definition] = begin(wanted)
  const backend = new MemoryBackend(store, { approximateOver })
  const index = createSearchIndex<Fields>(backend, definition)
  rememberBackend(index, backend)
  return index
}
