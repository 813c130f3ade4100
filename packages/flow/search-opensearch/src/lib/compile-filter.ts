import type { CheckedBounds, CheckedFilter, CheckedTextField } from '@empire/search/backend'
import { fieldKey, fieldPaths } from './field-path.ts'
import type { QueryClause } from './query-clause.ts'
import { escapeTerm } from './term-lines.ts'

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
      if (inner.type === 'not') return compileFilter(inner.filter)
      const clause = compileFilter(inner)
      if (clause === everything) return nothing
      return clause === nothing ? everything : { bool: { must_not: [asItIs(clause)] } }
    }
    case 'ids':
      return { ids: { values: filter.ids } }
    case 'exists':
      return { term: { has: { value: fieldKey(filter.field.name) } } }
    case 'in': {
      const { value } = fieldPaths(filter.field)
      const { values } = filter
      if (values.length === 0) return nothing
      return values.length === 1 ? { term: { [value]: { value: values[0] } } } : { terms: { [value]: values } }
    }
    case 'range':
      return compileRange(filter.field, filter.bounds)
    case 'words':
      return compileTexts(filter.field, filter.texts)
  }
}

/** The values of a field within bounds. */
export function compileRange(field: Parameters<typeof fieldPaths>[0], bounds: CheckedBounds): QueryClause {
  return { range: { [fieldPaths(field).value]: bounds } }
}

/** All words of one of the texts in a field; a text without words matches nothing. */
function compileTexts(field: CheckedTextField, texts: readonly string[]): QueryClause {
  const { terms } = fieldPaths(field)
  const words = texts.map((text) => readWords(field, text))
  const single = [...new Set(words.flatMap((own) => (own.length === 1 ? own : [])))]
  const several = words.filter((own) => own.length > 1).map((own) => all(own.map(termClause)))
  // Thousands of words are one clause so.
  return any([...(single.length > 1 ? [{ terms: { [terms]: single } }] : single.map(termClause)), ...several])

  function termClause(value: string): QueryClause {
    return { term: { [terms]: { value } } }
  }
}

function readWords({ analyzer }: CheckedTextField, text: string): string[] {
  return [...new Set(analyzer.tokens(text).flatMap((token) => analyzer.term(token) ?? []))].map(escapeTerm)
}

function all(clauses: readonly QueryClause[]): QueryClause {
  if (clauses.length < 2) return clauses[0] ?? everything
  return { bool: { filter: clauses.map(asItIs) } }
}

/**
 * A clause that the server does not rewrite. From 3.3 on it makes one `terms`, which finds what any of them does, of many `term` and
 * `terms` of a field side by side that must all be so; 3.2 makes the wrong complement of a negated `terms` of numbers.
 */
function asItIs(clause: QueryClause): QueryClause {
  return 'term' in clause || 'terms' in clause ? { constant_score: { filter: clause } } : clause
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
