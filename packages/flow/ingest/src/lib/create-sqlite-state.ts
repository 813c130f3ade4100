import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { fromSqlText, toSqlText } from '@empire/sqlite'
import type { IngestState, ItemState } from './ingest-state.ts'
import { sqliteFile, type SqliteFileOptions, transaction } from './sqlite-file.ts'

const schema = `
  CREATE TABLE IF NOT EXISTS ingest_items (
    source TEXT NOT NULL,
    id TEXT NOT NULL,
    status TEXT NOT NULL,
    version TEXT,
    media_type TEXT NOT NULL,
    hash TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    chunks INTEGER NOT NULL,
    PRIMARY KEY (source, id)
  ) STRICT, WITHOUT ROWID;`

const columns = 'id, status, version, media_type AS mediaType, hash, fingerprint, chunks'
const pageSize = 256

interface Statements {
  readonly database: DatabaseSync
  readonly get: StatementSync
  readonly put: StatementSync
  readonly remove: StatementSync
  readonly page: StatementSync
  readonly sources: StatementSync
}

/** What runs did, in a SQLite database. Survives the end of the process at any moment. */
export function createSqliteState(options: SqliteFileOptions): IngestState {
  const file = sqliteFile(options, schema)
  let prepared: Statements | undefined

  async function statements(): Promise<Statements> {
    if (prepared !== undefined) return prepared
    const database = await file.open()
    prepared ??= {
      database,
      get: database.prepare(`SELECT ${columns} FROM ingest_items WHERE source = ? AND id = ?`),
      put: database.prepare(
        `INSERT INTO ingest_items (source, id, status, version, media_type, hash, fingerprint, chunks)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (source, id) DO UPDATE SET status = excluded.status, version = excluded.version,
           media_type = excluded.media_type, hash = excluded.hash, fingerprint = excluded.fingerprint, chunks = excluded.chunks`,
      ),
      remove: database.prepare('DELETE FROM ingest_items WHERE source = ? AND id = ?'),
      page: database.prepare(
        `SELECT ${columns} FROM ingest_items WHERE source = ? AND id > ? ORDER BY id LIMIT ${pageSize}`,
      ),
      sources: database.prepare('SELECT DISTINCT source FROM ingest_items ORDER BY source'),
    }
    return prepared
  }

  return Object.freeze({
    async get(source, id) {
      const row = (await statements()).get.get(toSqlText(source), toSqlText(id))
      return row === undefined ? undefined : readRow(row)
    },
    async put(source, states) {
      const { database, put } = await statements()
      transaction(database, () => {
        for (const { id, status, version, mediaType, hash, fingerprint, chunks } of states) {
          put.run(
            toSqlText(source),
            toSqlText(id),
            status,
            stored(version),
            toSqlText(mediaType),
            hash,
            fingerprint,
            chunks,
          )
        }
      })
    },
    async remove(source, ids) {
      const { database, remove } = await statements()
      transaction(database, () => {
        for (const id of ids) remove.run(toSqlText(source), toSqlText(id))
      })
    },
    async *items(source) {
      // By pages: nothing is open between them, so that what is removed meanwhile does no harm.
      const name = toSqlText(source)
      let rows: ItemState[] = []
      let last: string | undefined
      do {
        const { page, database } = await statements()
        const first = `SELECT ${columns} FROM ingest_items WHERE source = ? ORDER BY id LIMIT ${pageSize}`
        rows = (last === undefined ? database.prepare(first).all(name) : page.all(name, toSqlText(last))).map(readRow)
        yield* rows
        last = rows.at(-1)?.id
      } while (rows.length === pageSize)
    },
    async sources() {
      return (await statements()).sources.all().map((row) => fromSqlText(String(row['source'])))
    },
    async close() {
      prepared = undefined
      await file.close()
    },
  } satisfies IngestState)
}

function readRow(row: Record<string, unknown>): ItemState {
  const { id, status, version, mediaType, hash, fingerprint, chunks } = row as unknown as Omit<ItemState, 'version'> & {
    version: string | null
  }
  return {
    id: fromSqlText(id),
    status,
    ...(version === null ? {} : { version: fromSqlText(version) }),
    mediaType: fromSqlText(mediaType),
    hash,
    fingerprint,
    chunks,
  }
}

function stored(version: string | undefined): string | null {
  return version === undefined ? null : toSqlText(version)
}
