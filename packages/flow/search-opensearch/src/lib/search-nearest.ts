import type {
  BackendHit,
  BackendResult,
  CheckedNearestQuery,
  CheckedRequest,
  CheckedSort,
  SortValue,
} from '@empire/search/backend'
import { compareHits, isBehind } from './compare-hits.ts'
import { compileFacets, readFacets } from './compile-facets.ts'
import { compileFilter, describeFilter } from './compile-filter.ts'
import { compileSort, readSort } from './compile-sort.ts'
import { checkClauses } from './count-clauses.ts'
import type { EngineCalls } from './engine-calls.ts'
import { fieldPaths } from './field-path.ts'
import { readSource, sourcePath } from './read-source.ts'
import type { SearchHit } from './search-answer.ts'
import { vectorScore } from './vector-score.ts'

/** The most neighbours that the engine looks for. */
const mostCandidates = 10_000

const byScore: readonly CheckedSort[] = [{ type: 'score' }]

/**
 * The k nearest, filtered before they are chosen. The engine gives as many per shard or segment as it is asked for, so the best k of
 * them are taken by score and id; pages are cut from those here, and facets counted over them by a second search.
 */
export async function searchNearest(
  request: CheckedRequest,
  query: CheckedNearestQuery,
  { search }: EngineCalls,
): Promise<BackendResult> {
  const { facets, limit, sort, after } = request
  const candidates = candidatesOf(query)
  const body = nearestBody(request, query, candidates)
  const answer = await search(body)
  const exact = answer.hits.total.value < candidates
  const hits = answer.hits.hits
    .map((hit) => toHit(hit, request, query, exact))
    .toSorted((left, right) => compareHits(sort, left, right))
  const behind = after === undefined ? hits : hits.filter((hit) => isBehind(sort, hit, after))
  const counting = facetBody(request, hits)
  const counted = facets.length === 0 ? undefined : await search(counting)
  const native = counted === undefined ? body : [body, counting]
  const explain = { native, pushedDown: request.filter === undefined ? [] : describeFilter(request.filter) }
  return {
    hits: behind.slice(0, limit),
    more: behind.length > limit,
    total: hits.length,
    facets: readFacets(facets, counted?.aggregations),
    // Where fewer were found than looked for, each one that the filter lets through was compared.
    ...(request.explain ? { explain: exact ? { ...explain, visited: answer.hits.total.value } : explain } : {}),
  }
}

/** More than k make equally near ones come in the order of their ids, and the graph miss fewer. */
function candidatesOf({ k, numCandidates = 0 }: CheckedNearestQuery): number {
  return Math.min(mostCandidates, Math.max(numCandidates, k + 50, 100))
}

function nearestBody({ filter, fields, sort }: CheckedRequest, query: CheckedNearestQuery, candidates: number): object {
  const { field, vector, k } = query
  const own = {
    vector: Array.from(vector),
    k: candidates,
    ...(filter === undefined ? {} : { filter: checkClauses(compileFilter(filter)) }),
  }
  return {
    query: { knn: { [fieldPaths(field).value]: own } },
    size: k,
    // The other keys only so that their values come along.
    sort: compileSort([...byScore, ...sort]),
    track_total_hits: true,
    _source: fields.length === 0 ? false : fields.map(sourcePath),
  }
}

function facetBody({ facets }: CheckedRequest, hits: readonly BackendHit[]): object {
  const ids = hits.map(({ id }) => id)
  return { query: { bool: { filter: [{ ids: { values: ids } }] } }, size: 0, ...compileFacets(facets) }
}

function toHit(
  hit: SearchHit,
  { fields, sort, explain }: CheckedRequest,
  query: CheckedNearestQuery,
  exact: boolean,
): BackendHit {
  const { metric, name } = query.field
  const { _id: id } = hit
  const [given, ...values] = readSort([...byScore, ...sort], hit.sort ?? [])
  const score = vectorScore(metric, given as number)
  return {
    id,
    score,
    sort: sort.map((key, at): SortValue => (key.type === 'score' ? score : (values[at] ?? null))),
    values: fields.map((field) => readSource(hit, field)),
    ...(explain ? { explain: { type: 'vector', score, field: name, metric, exact } } : {}),
  }
}
