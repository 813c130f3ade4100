import { mkdir, open } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import type { Clock } from '@empire/clock'
import { SearchError } from '@empire/search'
import { importSqlite, openReadOnly } from '@empire/sqlite'
import { isBusy, toSearchError } from './sqlite-failure.ts'

/** How a file is used. */
export interface SqliteFileOptions {
  readonly path: string
  readonly durable: boolean
  readonly readOnly: boolean
  readonly busyTimeout: number
  readonly clock: Pick<Clock, 'sleep'>
}

/** A row: the values of its columns in their order. */
export type Row = (string | number | Uint8Array | null)[]

const mostStatements = 256
const longestPause = 50

/** One connection to a database. Statements are prepared once, and transactions wait for those of other connections. */
export class SqliteFile {
  readonly path: string
  readonly isReadOnly: boolean
  readonly #database: DatabaseSync
  readonly #options: SqliteFileOptions
  /** The most recently used last. */
  readonly #statements = new Map<string, StatementSync>()

  private constructor(database: DatabaseSync, options: SqliteFileOptions) {
    this.path = options.path
    this.isReadOnly = options.readOnly
    this.#database = database
    this.#options = options
  }

  /** Opens the file, which is made if it is not there: only its owner may read it. */
  static async open(options: SqliteFileOptions): Promise<SqliteFile> {
    const path = resolve(options.path)
    const database = options.readOnly ? await openFile(path) : await makeFile(path)
    const file = new SqliteFile(database, { ...options, path })
    try {
      await file.#attempt(() => file.#configure(), undefined)
    } catch (error) {
      file.close()
      throw error
    }
    return file
  }

  /** Runs reads on one state of the file. */
  read<Result>(work: () => Result, signal: AbortSignal | undefined): Promise<Result> {
    return this.#attempt(() => this.#transact('BEGIN', work), signal)
  }

  /** Runs writes, all or none. They may run again from the start, so they change nothing but the file. */
  write<Result>(work: () => Result, signal: AbortSignal | undefined): Promise<Result> {
    return this.#attempt(() => this.#transact('BEGIN IMMEDIATE', work), signal)
  }

  all(sql: string, ...parameters: SQLInputValue[]): Row[] {
    return this.#prepare(sql).all(...parameters) as unknown as Row[]
  }

  first(sql: string, ...parameters: SQLInputValue[]): Row | undefined {
    return this.#prepare(sql).get(...parameters) as unknown as Row | undefined
  }

  iterate(sql: string, ...parameters: SQLInputValue[]): Iterable<Row> {
    return this.#prepare(sql).iterate(...parameters) as unknown as Iterable<Row>
  }

  /** Gives the number of rows that changed, and the number of the row that was inserted last. */
  run(sql: string, ...parameters: SQLInputValue[]): { changes: number; inserted: number } {
    const { changes, lastInsertRowid } = this.#prepare(sql).run(...parameters)
    return { changes: Number(changes), inserted: Number(lastInsertRowid) }
  }

  /** Runs statements outside of a transaction. */
  exec(sql: string, signal: AbortSignal | undefined): Promise<void> {
    return this.#attempt(() => this.#database.exec(sql), signal)
  }

  /** Runs statements of a script, inside the transaction at hand. */
  script(sql: string): void {
    this.#database.exec(sql)
  }

  close(): void {
    this.#statements.clear()
    if (this.#database.isOpen) this.#database.close()
  }

  #configure(): void {
    const { durable, readOnly } = this.#options
    if (readOnly) return this.#database.exec('PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32000')
    const pages = this.first('PRAGMA page_count')?.[0] as number
    // It can be chosen before the first table is made only, and waits for writers.
    if (pages === 0) this.#database.exec('PRAGMA auto_vacuum = INCREMENTAL')
    this.#database.exec(
      `PRAGMA journal_mode = WAL; PRAGMA synchronous = ${durable ? 'FULL' : 'NORMAL'}; PRAGMA journal_size_limit = 67108864;
       PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32000;`,
    )
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql)
    if (statement === undefined) {
      statement = this.#database.prepare(sql)
      statement.setReturnArrays(true)
      const [oldest] = this.#statements.keys()
      if (this.#statements.size >= mostStatements && oldest !== undefined) this.#statements.delete(oldest)
    } else {
      this.#statements.delete(sql)
    }
    this.#statements.set(sql, statement)
    return statement
  }

  #transact<Result>(begin: string, work: () => Result): Result {
    this.#database.exec(begin)
    try {
      const result = work()
      this.#database.exec('COMMIT')
      return result
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
      throw error
    }
  }

  /** Tries again while another connection holds the file. */
  async #attempt<Result>(work: () => Result, signal: AbortSignal | undefined): Promise<Result> {
    const { busyTimeout, clock } = this.#options
    for (let waited = 0, pause = 1; ; waited += pause, pause = Math.min(2 * pause, longestPause)) {
      signal?.throwIfAborted()
      if (!this.#database.isOpen) throw isClosed(this.path)
      try {
        return work()
      } catch (error) {
        if (!isBusy(error) || waited >= busyTimeout) throw toSearchError(error, this.path)
      }
      await clock.sleep(pause, { signal })
    }
  }
}

async function makeFile(path: string): Promise<DatabaseSync> {
  const { DatabaseSync } = await importSqlite()
  await mkdir(dirname(path), { recursive: true })
  await (await open(path, 'a', 0o600)).close()
  // No waiting inside SQLite: it would stop the whole process, perhaps with the other connection in it.
  return new DatabaseSync(path, { timeout: 0 })
}

/** A file that is not there is told with the error of the system. */
async function openFile(path: string): Promise<DatabaseSync> {
  await (await open(path, 'r')).close()
  return openReadOnly(path)
}

/** Of an index that is not there to be closed by its user: that of a rebuild that failed, or was closed in the middle. */
function isClosed(path: string): SearchError {
  return new SearchError('index_closed', `The index in ${JSON.stringify(path)} is closed. Open it anew.`, {
    details: { backend: 'sqlite', file: path },
  })
}
