import { open, rename, rm } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import { dirname } from 'node:path'
import { backendOf } from '../memory/backends.ts'
import { compactStore } from '../memory/compact-store.ts'
import type { FieldDefinitions } from '../schema.ts'
import type { CallOptions, SearchIndex } from '../search-index.ts'
import { writeSections } from './index-file.ts'
import { storeSections } from './store-sections.ts'

/**
 * Writes an index in memory to one file, with a checksum: whole or, whatever happens, not at all. What was there stays until the
 * new file is complete. Searches go on meanwhile; writes wait.
 *
 * Throws a `TypeError` for an index of another backend; rejects with the file system's errors.
 */
export async function saveIndex<Fields extends FieldDefinitions>(
  index: SearchIndex<Fields>,
  path: string,
  { signal }: CallOptions = {},
): Promise<void> {
  const backend = backendOf(index)
  if (backend === undefined) {
    throw new TypeError(`"index" must be one of createIndex, got one of "${index.capabilities?.backend}".`)
  }
  signal?.throwIfAborted()
  await backend.hold(async (store) => {
    const { nextNumber, size } = store.documents
    const dense = nextNumber === size ? store : await compactStore(store, signal)
    const draft = `${path}.${randomUUID()}.tmp`
    try {
      const file = await open(draft, 'wx')
      try {
        await writeSections(file, { manifest: index.manifest }, () => storeSections(dense), signal)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(draft, path)
    } catch (error) {
      await rm(draft, { force: true })
      throw error
    }
    await syncFolder(dirname(path))
  })
}

/** So that the new name outlasts a loss of power. Not every platform opens folders. */
async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, 'r')
    await folder.sync().finally(() => folder.close())
  } catch {
    // The file itself is complete and synced.
  }
}
