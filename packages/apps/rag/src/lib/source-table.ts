import { EmpireError } from '@empire/errors'
import { importSqlite, openReadOnly } from '@empire/sqlite'

/** The sources that an index file was filled from. */
export interface SourceTable {
  /** In the order in which they were first given. */
  list(): readonly string[]
  /** Remembers addresses; one that is there already stays where it is. */
  add(addresses: readonly string[]): void
  remove(addresses: readonly string[]): void
  close(): void
}

const schema =
  'CREATE TABLE IF NOT EXISTS rag_sources (number INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE) STRICT'

/** Opens the table in a database that is there. */
export async function openSourceTable(
  path: string,
  { readOnly }: { readonly readOnly: boolean },
): Promise<SourceTable> {
  const { DatabaseSync } = await importSqlite()
  const database = readOnly ? await openReadOnly(path) : new DatabaseSync(path, { timeout: 5000 })
  try {
    if (!readOnly) database.exec(schema)
  } catch (cause) {
    database.close()
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new EmpireError('state_unavailable', `The index ${path} cannot be used: ${reason}.`, { cause })
  }
  return {
    list: () =>
      database
        .prepare('SELECT address FROM rag_sources ORDER BY number')
        .all()
        .map((row) => String(row['address'])),
    add(addresses) {
      const insert = database.prepare('INSERT OR IGNORE INTO rag_sources (address) VALUES (?)')
      for (const address of addresses) insert.run(address)
    },
    remove(addresses) {
      const remove = database.prepare('DELETE FROM rag_sources WHERE address = ?')
      for (const address of addresses) remove.run(address)
    },
    close: () => database.close(),
  }
}
