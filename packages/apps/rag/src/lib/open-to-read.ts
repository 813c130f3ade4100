import type { DatabaseSync } from 'node:sqlite'
import { importSqlite, isWritable, openReadOnly } from '@empire/sqlite'

/** Opens a database to look at it, one that may not be written to as it is. */
export async function openToRead(path: string): Promise<DatabaseSync> {
  if (!(await isWritable(path))) return openReadOnly(path)
  const { DatabaseSync } = await importSqlite()
  return new DatabaseSync(path, { readOnly: true, timeout: 5000 })
}
