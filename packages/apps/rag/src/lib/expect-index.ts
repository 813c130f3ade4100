import { stat } from 'node:fs/promises'
import { openToRead } from './open-to-read.ts'
import { UsageError } from './usage-error.ts'

/** How the tables of an index file begin. */
const own = /^(?:rag|search|ingest|sqlite)_/

/**
 * Refuses a file that is no index, before anything is written to it. What is no database at all is told by who opens it.
 *
 * @param options.create Whether one that is not there, or empty, will be made.
 * @throws UsageError when there is none, or it is a database of something else.
 */
export async function expectIndex(path: string, { create }: { readonly create: boolean }): Promise<void> {
  const tables = await readTables(path)
  if (tables?.length === 0 && !create) {
    throw new UsageError(`There is no index ${path}. Make it with: rag ingest ./docs --index ${path}`)
  }
  const foreign = tables?.find((name) => !own.test(name))
  if (foreign === undefined || tables?.includes('rag_sources') === true) return
  throw new UsageError(
    `${path} is a database of another program, which has the table "${foreign}". Give --index another file.`,
  )
}

/** The names of the tables of a database, none for a file that is not there; `undefined` for what is no database. */
export async function readTables(path: string): Promise<readonly string[] | undefined> {
  const { size } = await stat(path).catch(() => ({ size: 0 }))
  if (size === 0) return []
  try {
    const database = await openToRead(path)
    try {
      return database
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
        .all()
        .map(({ name }) => String(name))
    } finally {
      database.close()
    }
  } catch {
    return undefined
  }
}
