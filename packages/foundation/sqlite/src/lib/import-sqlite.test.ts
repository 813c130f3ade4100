import { describe, expect, it } from 'vitest'
import { importSqlite } from './import-sqlite.ts'

describe('importSqlite', () => {
  it('gives node:sqlite, and leaves the warnings of the process as they were', async () => {
    const { emitWarning } = process
    const [{ DatabaseSync }] = await Promise.all([importSqlite(), importSqlite()])
    using database = new DatabaseSync(':memory:')
    expect(database.prepare('SELECT 1 AS one').get()).toEqual({ one: 1 })
    expect(process.emitWarning).toBe(emitWarning)
  })
})
