import type { BackendResult, CheckedFacet } from '@empire/search/backend'
import { fromSqlText } from '@empire/sqlite'
import type { Matches } from './matches.ts'
import type { SqliteSearch } from './sqlite-search.ts'

type Buckets = BackendResult['facets'][number]

/** The buckets of a facet over all that matches. */
export function countFacet(search: SqliteSearch, matches: Matches, facet: CheckedFacet): Buckets {
  const table = search.tables.field(facet.field)
  const isAll = matches.total === search.entry.documents
  const { sql: matching, parameters } = isAll ? { sql: '1', parameters: [] } : matches.condition()
  const among = isAll ? '' : ` AND document IN (SELECT d.number FROM ${search.tables.documents} d WHERE ${matching})`
  if (facet.type === 'values') {
    const sql = `SELECT value, count(*) AS documents FROM ${table} WHERE 1${among} GROUP BY value ORDER BY documents DESC, value LIMIT ?`
    const isBoolean = facet.field.type === 'boolean'
    return search.all(sql, ...parameters, facet.limit).map(([value, count]) => ({
      value: isBoolean ? value === 1 : typeof value === 'string' ? fromSqlText(value) : (value as number),
      count: count as number,
    }))
  }
  const sql = `SELECT count(DISTINCT document) FROM ${table} WHERE value >= ? AND value < ?${among}`
  return facet.ranges.map(({ from = -Infinity, to = Infinity, given }) => {
    const count = search.first(sql, from, to, ...parameters)?.[0] as number
    return { ...given, count }
  })
}
