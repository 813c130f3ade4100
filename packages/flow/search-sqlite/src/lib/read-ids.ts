import { fromSqlText } from '@empire/sqlite'
import type { Row } from './sqlite-file.ts'
import type { SqliteSearch } from './sqlite-search.ts'

/** The ids of documents, by their numbers. */
export function readIds(search: SqliteSearch, numbers: readonly number[]): [number: number, id: string][] {
  const { documents } = search.tables
  const select = `SELECT number, id FROM ${documents} WHERE number`
  const [only] = numbers
  if (numbers.length === 1 && only !== undefined) return search.all(`${select} = ?`, only).map(readRow)
  return search.all(`${select} IN (SELECT value FROM json_each(?))`, JSON.stringify(numbers)).map(readRow)
}

function readRow([number, id]: Row): [number: number, id: string] {
  return [number as number, fromSqlText(id as string)]
}
