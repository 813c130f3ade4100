import { existsSync } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { describeValue, expectKnownKeys } from '@empire/errors'
import { importSqlite } from '@empire/sqlite'
import { type ContentHash, hashText } from './content-hash.ts'
import { expectType } from './expect-option.ts'
import { groupWrites } from './group-writes.ts'
import type { Content, PreparedStep, RecordStore, StoredDamage, StoredStep } from './record-store.ts'
import { RecordWriteError } from './record-write-error.ts'

/** Which file, and how safely it is written. */
export interface SqliteStoreOptions {
  /** The file of the database. It and its folders are made when it is first used; only its owner may read it. */
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
    hash TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS contents (
    hash TEXT PRIMARY KEY,
    step INTEGER NOT NULL,
    text TEXT NOT NULL
  ) STRICT;
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
  expectKnownKeys('"options"', options, ['path', 'durable', 'busyTimeout'])
  const { path, durable = false, busyTimeout = 5000 } = options
  if (typeof path !== 'string' || path === '') {
    throw new TypeError(`"path" must be a string that is not empty, got ${describeValue(path)}.`)
  }
  expectType('durable', durable, 'boolean')
  if (!Number.isSafeInteger(busyTimeout) || busyTimeout < 0) {
    throw new TypeError(`"busyTimeout" must be a whole number of milliseconds, got ${describeValue(busyTimeout)}.`)
  }
  let state: OpenDatabase | undefined

  const writes = groupWrites<PreparedStep>('sqlite', async (steps) => {
    try {
      state ??= await openDatabase(path, durable, busyTimeout)
      appendAll(state, steps)
    } catch (error) {
      throw new RecordWriteError(path, error)
    }
  })

  return Object.freeze<RecordStore>({
    append: writes.add,
    async *read() {
      await writes.idle()
      if (state === undefined && !existsSync(path)) return
      try {
        state ??= await openDatabase(path, durable, busyTimeout)
      } catch (error) {
        yield damageOf(error)
        return
      }
      yield* readRows(state.database)
    },
    async close() {
      await writes.idle()
      state?.database.close()
      state = undefined
    },
  })
}

async function openDatabase(path: string, durable: boolean, busyTimeout: number): Promise<OpenDatabase> {
  const { DatabaseSync } = await importSqlite()
  const file = resolve(path)
  await mkdir(dirname(file), { recursive: true })
  await (await open(file, 'a', 0o600)).close()
  const database = new DatabaseSync(file, { timeout: busyTimeout })
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
      yield damageOf(error)
      return
    }
    if (rows.length === 0) {
      yield* readStrayContents(database)
      return
    }
    for (const { number, text, hash } of rows) {
      yield { place: `step ${number}`, text, hash, contents: contents.get(number) ?? [] }
    }
  }
}

/** Contents of no step: none was ever stored without one. */
function* readStrayContents(database: DatabaseSync): Generator<StoredDamage> {
  const sql = 'SELECT hash, step FROM contents WHERE NOT EXISTS (SELECT 1 FROM steps WHERE number = step)'
  try {
    for (const { hash, step } of database.prepare(sql).iterate()) {
      yield { place: `step ${String(step)}`, damage: `there is no step, but a content of it: ${String(hash)}` }
    }
  } catch (error) {
    yield damageOf(error)
  }
}

function damageOf(error: unknown): StoredDamage {
  return { place: 'the database', damage: `SQLite cannot read it: ${error instanceof Error ? error.message : error}` }
}
