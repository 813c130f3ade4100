import type { CheckedBounds, CheckedFilter, CheckedTextField } from '@empire/search/backend'
import { fieldKey, fieldPaths } from './field-path.ts'
import type { QueryClause } from './query-clause.ts'
import { escapeTerm } from './term-lines.ts'
import { toValue } from './to-source.ts'

const everything: QueryClause = { match_all: {} }
const nothing: QueryClause = { match_none: {} }

/** A filter as a clause for `bool.filter`. Filters are at most 32 deep. */
export function compileFilter(filter: CheckedFilter): QueryClause {
  switch (filter.type) {
    case 'and':
      return all(filter.filters.map(compileFilter))
    case 'or':
      return any(filter.filters.map(compileFilter))
    case 'not': {
      // What is not not is: engines bound how deep a query may be.
      const { filter: inner } = filter
      return inner.type === 'not' ? compileFilter(inner.filter) : { bool: { must_not: [compileFilter(inner)] } }
    }
    case 'ids':
      return { ids: { values: filter.ids } }
    case 'exists':
      return { term: { has: { value: fieldKey(filter.field.name) } } }
    case 'in': {
      const { value } = fieldPaths(filter.field)
      const values = filter.values.map(toValue(filter.field))
      if (values.length === 0) return nothing
      return values.length === 1 ? { term: { [value]: { value: values[0] } } } : { terms: { [value]: values } }
    }
    case 'range':
      return compileRange(filter.field, filter.bounds)
    case 'words':
      return any(filter.texts.map((text) => compileWords(filter.field, text)))
  }
}

/** The values of a field within bounds. */
export function compileRange(field: Parameters<typeof fieldPaths>[0], bounds: CheckedBounds): QueryClause {
  const write = toValue(field)
  const own = Object.fromEntries(Object.entries(bounds).map(([name, value]) => [name, write(value)]))
  return { range: { [fieldPaths(field).value]: own } }
}

/** All words of a text in a field; a text without words matches nothing. */
function compileWords(field: CheckedTextField, text: string): QueryClause {
  const { terms } = fieldPaths(field)
  const words = new Set(field.analyzer.tokens(text).flatMap((token) => field.analyzer.term(token) ?? []))
  if (words.size === 0) return nothing
  return all(Array.from(words, (word) => ({ term: { [terms]: { value: escapeTerm(word) } } })))
}

function all(clauses: readonly QueryClause[]): QueryClause {
  if (clauses.length < 2) return clauses[0] ?? everything
  return { bool: { filter: clauses } }
}

function any(clauses: readonly QueryClause[]): QueryClause {
  if (clauses.length < 2) return clauses[0] ?? nothing
  return { bool: { should: clauses, minimum_should_match: 1 } }
}

/** The parts of a filter, for `explain`. */
export function describeFilter(filter: CheckedFilter): string[] {
  switch (filter.type) {
    case 'and':
    case 'or':
      return filter.filters.flatMap(describeFilter)
    case 'not':
      return describeFilter(filter.filter)
    case 'ids':
      return ['ids']
    default:
      return [`${filter.type} ${filter.field.name}`]
  }
}
