import type { SqliteSearch } from './sqlite-search.ts'

/** The ids of documents, by their numbers. */
export function readIds(search: SqliteSearch, numbers: readonly number[]): [number: number, id: string][] {
  const { documents } = search.tables
  const [only] = numbers
  if (numbers.length === 1 && only !== undefined) {
    return search.all(`SELECT number, id FROM ${documents} WHERE number = ?`, only) as [number, string][]
  }
  const sql = `SELECT number, id FROM ${documents} WHERE number IN (SELECT value FROM json_each(?))`
  return search.all(sql, JSON.stringify(numbers)) as [number, string][]
}
