import type { CheckedField, CheckedFilter, CheckedTextField } from '@empire/search/backend'
import { toSqlText } from '@empire/sqlite'
import type { Condition, SqliteSearch, SqlValue } from './sqlite-search.ts'
import { columnFilter, listTable } from './sqlite-search.ts'
import { encodeTerm } from './text-code.ts'
import { toSqlValue } from './sql-value.ts'

/** Of which document a condition speaks, and how it is looked up. */
export interface FilterPlace {
  /** The SQL of its number. */
  readonly number: string
  /**
   * `set`: the documents that fit are gathered first, best where they lead to the rows. `each`: it is looked up for every row, best
   * where something else leads to few rows.
   */
  readonly lookup: 'set' | 'each'
}

/** More values than these are kept in a table instead of question marks. */
const mostMarks = 16

/** A filter as a condition, and the names of its parts. Every part is evaluated by SQLite, before anything is scored. */
export function compileFilter(
  search: SqliteSearch,
  filter: CheckedFilter | undefined,
  place: FilterPlace,
): Condition & { readonly pushedDown: readonly string[] } {
  const pushedDown: string[] = []
  if (filter === undefined) return { sql: '1', parameters: [], pushedDown }
  return { ...compile({ search, place, pushedDown }, filter), pushedDown }
}

interface Compilation {
  readonly search: SqliteSearch
  readonly place: FilterPlace
  readonly pushedDown: string[]
}

/** Filters are at most 32 deep. */
function compile(compilation: Compilation, filter: CheckedFilter): Condition {
  const { search, place, pushedDown } = compilation
  switch (filter.type) {
    case 'and':
    case 'or': {
      const parts = filter.filters.map((part) => compile(compilation, part))
      if (parts.length === 0) return { sql: filter.type === 'and' ? '1' : '0', parameters: [] }
      return { sql: join(parts, filter.type.toUpperCase()), parameters: parts.flatMap(({ parameters }) => parameters) }
    }
    case 'not': {
      const { sql, parameters } = compile(compilation, filter.filter)
      return { sql: `NOT (${sql})`, parameters }
    }
    case 'in':
      pushedDown.push(`in ${filter.field.name}`)
      return having(compilation, filter.field, memberOf(search, filter.values.map(toSqlValue)))
    case 'range': {
      pushedDown.push(`range ${filter.field.name}`)
      const bounds = Object.entries(filter.bounds) as [keyof typeof operators, string | number][]
      const sql = bounds.map(([name]) => `value ${operators[name]} ?`).join(' AND ')
      return having(compilation, filter.field, { sql, parameters: bounds.map(([, value]) => toSqlValue(value)) })
    }
    case 'exists':
      pushedDown.push(`exists ${filter.field.name}`)
      return having(compilation, filter.field, undefined)
    case 'words':
      pushedDown.push(`words ${filter.field.name}`)
      return holdingWords(search, place, filter.field, filter.texts)
    case 'ids': {
      pushedDown.push('ids')
      const sql = `SELECT number FROM ${search.tables.documents} WHERE id = ?`
      const numbers = filter.ids.flatMap((id) => search.first(sql, toSqlText(id)) ?? [])
      return { sql: `${place.number} IN (SELECT value FROM json_each(?))`, parameters: [JSON.stringify(numbers)] }
    }
  }
}

const operators = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const

/** The parts in a tree of little depth: SQLite refuses chains of 1,000. */
function join(parts: readonly Condition[], operator: string): string {
  if (parts.length === 1) return (parts[0] as Condition).sql
  const middle = parts.length >>> 1
  return `(${join(parts.slice(0, middle), operator)} ${operator} ${join(parts.slice(middle), operator)})`
}

/** The document has a value of a field that fits, or any. */
function having({ search, place }: Compilation, field: CheckedField, value: Condition | undefined): Condition {
  const table = search.tables.field(field)
  const parameters = value?.parameters ?? []
  if (place.lookup === 'set') {
    const where = value === undefined ? '' : ` WHERE ${value.sql}`
    return { sql: `${place.number} IN (SELECT document FROM ${table}${where})`, parameters }
  }
  const also = value === undefined ? '' : ` AND ${value.sql}`
  return { sql: `EXISTS (SELECT 1 FROM ${table} WHERE document = ${place.number}${also})`, parameters }
}

function memberOf(search: SqliteSearch, values: readonly (string | number)[]): Condition {
  if (values.length === 0) return { sql: '0', parameters: [] }
  if (values.length > mostMarks) {
    return { sql: `value IN (SELECT value FROM ${listTable} WHERE list = ?)`, parameters: [search.keepList(values)] }
  }
  // By twos, fours and so on: few different statements serve all numbers of values.
  const width = 2 ** Math.ceil(Math.log2(values.length))
  const parameters = Array.from({ length: width }, (_, at) => values[Math.min(at, values.length - 1)] as SqlValue)
  return { sql: `value IN (${parameters.map(() => '?').join(', ')})`, parameters }
}

/** The field has all words of one of the texts. */
function holdingWords(
  search: SqliteSearch,
  { number }: FilterPlace,
  field: CheckedTextField,
  texts: readonly string[],
): Condition {
  const { analyzer } = field
  const all = texts.flatMap((text) => {
    const terms = new Set(analyzer.tokens(text).flatMap((token) => analyzer.term(token) || []))
    return terms.size === 0 ? [] : [`(${Array.from(terms, (term) => `"${encodeTerm(term)}"`).join(' AND ')})`]
  })
  if (all.length === 0) return { sql: '0', parameters: [] }
  const { text } = search.tables
  const match = `${columnFilter(search, [field])}(${all.join(' OR ')})`
  return { sql: `${number} IN (SELECT rowid FROM ${text} WHERE ${text} MATCH ?)`, parameters: [match] }
}
