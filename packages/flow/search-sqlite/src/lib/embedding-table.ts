import { createHash } from 'node:crypto'
import { type EmbeddingCache, SearchError } from '@empire/search'
import type { SqliteFile } from './sqlite-file.ts'
import { isBusy } from './sqlite-failure.ts'
import { readVector } from './vector-math.ts'

/** How many vectors are kept; the oldest go first. */
const mostVectors = 200_000

const schema = `CREATE TABLE IF NOT EXISTS search_embeddings (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  key BLOB NOT NULL UNIQUE,
  vector BLOB NOT NULL
) STRICT;`

/** Vectors of texts in a file, in the precision of 32 bits that indexes have. All indexes of the file share them. */
export function embeddingTable(file: SqliteFile): EmbeddingCache {
  let isThere = false

  return {
    async get(key) {
      // Not made here: a search does not wait for those who write.
      const row = await file.read(() => {
        isThere ||= file.first("SELECT 1 FROM sqlite_schema WHERE name = 'search_embeddings'") !== undefined
        return isThere ? file.first('SELECT vector FROM search_embeddings WHERE key = ?', hash(key)) : undefined
      }, undefined)
      return row === undefined ? undefined : Array.from(readVector(row[0] as Uint8Array))
    },
    async set(key, vector) {
      if (file.isReadOnly) return
      const bytes = new Uint8Array(Float32Array.from(vector).buffer)
      try {
        await file.write(() => {
          if (!isThere) file.script(schema)
          const sql = 'INSERT OR REPLACE INTO search_embeddings (key, vector) VALUES (?, ?)'
          const { inserted } = file.run(sql, hash(key), bytes)
          file.run('DELETE FROM search_embeddings WHERE number <= ?', inserted - mostVectors)
        }, undefined)
        isThere = true
      } catch (error) {
        // Another connection writes on and on: a search is worth more than a vector that can be made again.
        if (!(error instanceof SearchError && isBusy(error.cause))) throw error
      }
    },
  }
}

/** A key has the whole text in it. */
function hash(key: string): Uint8Array {
  return createHash('sha256').update(key).digest()
}
