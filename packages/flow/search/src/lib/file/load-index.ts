import { open } from 'node:fs/promises'
import { type MemoryIndexOptions, openStore } from '../create-index.ts'
import type { IndexDefinition } from '../define-index.ts'
import type { IndexManifest } from '../index-manifest.ts'
import { checkManifest } from '../manifest-of.ts'
import type { MemoryStore } from '../memory/memory-store.ts'
import type { FieldDefinitions } from '../schema.ts'
import { SearchError } from '../search-error.ts'
import type { CallOptions, SearchIndex } from '../search-index.ts'
import { readSections } from './index-file.ts'
import { restoreStore } from './restore-store.ts'

/**
 * The index that `saveIndex` wrote to a file, in memory. The options must be those that it was made with; it may be opened without
 * its embedder.
 *
 * Rejects with `index_damaged` for a file that is cut, changed or no index, with `fingerprint_mismatch` for other options, and with
 * the file system's errors.
 */
export async function loadIndex<const Fields extends FieldDefinitions>(
  path: string,
  options: MemoryIndexOptions<Fields>,
  { signal }: CallOptions = {},
): Promise<SearchIndex<Fields>> {
  signal?.throwIfAborted()
  const file = await open(path)
  const parts = await readSections(file, signal).finally(() => file.close())
  if (typeof parts === 'string') throw damaged(path, parts)
  const manifest = parts.header['manifest'] as IndexManifest
  return openStore(options, (definition) => {
    checkManifest(manifest, definition.manifest)
    return [restore(path, definition, parts.sections), { ...definition, manifest }]
  })
}

function restore(path: string, { schema }: IndexDefinition, sections: ReadonlyMap<string, ArrayBuffer>): MemoryStore {
  try {
    return restoreStore(schema, sections)
  } catch (error) {
    throw damaged(path, 'its parts do not fit together', error)
  }
}

function damaged(path: string, why: string, cause?: unknown): SearchError {
  return new SearchError(
    'index_damaged',
    `"${path}" must be an index as saveIndex writes it, and ${why}. Index the documents anew.`,
    {
      details: { path },
      ...(cause === undefined ? {} : { cause }),
    },
  )
}
