import { mkdir, open } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { describeValue, EmpireError, expectKnownKeys } from '@empire/errors'
import { importSqlite, openReadOnly } from '@empire/sqlite'
import { expectCount } from './expect-options.ts'

/** Which file. */
export interface SqliteFileOptions {
  /** The file of the database. It and its folders are made when it is first used; only its owner may read it. */
  readonly path: string
  /** Opens a file that is there to read it alone, also where nothing may be written. Nothing may write to it meanwhile. Default: `false`. */
  readonly readOnly?: boolean | undefined
  /** How long a call waits for one of another process, in milliseconds. Default: 5,000. */
  readonly busyTimeout?: number | undefined
}

/** A database that is opened when it is first asked for. */
export interface SqliteFile {
  open(): Promise<DatabaseSync>
  close(): Promise<void>
}

/** The database of a file, for one of the stores of this package: state and letters may share a file. */
export function sqliteFile(options: SqliteFileOptions, schema: string): SqliteFile {
  expectKnownKeys('"options"', options, ['path', 'readOnly', 'busyTimeout'])
  const { path, readOnly = false, busyTimeout = 5000 } = options
  if (typeof path !== 'string' || path === '') {
    throw new TypeError(`Expected "path" to be a path, got ${describeValue(path)}.`)
  }
  if (typeof readOnly !== 'boolean') {
    throw new TypeError(`Expected "readOnly" to be true or false, got ${describeValue(readOnly)}.`)
  }
  expectCount('busyTimeout', busyTimeout, 0)
  let opening: Promise<DatabaseSync> | undefined

  return {
    async open() {
      opening ??= explained(path, readOnly ? openReadOnly(path) : openDatabase(path, busyTimeout, schema))
      try {
        return await opening
      } catch (error) {
        // The next call tries again.
        opening = undefined
        throw error
      }
    },
    async close() {
      const opened = opening
      opening = undefined
      ;(await opened?.catch(() => undefined))?.close()
    },
  }
}

async function openDatabase(path: string, busyTimeout: number, schema: string): Promise<DatabaseSync> {
  const { DatabaseSync } = await importSqlite()
  const file = resolve(path)
  await mkdir(dirname(file), { recursive: true })
  await (await open(file, 'a', 0o600)).close()
  const database = new DatabaseSync(file, { timeout: busyTimeout })
  try {
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; ${schema}`)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

async function explained(path: string, opening: Promise<DatabaseSync>): Promise<DatabaseSync> {
  try {
    return await opening
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new EmpireError(
      'state_unavailable',
      `Expected ${JSON.stringify(path)} to be a SQLite database that can be written, but: ${reason}. Check the path, or remove the file to begin anew.`,
      { cause: error, details: { path } },
    )
  }
}

/** Runs statements all or none. */
export function transaction<Value>(database: DatabaseSync, work: () => Value): Value {
  database.exec('BEGIN IMMEDIATE')
  try {
    const value = work()
    database.exec('COMMIT')
    return value
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}
