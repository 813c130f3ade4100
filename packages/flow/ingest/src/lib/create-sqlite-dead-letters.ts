import type { DatabaseSync } from 'node:sqlite'
import { toSqlText } from '@empire/sqlite'
import type { DeadLetter, DeadLetterFilter, DeadLetterStore } from './dead-letter.ts'
import { sqliteFile, type SqliteFileOptions } from './sqlite-file.ts'

const schema = `
  CREATE TABLE IF NOT EXISTS ingest_dead_letters (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    error_class TEXT NOT NULL,
    step TEXT NOT NULL,
    letter TEXT NOT NULL
  ) STRICT;`

const pageSize = 64

/** Dead letters in a SQLite database, which may be that of the state. */
export function createSqliteDeadLetters(options: SqliteFileOptions): DeadLetterStore {
  const file = sqliteFile(options, schema)
  const open = (): Promise<DatabaseSync> => file.open()

  return Object.freeze({
    async put(letter) {
      // Not updated but replaced: a letter that fails again is the youngest.
      const sql =
        'INSERT OR REPLACE INTO ingest_dead_letters (id, source, error_class, step, letter) VALUES (?, ?, ?, ?, ?)'
      const { id, source, errorClass, step } = letter
      ;(await open())
        .prepare(sql)
        .run(toSqlText(id), toSqlText(source), toSqlText(errorClass), step, JSON.stringify(letter))
    },
    async get(id) {
      const row = (await open()).prepare('SELECT letter FROM ingest_dead_letters WHERE id = ?').get(toSqlText(id))
      return row === undefined ? undefined : readLetter(row)
    },
    async *list(filter = {}) {
      const { where, values } = conditions(filter)
      const sql = `SELECT number, letter FROM ingest_dead_letters WHERE ${where} AND number > ? ORDER BY number LIMIT ?`
      for (let last = 0; ;) {
        const rows = (await open()).prepare(sql).all(...values, last, pageSize)
        for (const row of rows) {
          yield readLetter(row)
          last = Number(row['number'])
        }
        if (rows.length < pageSize) return
      }
    },
    async purge(filter = {}) {
      const { where, values } = conditions(filter)
      const { changes } = (await open()).prepare(`DELETE FROM ingest_dead_letters WHERE ${where}`).run(...values)
      return Number(changes)
    },
    close: () => file.close(),
  } satisfies DeadLetterStore)
}

function conditions({ id, source, errorClass, step }: DeadLetterFilter): { where: string; values: string[] } {
  const given = Object.entries({ id, source, error_class: errorClass, step }).filter(([, value]) => value !== undefined)
  return {
    where: ['1', ...given.map(([column]) => `${column} = ?`)].join(' AND '),
    values: given.map(([, value]) => toSqlText(value as string)),
  }
}

function readLetter(row: Record<string, unknown>): DeadLetter {
  return JSON.parse(String(row['letter'])) as DeadLetter
}
