import type { CheckedRequest, CheckedSort, SortValue } from '@empire/search/backend'
import { fromSqlText, toSqlText } from '@empire/sqlite'
import { bestByScore } from './best-by-score.ts'
import type { Matches } from './matches.ts'
import { scoreOf } from './score-list.ts'
import type { Condition, SqliteSearch, SqlValue } from './sqlite-search.ts'
import { toSqlValue } from './sql-value.ts'

/** A document of a page. */
export interface PageDocument {
  readonly number: number
  readonly id: string
  readonly score: number
  /** One value per sort key. */
  readonly sort: readonly SortValue[]
}

/** The page that a request asks for, and the first document behind it. */
export function sortPage(search: SqliteSearch, matches: Matches, request: CheckedRequest): PageDocument[] {
  const { sort, limit, after } = request
  const { scored } = matches
  if (limit === 0 || scored === undefined || sort.some(({ type }) => type === 'field') || sort.length === 0) {
    return sortInSql(search, matches, request)
  }
  const place = after === undefined ? undefined : { score: after.sort[0] as number, id: after.id }
  return bestByScore(search, scored, limit + 1, place).map((document) => ({
    ...document,
    sort: sort.map(() => document.score),
  }))
}

interface SortKey {
  /** The SQL of its value. */
  readonly value: string
  readonly order: 'asc' | 'desc'
  readonly missing: 'first' | 'last'
}

function sortInSql(search: SqliteSearch, matches: Matches, request: CheckedRequest): PageDocument[] {
  const { sort, limit, after } = request
  const { scored } = matches
  const condition = matches.condition()
  const keys = sort.map((key) => toKey(search, key, scored !== undefined))
  const columns = keys.map(({ value }, at) => `, ${value} AS k${at}`).join('')
  // Scores are here, not in the file: where they sort, SQLite gets them with the documents.
  const isByScore = scored !== undefined && sort.some(({ type }) => type === 'score')
  const from = isByScore
    ? `(SELECT value ->> 0 AS number, value ->> 1 AS score FROM json_each(?)) m JOIN ${search.tables.documents} d ON d.number = m.number`
    : `${search.tables.documents} d WHERE ${condition.sql}`
  const given: readonly SqlValue[] = isByScore
    ? [JSON.stringify(Array.from(scored.numbers, (number, at) => [number, scored.scores[at]]))]
    : condition.parameters
  const behind = after === undefined ? { sql: '1', parameters: [] } : behindPlace(keys, after)
  const order = [...keys.flatMap(orderOf), 'id'].join(', ')
  const sql = `SELECT number, id${keys.map((_, at) => `, k${at}`).join('')} FROM (SELECT d.number AS number, d.id AS id${columns} FROM ${from}) WHERE ${behind.sql} ORDER BY ${order} LIMIT ?`
  return search.all(sql, ...given, ...behind.parameters, limit + 1).map(([number, id, ...values]) => {
    const score = scored === undefined ? 0 : (scoreOf(scored, number as number) ?? 0)
    return {
      number: number as number,
      id: fromSqlText(id as string),
      score,
      sort: sort.map((key, at) => toSortValue(key, values[at], score)),
    }
  })
}

function toKey(search: SqliteSearch, key: CheckedSort, isScored: boolean): SortKey {
  if (key.type === 'score') return { value: isScored ? 'm.score' : '0', order: 'desc', missing: 'last' }
  const { field, order, missing } = key
  const pick = order === 'asc' ? 'min' : 'max'
  return {
    value: `(SELECT ${pick}(value) FROM ${search.tables.field(field)} WHERE document = d.number)`,
    order,
    missing,
  }
}

function toSortValue(key: CheckedSort, value: SqlValue | undefined, score: number): SortValue {
  if (key.type === 'score') return score
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return fromSqlText(value)
  return key.field.type === 'boolean' ? value === 1 : (value as number)
}

function orderOf({ order, missing }: SortKey, at: number): string[] {
  return [`k${at} IS NULL${missing === 'first' ? ' DESC' : ''}`, `k${at}${order === 'desc' ? ' DESC' : ''}`]
}

/** Strictly behind a place: behind it by the first key, or equal and behind it by those after. */
function behindPlace(keys: readonly SortKey[], after: NonNullable<CheckedRequest['after']>): Condition {
  let rest: Condition = { sql: 'id > ?', parameters: [toSqlText(after.id)] }
  for (const [at, { order, missing }] of [...keys.entries()].toReversed()) {
    const value = after.sort[at] ?? null
    const last = missing === 'last'
    if (value === null) {
      const sql = `((k${at} IS NULL AND ${rest.sql})${last ? '' : ` OR k${at} IS NOT NULL`})`
      rest = { sql, parameters: rest.parameters }
      continue
    }
    const bound = toSqlValue(value)
    const sql = `(k${at} ${order === 'asc' ? '>' : '<'} ? OR (k${at} = ? AND ${rest.sql})${last ? ` OR k${at} IS NULL` : ''})`
    rest = { sql, parameters: [bound, bound, ...rest.parameters] }
  }
  return rest
}
