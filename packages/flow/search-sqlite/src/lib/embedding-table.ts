import { createHash } from 'node:crypto'
import type { EmbeddingCache } from '@empire/search'
import type { SqliteFile } from './sqlite-file.ts'
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

  async function ready(): Promise<void> {
    if (!isThere) await file.write(() => file.script(schema), undefined)
    isThere = true
  }

  return {
    async get(key) {
      await ready()
      const row = await file.read(
        () => file.first('SELECT vector FROM search_embeddings WHERE key = ?', hash(key)),
        undefined,
      )
      return row === undefined ? undefined : Array.from(readVector(row[0] as Uint8Array))
    },
    async set(key, vector) {
      await ready()
      const bytes = new Uint8Array(Float32Array.from(vector).buffer)
      await file.write(() => {
        const sql = 'INSERT OR REPLACE INTO search_embeddings (key, vector) VALUES (?, ?)'
        const { inserted } = file.run(sql, hash(key), bytes)
        file.run('DELETE FROM search_embeddings WHERE number <= ?', inserted - mostVectors)
      }, undefined)
    },
  }
}

/** A key has the whole text in it. */
function hash(key: string): Uint8Array {
  return createHash('sha256').update(key).digest()
}
