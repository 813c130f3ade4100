import { SearchError } from '@empire/search'
import type { QueryClause } from './query-clause.ts'

/** What the engine takes unless it is told otherwise. */
const mostClauses = 1024

/** Throws `invalid_query` for a query of more clauses than the engine takes, which would fail there as a fault of the server. */
export function checkClauses(query: QueryClause): QueryClause {
  const count = countClauses(query)
  if (count <= mostClauses) return query
  throw new SearchError(
    'invalid_query',
    `On OpenSearch, a query with its filter must have at most ${mostClauses} clauses, one for each word in each field and two for each value or range, got ${count}.`,
    { details: { path: 'filter' } },
  )
}

type Clauses = readonly QueryClause[]

/** The clauses that are not made of others, and those that the engine makes of them. */
function countClauses(query: QueryClause): number {
  let count = 0
  const pending = [query]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const [name, value] of Object.entries(next)) {
      const body = value as { readonly [key: string]: unknown }
      const [field = '', inner] = Object.entries(body)[0] ?? []
      if (name === 'bool') for (const list of ['filter', 'must', 'must_not', 'should']) push(body[list])
      else if (name === 'dis_max') push(body['queries'])
      else if (name === 'constant_score') push([body['filter']])
      else if (name === 'multi_match') count += (body['fields'] as readonly string[]).length
      else if (name === 'fuzzy') count += (inner as { readonly max_expansions: number }).max_expansions
      else if (name === 'intervals') count += countLines(inner as { readonly match: { readonly query: string } })
      // Of a value there are two ways to look for it, and both count.
      else count += field.startsWith('values.') ? 2 : 1
    }
  }
  return count

  function push(clauses: unknown = []): void {
    for (const clause of clauses as Clauses) pending.push(clause)
  }
}

function countLines({ match }: { readonly match: { readonly query: string } }): number {
  return match.query.split('\n').length
}
