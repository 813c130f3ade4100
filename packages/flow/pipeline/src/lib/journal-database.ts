import { mkdir, open } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { StatementSync } from 'node:sqlite'
import { importSqlite } from '@empire/sqlite'

const schema = `
  CREATE TABLE IF NOT EXISTS runs (
    number INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL UNIQUE,
    pipeline TEXT NOT NULL,
    at REAL NOT NULL,
    status TEXT NOT NULL DEFAULT 'running',
    run TEXT NOT NULL,
    owner TEXT,
    expires REAL NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS entries (
    run_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (run_id, number)
  ) STRICT, WITHOUT ROWID;
  CREATE TRIGGER IF NOT EXISTS entries_are_kept BEFORE DELETE ON entries
    WHEN EXISTS (SELECT 1 FROM runs WHERE run_id = OLD.run_id) BEGIN SELECT RAISE(ABORT, 'a journal is append-only'); END;
  CREATE TRIGGER IF NOT EXISTS entries_are_fixed BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'a journal is append-only'); END;`

/** The database of a journal, and what is asked of it. */
export interface JournalDatabase {
  readonly ownerOf: StatementSync
  readonly insertRun: StatementSync
  readonly takeRun: StatementSync
  readonly selectRun: StatementSync
  readonly selectRuns: StatementSync
  readonly selectEntries: StatementSync
  /** Changes nothing where the run is another's. */
  readonly insertEntry: StatementSync
  readonly setStatus: StatementSync
  readonly renew: StatementSync
  readonly release: StatementSync
  readonly deleteRun: StatementSync
  /** After its run: entries of a run that is there are kept. */
  readonly deleteEntries: StatementSync
  transaction<Value>(work: () => Value): Value
  close(): void
}

interface DatabaseOptions {
  readonly path: string
  readonly durable: boolean
  readonly busyTimeout: number
}

/** Opens the file, and makes it first if there is none. */
export async function openDatabase({ path, durable, busyTimeout }: DatabaseOptions): Promise<JournalDatabase> {
  const { DatabaseSync } = await importSqlite()
  const file = resolve(path)
  await mkdir(dirname(file), { recursive: true })
  await (await open(file, 'a', 0o600)).close()
  const database = new DatabaseSync(file, { timeout: busyTimeout })
  try {
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${durable ? 'FULL' : 'NORMAL'}; ${schema}`)
    return {
      ownerOf: database.prepare('SELECT owner, expires FROM runs WHERE run_id = ?'),
      insertRun: database.prepare(
        'INSERT INTO runs (run_id, pipeline, at, run, owner, expires) VALUES (?, ?, ?, ?, ?, ?)',
      ),
      takeRun: database.prepare('UPDATE runs SET owner = ?, expires = ? WHERE run_id = ?'),
      selectRun: database.prepare('SELECT run FROM runs WHERE run_id = ?'),
      selectRuns: database.prepare(
        `SELECT number, run_id AS runId, pipeline, at, status FROM runs
         WHERE number < :last AND pipeline = ifnull(:pipeline, pipeline) AND status = ifnull(:status, status)
         ORDER BY number DESC LIMIT :most`,
      ),
      selectEntries: database.prepare('SELECT text FROM entries WHERE run_id = ? ORDER BY number'),
      insertEntry: database.prepare(
        `INSERT INTO entries (run_id, number, text)
         SELECT :runId, :number, :text WHERE EXISTS (SELECT 1 FROM runs WHERE run_id = :runId AND owner = :owner)`,
      ),
      setStatus: database.prepare('UPDATE runs SET status = ? WHERE run_id = ?'),
      renew: database.prepare('UPDATE runs SET expires = ? WHERE run_id = ? AND owner = ?'),
      release: database.prepare('UPDATE runs SET owner = NULL WHERE run_id = ? AND owner = ?'),
      deleteRun: database.prepare('DELETE FROM runs WHERE run_id = ?'),
      deleteEntries: database.prepare('DELETE FROM entries WHERE run_id = ?'),
      transaction(work) {
        database.exec('BEGIN IMMEDIATE')
        try {
          const value = work()
          database.exec('COMMIT')
          return value
        } catch (error) {
          if (database.isTransaction) database.exec('ROLLBACK')
          throw error
        }
      },
      close: () => database.close(),
    }
  } catch (error) {
    database.close()
    throw error
  }
}
