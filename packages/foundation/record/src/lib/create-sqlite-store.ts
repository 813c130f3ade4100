import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { describeValue } from '@empire/errors'
import { type ContentHash, hashText } from './content-hash.ts'
import { groupWrites } from './group-writes.ts'
import { importSqlite } from './import-sqlite.ts'
import type { Content, PreparedStep, RecordStore, StoredDamage, StoredStep } from './record-store.ts'
import { RecordWriteError } from './record-write-error.ts'

export interface SqliteStoreOptions {
  /** The file of the database, made when it is first used. */
  readonly path: string
  /** Whether a step also survives the loss of power, at the cost of one sync to disk per write. Default: `false`. */
  readonly durable?: boolean | undefined
  /** How long a write waits for one of another process, in milliseconds. Default: 5,000. */
  readonly busyTimeout?: number | undefined
}

const schema = `
  CREATE TABLE IF NOT EXISTS steps (
    number INTEGER PRIMARY KEY,
    text TEXT NOT NULL,
    hash TEXT NOT NULL,
    run TEXT AS (text ->> '$.run') VIRTUAL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS contents (
    hash TEXT PRIMARY KEY,
    step INTEGER NOT NULL,
    text TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS steps_by_run ON steps (run);
  CREATE INDEX IF NOT EXISTS contents_by_step ON contents (step);
  CREATE TRIGGER IF NOT EXISTS steps_are_kept BEFORE DELETE ON steps BEGIN SELECT RAISE(ABORT, 'a record is append-only'); END;
  CREATE TRIGGER IF NOT EXISTS steps_are_fixed BEFORE UPDATE ON steps BEGIN SELECT RAISE(ABORT, 'a record is append-only'); END;
  CREATE TRIGGER IF NOT EXISTS contents_are_kept BEFORE DELETE ON contents BEGIN SELECT RAISE(ABORT, 'a record is append-only'); END;
  CREATE TRIGGER IF NOT EXISTS contents_are_fixed BEFORE UPDATE ON contents BEGIN SELECT RAISE(ABORT, 'a record is append-only'); END;`

interface OpenDatabase {
  readonly database: DatabaseSync
  readonly last: StatementSync
  readonly insertStep: StatementSync
  readonly insertContent: StatementSync
}

/** A store in a SQLite database. Several processes may append to it. */
export function createSqliteStore(options: SqliteStoreOptions): RecordStore {
  const { path, durable = false, busyTimeout = 5000 } = options
  if (typeof path !== 'string' || path === '') {
    throw new TypeError(`"path" must be a string that is not empty, got ${describeValue(path)}.`)
  }
  let opening: Promise<OpenDatabase> | undefined
  const opened = (): Promise<OpenDatabase> => (opening ??= openDatabase(path, durable, busyTimeout))

  const writes = groupWrites<PreparedStep>(async (steps) => {
    try {
      appendAll(await opened(), steps)
    } catch (error) {
      throw new RecordWriteError(path, error)
    }
  })

  return Object.freeze<RecordStore>({
    append: writes.add,
    async *read() {
      await writes.idle()
      yield* readRows((await opened()).database)
    },
    async close() {
      await writes.idle()
      const closing = opening
      opening = undefined
      ;(await closing)?.database.close()
    },
  })
}

async function openDatabase(path: string, durable: boolean, busyTimeout: number): Promise<OpenDatabase> {
  const { DatabaseSync } = await importSqlite()
  const database = new DatabaseSync(path, { timeout: busyTimeout })
  try {
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${durable ? 'FULL' : 'NORMAL'}; ${schema}`)
    return {
      database,
      last: database.prepare('SELECT number, hash FROM steps ORDER BY number DESC LIMIT 1'),
      insertStep: database.prepare('INSERT INTO steps (number, text, hash) VALUES (?, ?, ?)'),
      insertContent: database.prepare(
        'INSERT INTO contents (hash, step, text) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
      ),
    }
  } catch (error) {
    database.close()
    throw error
  }
}

function appendAll({ database, last, insertStep, insertContent }: OpenDatabase, steps: readonly PreparedStep[]): void {
  database.exec('BEGIN IMMEDIATE')
  try {
    const row = last.get() as { number: number; hash: ContentHash } | undefined
    let number = row?.number ?? 0
    let previous = row?.hash ?? null
    for (const { textAfter, contents } of steps) {
      const text = textAfter(previous)
      previous = hashText(text)
      number++
      insertStep.run(number, text, previous)
      for (const content of contents) insertContent.run(content.hash, number, content.text)
    }
    database.exec('COMMIT')
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

const pageSize = 256

function* readRows(database: DatabaseSync): Generator<StoredStep | StoredDamage> {
  const stepsAfter = database.prepare('SELECT number, text, hash FROM steps WHERE number > ? ORDER BY number LIMIT ?')
  const contentsOf = database.prepare('SELECT hash, step, text FROM contents WHERE step BETWEEN ? AND ?')
  for (let last = Number.MIN_SAFE_INTEGER; ;) {
    let rows: { number: number; text: string; hash: string }[]
    let contents: Map<number, (Content & { step: number })[]>
    try {
      rows = stepsAfter.all(last, pageSize) as typeof rows
      const end = rows.at(-1)?.number ?? last
      contents = Map.groupBy(
        contentsOf.all(last + 1, end) as unknown as (Content & { step: number })[],
        ({ step }) => step,
      )
      last = end
    } catch (error) {
      yield { place: 'the database', damage: `SQLite cannot read it: ${(error as Error).message}` }
      return
    }
    if (rows.length === 0) return
    for (const { number, text, hash } of rows) {
      yield { place: `step ${number}`, text, hash, contents: contents.get(number) ?? [] }
    }
  }
}
