import { access, constants, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { importSqlite } from './import-sqlite.ts'

/** Whether a file, and the folder that its journal is written to, may be written by this process. */
export async function isWritable(path: string): Promise<boolean> {
  const file = resolve(path)
  try {
    await Promise.all([access(file, constants.W_OK), access(dirname(file), constants.W_OK)])
    return true
  } catch {
    return false
  }
}

/**
 * Opens a database that is there to read it, also where nothing may be written: no file is made beside it, as SQLite does for
 * readers of a database in WAL mode. The database is taken as it is, without locks: nothing may write to it meanwhile. Only one that somebody
 * is writing to, or was when the process ended, is opened as others are.
 */
export async function openReadOnly(path: string): Promise<DatabaseSync> {
  const { DatabaseSync } = await importSqlite()
  const file = resolve(path)
  const { size } = await stat(`${file}-wal`).catch(() => ({ size: 0 }))
  if (size > 0) return new DatabaseSync(file, { readOnly: true })
  const url = pathToFileURL(file)
  url.search = '?immutable=1'
  return new DatabaseSync(url, { readOnly: true })
}
