import type { FakeIndex } from './fake-index.ts'
import { compoundClauses } from './compound-clauses.ts'
import { fullTextClauses } from './full-text-clauses.ts'
import { knnClause } from './knn-clause.ts'
import { OpenSearchFailure, parsingFailure } from './opensearch-failure.ts'
import type { Matcher, QueryContext } from './query-context.ts'
import { readEntry, readText } from './read-object.ts'
import { termClauses } from './term-clauses.ts'

type Clause = (context: QueryContext, place: string, value: unknown) => Matcher

const clauses: ReadonlyMap<string, Clause> = new Map([
  ...Object.entries(compoundClauses),
  ...Object.entries(fullTextClauses),
  ...Object.entries(termClauses),
  ['knn', knnClause],
])

/** As `indices.query.bool.max_clause_count` has it. */
const mostClauses = 1024

/** A query, ready to be asked for each document. */
export interface CompiledQuery {
  readonly match: Matcher
  readonly named: readonly (readonly [name: string, matcher: Matcher])[]
  readonly scored: ReadonlySet<string>
}

/** Compiles a query, and refuses clauses and keys that it does not know. */
export function compileQuery(index: FakeIndex, query: unknown): CompiledQuery {
  let leaves = 0
  const context: QueryContext = {
    index,
    named: [],
    scored: new Set(),
    count(more) {
      leaves += more
      if (leaves > mostClauses) {
        throw new OpenSearchFailure(400, 'too_many_clauses', `maxClauseCount is set to ${mostClauses}`)
      }
    },
    compile(place, clause) {
      const [name, value] = readEntry(place, clause)
      const compile = clauses.get(name)
      if (compile === undefined) throw parsingFailure(`unknown query [${name}]`)
      if (!Object.hasOwn(compoundClauses, name)) context.count(1)
      const match = compile(context, name, value)
      const given = nameOf(value)
      if (given !== undefined) context.named.push([readText('_name', given), match])
      return match
    },
  }
  const match = context.compile('query', query ?? { match_all: {} })
  return { match, named: context.named, scored: context.scored }
}

/** The `_name` of a clause: beside its keys, or beside those of its field. */
function nameOf(value: unknown): unknown {
  const { _name: own, ...rest } = value as { readonly _name?: unknown }
  const [first] = Object.values(rest)
  const { _name: inner } = (typeof first === 'object' && first !== null ? first : {}) as { readonly _name?: unknown }
  return own ?? (Object.keys(rest).length === 1 && !Array.isArray(first) ? inner : undefined)
}
