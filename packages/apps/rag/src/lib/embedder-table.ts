import { mkdir, open } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { importSqlite } from '@empire/sqlite'
import { openToRead } from './open-to-read.ts'
import { readTables } from './expect-index.ts'
import { type EmbedderName, isEmbedderName } from './model-name.ts'

/** What the vectors of an index file were made by. */
export interface StoredEmbedder {
  readonly name: EmbedderName
  /** The length of the vectors. */
  readonly dimensions: number
}

/** The embedder of an index file; `undefined` for a file without one, and for what is no index, which is told by who opens it. */
export async function readEmbedder(path: string): Promise<StoredEmbedder | undefined> {
  if ((await readTables(path))?.includes('rag_embedder') !== true) return undefined
  const database = await openToRead(path)
  try {
    const { name, dimensions } = database.prepare('SELECT name, dimensions FROM rag_embedder').get() ?? {}
    return isEmbedderName(name) ? { name, dimensions: Number(dimensions) } : undefined
  } finally {
    database.close()
  }
}

/** Writes down the embedder of an index file that is yet to be made. */
export async function saveEmbedder(path: string, { name, dimensions }: StoredEmbedder): Promise<void> {
  const { DatabaseSync } = await importSqlite()
  await mkdir(dirname(resolve(path)), { recursive: true })
  await (await open(path, 'a', 0o600)).close()
  const database = new DatabaseSync(path, { timeout: 5000 })
  try {
    // The index gives room back by itself; that has to be chosen before the first table.
    database.exec('PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; BEGIN IMMEDIATE')
    database.exec('CREATE TABLE rag_embedder (name TEXT NOT NULL, dimensions INTEGER NOT NULL) STRICT')
    database.prepare('INSERT INTO rag_embedder VALUES (?, ?)').run(name, dimensions)
    database.exec('COMMIT')
  } finally {
    database.close()
  }
}
