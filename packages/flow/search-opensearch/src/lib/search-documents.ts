import type { BackendHit, BackendResult, CheckedRequest, CheckedTextQuery } from '@empire/search/backend'
import { compileFacets, readFacets } from './compile-facets.ts'
import { compileFilter, describeFilter } from './compile-filter.ts'
import { checkClauses } from './count-clauses.ts'
import { compileAfter, compileSort, readSort } from './compile-sort.ts'
import { compileText } from './compile-text.ts'
import { type MatchedTerms, matchedTerms } from './matched-terms.ts'
import type { EngineCalls } from './engine-calls.ts'
import type { QueryClause } from './query-clause.ts'
import { readSource, sourcePath } from './read-source.ts'
import type { SearchHit } from './search-answer.ts'
import { type Coverage, wordCoverage } from './word-coverage.ts'

/** What words find, or a filter alone: one search of the engine, and for words beside it a look at how frequent they are. */
export async function searchDocuments(
  request: CheckedRequest,
  query: CheckedTextQuery | undefined,
  calls: EngineCalls,
): Promise<BackendResult> {
  const { limit, facets, filter, explain } = request
  const terms = query === undefined ? undefined : matchedTerms(query)
  const body = searchBody(request, query, terms)
  const [answer, coverage] = await Promise.all([
    calls.search(body),
    query === undefined || limit === 0 ? undefined : wordCoverage(query, calls),
  ])
  const { total, hits } = answer.hits
  const page = hits.slice(0, limit)
  return {
    hits: page.map((hit) => toHit(hit, request, terms, coverage)),
    more: limit === 0 ? total.value > 0 : hits.length > limit,
    total: total.value,
    facets: readFacets(facets, answer.aggregations),
    ...(explain
      ? {
          explain: {
            native: body,
            pushedDown: filter === undefined ? [] : describeFilter(filter),
            // With the total asked for, the engine scores each document that the query and the filter find, and no other.
            visited: query === undefined ? 0 : total.value,
          },
        }
      : {}),
  }
}

function searchBody(
  request: CheckedRequest,
  query: CheckedTextQuery | undefined,
  terms: MatchedTerms | undefined,
): object {
  const { limit, sort, fields, facets, explain } = request
  const sources = [...new Set([...fields.map(sourcePath), ...(terms?.sources ?? [])])]
  const after = compileAfter(request)
  return {
    query: checkClauses(compileQuery(request, query)),
    size: limit === 0 ? 0 : limit + 1,
    sort: compileSort(sort),
    ...(query === undefined ? {} : { track_scores: true }),
    track_total_hits: true,
    ...(after === undefined ? {} : { search_after: after }),
    _source: sources.length === 0 ? false : sources,
    ...compileFacets(facets),
    ...(explain && query !== undefined ? { explain: true } : {}),
  }
}

function compileQuery({ filter }: CheckedRequest, query: CheckedTextQuery | undefined): QueryClause {
  const filters = filter === undefined ? [] : [compileFilter(filter)]
  if (query === undefined) return filters.length === 0 ? { match_all: {} } : { bool: { filter: filters } }
  const words = compileText(query)
  return filters.length === 0 ? words : { bool: { must: [words], filter: filters } }
}

function toHit(
  hit: SearchHit,
  { fields, sort, explain }: CheckedRequest,
  terms: MatchedTerms | undefined,
  coverage: Coverage | undefined,
): BackendHit {
  const { _id: id, _score: given, _explanation: native } = hit
  const score = terms === undefined ? 0 : (given ?? 0)
  const own = {
    id,
    score,
    sort: readSort(sort, hit.sort ?? []),
    values: fields.map((field) => readSource(hit, field)),
  }
  if (terms === undefined) return explain ? { ...own, explain: { type: 'filter', score: 0 } } : own
  const words = { ...own, coverage: coverage?.(hit), terms: terms.of(hit) }
  return explain ? { ...words, explain: { type: 'text', score, native } } : words
}
