import { describeValue } from '@empire/errors'
import type { CallOptions, FieldDefinitions, SearchIndex } from '@empire/search'
import { createSuccessor, promoteSuccessor, removeIndex } from './index-catalog.ts'
import { connectIndex, readSqliteOptions, type SqliteIndexOptions } from './open-sqlite-index.ts'

/**
 * Makes a new index beside the one of the same name, and puts it in its place in one transaction: searches find the old one until then,
 * and the new one from then on, also those of indexes that other processes have open. Gives the new one, open.
 *
 * If `fill` rejects, or the process ends, the old one stays. One rebuild of a name at a time: a later one gives up an earlier.
 *
 * @param fill Adds the documents.
 */
export async function rebuildSqliteIndex<const Fields extends FieldDefinitions>(
  path: string,
  options: SqliteIndexOptions<Fields>,
  fill: (index: SearchIndex<Fields>, options: CallOptions) => unknown,
  { signal }: CallOptions = {},
): Promise<SearchIndex<Fields>> {
  const { name, definition, open } = readSqliteOptions(path, options)
  if (typeof fill !== 'function') throw new TypeError(`"fill" must be a function, got ${describeValue(fill)}.`)
  signal?.throwIfAborted()
  const file = await open()
  let number: number | undefined
  try {
    number = await file.write(() => createSuccessor(file, name, definition), signal)
    const successor = number
    const index = await connectIndex<Fields>(file, definition, { name, successor })
    await fill(index, { signal })
    await file.write(() => promoteSuccessor(file, successor, name), signal)
    return index
  } catch (error) {
    const begun = number
    // Where it cannot be removed, the next rebuild of the name does it: the failure that led here is the one to tell.
    if (begun !== undefined) await file.write(() => removeIndex(file, begun), undefined).catch(() => undefined)
    file.close()
    throw error
  }
}
