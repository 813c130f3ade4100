import type { CheckedTextField } from '@empire/search/backend'
import type { IndexEntry } from './index-catalog.ts'
import type { IndexTables } from './index-tables.ts'
import type { Row, SqliteFile } from './sqlite-file.ts'

/** A condition in SQL, with the values of its question marks. */
export interface Condition {
  readonly sql: string
  readonly parameters: readonly SqlValue[]
}

/** A value that a statement is given. */
export type SqlValue = string | number | Uint8Array | null

/** A statement as it ran, for explanations. */
export interface RanStatement {
  readonly sql: string
  /** How often it ran; the parameters are those of the first time. */
  readonly times: number
  /** Long texts and vectors in short. */
  readonly parameters: readonly (string | number | null)[]
}

/** One search on one state of the file. */
export interface SqliteSearch {
  readonly tables: IndexTables
  readonly entry: IndexEntry
  /** The statements that ran, if they are asked for. */
  readonly statements: readonly RanStatement[]
  all(sql: string, ...parameters: SqlValue[]): Row[]
  first(sql: string, ...parameters: SqlValue[]): Row | undefined
  iterate(sql: string, ...parameters: SqlValue[]): Iterable<Row>
  /** Keeps values for a condition until the search ends, and gives the number of their list. */
  keepList(values: readonly (string | number)[]): number
  /** Forgets the lists. */
  end(): void
}

/** The table of `keepList`: it is that of the connection, and no part of the file. */
export const listTable = 'temp.search_lists'

export function startSearch(
  file: SqliteFile,
  tables: IndexTables,
  entry: IndexEntry,
  isExplained: boolean,
): SqliteSearch {
  const statements = new Map<string, RanStatement>()
  let lists = 0

  function note(sql: string, parameters: readonly SqlValue[]): void {
    if (!isExplained) return
    const known = statements.get(sql)
    const given = known?.parameters ?? parameters.map(shorten)
    statements.set(sql, { sql, parameters: given, times: (known?.times ?? 0) + 1 })
  }

  return {
    tables,
    entry,
    get statements() {
      return [...statements.values()]
    },
    all(sql, ...parameters) {
      note(sql, parameters)
      return file.all(sql, ...parameters)
    },
    first(sql, ...parameters) {
      note(sql, parameters)
      return file.first(sql, ...parameters)
    },
    iterate(sql, ...parameters) {
      note(sql, parameters)
      return file.iterate(sql, ...parameters)
    },
    keepList(values) {
      if (lists === 0) {
        file.script(
          `CREATE TABLE IF NOT EXISTS ${listTable} (list INTEGER, value ANY, PRIMARY KEY (list, value)) STRICT, WITHOUT ROWID`,
        )
      }
      lists += 1
      const sql = `INSERT OR IGNORE INTO ${listTable} (list, value) SELECT ?, value FROM json_each(?)`
      file.run(sql, lists, JSON.stringify(values))
      return lists
    },
    end() {
      if (lists > 0) file.run(`DELETE FROM ${listTable}`)
    },
  }
}

/** The columns of fields in the index of words, for an expression of FTS5. */
export function columnFilter({ tables }: Pick<SqliteSearch, 'tables'>, fields: readonly CheckedTextField[]): string {
  if (fields.length === tables.textFields.length) return ''
  return `{${fields.map((field) => tables.column(field)).join(' ')}} : `
}

function shorten(value: SqlValue): string | number | null {
  if (value instanceof Uint8Array) return `(${value.length} bytes)`
  return typeof value === 'string' && value.length > 200 ? `${value.slice(0, 200)}…` : value
}
