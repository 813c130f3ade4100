import { SearchError } from '@empire/search'
import { checkManifest, type CheckedSchema, type IndexDefinition } from '@empire/search/backend'
import { createTables, dropTables, type IndexTables, indexTables } from './index-tables.ts'
import type { SqliteFile } from './sqlite-file.ts'

/** What the file says of an index. */
export interface IndexEntry {
  readonly number: number
  /** How many documents it has. */
  readonly documents: number
  /** Grows with each removal of unused words: the numbers of words that a handle remembers hold only while it stays the same. */
  readonly purges: number
}

/** The version of the tables. */
const format = 1

const catalog = `CREATE TABLE IF NOT EXISTS search_indexes (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT UNIQUE,
  successor_of TEXT,
  format INTEGER NOT NULL,
  manifest TEXT NOT NULL,
  documents INTEGER NOT NULL DEFAULT 0,
  purges INTEGER NOT NULL DEFAULT 0
) STRICT;`

/** Whether there is an index of a name. */
export function hasIndex(file: SqliteFile, name: string): boolean {
  const table = file.first("SELECT 1 FROM sqlite_schema WHERE name = 'search_indexes'")
  return table !== undefined && file.first('SELECT 1 FROM search_indexes WHERE name = ?', name) !== undefined
}

/** Makes the index of a name if it is not there. Inside a write. */
export function createIndex(file: SqliteFile, name: string, definition: IndexDefinition): void {
  file.script(catalog)
  if (!hasIndex(file, name)) insertIndex(file, { name, successorOf: null }, definition)
}

/** The number of a new index that is to take the place of the one of a name. One that was begun before is given up. Inside a write. */
export function createSuccessor(file: SqliteFile, name: string, definition: IndexDefinition): number {
  file.script(catalog)
  for (const [number, manifest] of file.all(
    'SELECT number, manifest FROM search_indexes WHERE successor_of = ?',
    name,
  )) {
    deleteIndex(file, number as number, String(manifest))
  }
  return insertIndex(file, { name: null, successorOf: name }, definition)
}

/** Puts a successor in place of the index of its name. Inside a write. */
export function promoteSuccessor(file: SqliteFile, number: number, name: string): void {
  const old = file.first('SELECT number, manifest FROM search_indexes WHERE name = ?', name)
  if (old !== undefined) deleteIndex(file, old[0] as number, String(old[1]))
  const { changes } = file.run('UPDATE search_indexes SET name = ?, successor_of = NULL WHERE number = ?', name, number)
  if (changes === 0) throw isGone(file, name)
}

/** Removes an index and its tables. Inside a write. */
export function removeIndex(file: SqliteFile, number: number): void {
  const row = file.first('SELECT manifest FROM search_indexes WHERE number = ?', number)
  if (row !== undefined) deleteIndex(file, number, String(row[0]))
}

/** The entry of an index: that of a number, as long as it is there, or that of the name. */
export function readEntry(file: SqliteFile, name: string, successor: number | undefined): IndexEntry {
  const columns = 'SELECT number, documents, purges FROM search_indexes'
  const own = successor === undefined ? undefined : file.first(`${columns} WHERE number = ?`, successor)
  const row = own ?? file.first(`${columns} WHERE name = ?`, name)
  if (row === undefined) throw isGone(file, name)
  const [number, documents, purges] = row as [number, number, number]
  return { number, documents, purges }
}

/** What an index was made with. Throws `fingerprint_mismatch` where the definition is another. */
export function readManifest(
  file: SqliteFile,
  number: number,
  definition: IndexDefinition,
): IndexDefinition['manifest'] {
  const row = file.first('SELECT format, manifest FROM search_indexes WHERE number = ?', number)
  if (row?.[0] !== format) {
    throw new SearchError(
      'index_damaged',
      `Expected an index of the format ${format} in ${JSON.stringify(file.path)}, got the format ${row?.[0]}. Index the documents anew.`,
      { details: { backend: 'sqlite', file: file.path } },
    )
  }
  const manifest = parseManifest(file, row[1])
  checkManifest(manifest, definition.manifest)
  return manifest
}

function parseManifest(file: SqliteFile, text: unknown): IndexDefinition['manifest'] {
  try {
    const manifest = JSON.parse(String(text)) as IndexDefinition['manifest'] | null
    if (Array.isArray(manifest?.fields)) return manifest
  } catch {
    // Said below, as for a manifest of another form.
  }
  throw new SearchError(
    'index_damaged',
    `Expected the manifest of an index in ${JSON.stringify(file.path)}, got ${JSON.stringify(String(text).slice(0, 40))}. Restore the file, or remove it and index the documents anew.`,
    { details: { backend: 'sqlite', file: file.path } },
  )
}

function insertIndex(
  file: SqliteFile,
  { name, successorOf }: { readonly name: string | null; readonly successorOf: string | null },
  { manifest, schema }: IndexDefinition,
): number {
  const sql = 'INSERT INTO search_indexes (name, successor_of, format, manifest) VALUES (?, ?, ?, ?)'
  const { inserted } = file.run(sql, name, successorOf, format, JSON.stringify(manifest))
  file.script(createTables(indexTables(schema, inserted)))
  return inserted
}

function deleteIndex(file: SqliteFile, number: number, manifest: string): void {
  file.script(dropTables(storedTables(number, parseManifest(file, manifest).fields)))
  file.run('DELETE FROM search_indexes WHERE number = ?', number)
}

/** The tables of an index that was made with a schema of which only the manifest is known. */
function storedTables(number: number, fields: IndexDefinition['manifest']['fields']): IndexTables {
  const known = fields.map((field, position) => {
    const analyzer = field.type === 'text' ? { name: field.analyzer } : undefined
    return { ...field, analyzer, position }
  })
  return indexTables({ fields: known, byName: new Map() } as unknown as CheckedSchema, number)
}

function isGone({ path }: SqliteFile, name: string): SearchError {
  return new SearchError(
    'backend_failed',
    `Expected the index "${name}" in ${JSON.stringify(path)}, but it is not there any more. Open it anew.`,
    { details: { backend: 'sqlite', file: path } },
  )
}
