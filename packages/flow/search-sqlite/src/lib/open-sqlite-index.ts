import { type Clock, systemClock } from '@empire/clock'
import { describeValue } from '@empire/errors'
import type { FieldDefinitions, IndexOptions, SearchIndex } from '@empire/search'
import { createSearchIndex, defineIndex, type IndexDefinition } from '@empire/search/backend'
import { embeddingTable } from './embedding-table.ts'
import { createIndex, hasIndex, readManifest } from './index-catalog.ts'
import { SqliteBackend, type SqliteBackendOptions } from './sqlite-backend.ts'
import { SqliteFile } from './sqlite-file.ts'

/** Options of an index in a file. */
export interface SqliteIndexOptions<Fields extends FieldDefinitions = FieldDefinitions> extends IndexOptions<Fields> {
  /** Which index of the file: one file may hold several, and other tables. Default: `documents`. */
  readonly name?: string | undefined
  /** Whether a write also survives the loss of power, at the cost of one sync to disk. Default: `false`; it always survives the process. */
  readonly durable?: boolean | undefined
  /**
   * Opens a file that is there without writing to it, or beside it: one of a read-only disk, or of somebody else. Nothing may write to
   * it meanwhile. Default: `false`.
   */
  readonly readOnly?: boolean | undefined
  /** How long a call waits while another connection holds the file, in milliseconds. Default: 5,000. */
  readonly busyTimeout?: number | undefined
  /** What waits. Default: that of the system. */
  readonly clock?: Pick<Clock, 'sleep'> | undefined
}

/**
 * Opens an index in a SQLite file, which is made if it is not there. An embedder's vectors are kept in the file, too, unless
 * `embeddingCache` says where else.
 *
 * Rejects with `fingerprint_mismatch` if the index was made with another schema, analyzer or embedder, and with `index_damaged` if the
 * file is no database; where the file cannot be made or written, with the error of the system, such as `EACCES`. Throws a `TypeError` that
 * names the faulty option.
 */
export async function openSqliteIndex<const Fields extends FieldDefinitions>(
  path: string,
  options: SqliteIndexOptions<Fields>,
): Promise<SearchIndex<Fields>> {
  const { name, definition, open } = readSqliteOptions(path, options)
  const file = await open()
  try {
    // An index that is there is opened without waiting for those who write.
    const isThere = await file.read(() => hasIndex(file, name), undefined)
    if (!isThere) await file.write(() => createIndex(file, name, definition), undefined)
    return await connectIndex<Fields>(file, definition, { name })
  } catch (error) {
    file.close()
    throw error
  }
}

/** Checked options, and how to open the file. */
export interface SqliteOptions {
  readonly name: string
  readonly definition: IndexDefinition
  open(): Promise<SqliteFile>
}

export function readSqliteOptions(path: unknown, options: SqliteIndexOptions): SqliteOptions {
  if (typeof path !== 'string' || path === '' || path === ':memory:' || path.includes('\0')) {
    const instead = path === ':memory:' ? ' An index in memory is createIndex() of "@empire/search".' : ''
    throw new TypeError(`"path" must be the path of a file, got ${describeValue(path)}.${instead}`)
  }
  const definition = defineIndex(options, ['name', 'durable', 'readOnly', 'busyTimeout', 'clock'])
  const { name = 'documents', durable = false, readOnly = false, busyTimeout = 5000, clock = systemClock } = options
  if (typeof name !== 'string' || name === '' || !name.isWellFormed()) {
    throw new TypeError(`"name" must be a well-formed string that is not empty, got ${describeValue(name)}.`)
  }
  if (typeof durable !== 'boolean')
    throw new TypeError(`"durable" must be true or false, got ${describeValue(durable)}.`)
  if (typeof readOnly !== 'boolean')
    throw new TypeError(`"readOnly" must be true or false, got ${describeValue(readOnly)}.`)
  if (!Number.isSafeInteger(busyTimeout) || busyTimeout < 0) {
    throw new TypeError(`"busyTimeout" must be a whole number of milliseconds, got ${describeValue(busyTimeout)}.`)
  }
  return { name, definition, open: () => SqliteFile.open({ path, durable, readOnly, busyTimeout, clock }) }
}

/** The index of an open file. */
export async function connectIndex<Fields extends FieldDefinitions>(
  file: SqliteFile,
  definition: IndexDefinition,
  options: SqliteBackendOptions & { readonly name: string },
): Promise<SearchIndex<Fields>> {
  const backend = new SqliteBackend(file, definition, options)
  const manifest = await file.read(() => readManifest(file, backend.enter().number, definition), undefined)
  const { embedder } = definition
  const embeddingCache = definition.embeddingCache ?? (embedder === undefined ? undefined : embeddingTable(file))
  return createSearchIndex<Fields>(backend, { ...definition, manifest, embeddingCache })
}
