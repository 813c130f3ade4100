import { aggregate } from './aggregate.ts'
import { type CompiledQuery, compileQuery } from './compile-query.ts'
import type { FakeIndex } from './fake-index.ts'
import { illegalArgument } from './opensearch-failure.ts'
import { filterSource } from './filter-source.ts'
import { readFlag, readObject, readWhole } from './read-object.ts'
import { type Found, readAfter, readSort } from './sort-hits.ts'

/** The keys of a search body that this server knows, all of them documented. */
const keys = ['query', 'size', 'sort', 'search_after', '_source', 'aggs', 'track_total_hits', 'track_scores', 'explain']

/** An answer of `_search`, and how many documents were ranked by their words. */
export function runSearch(
  name: string,
  index: FakeIndex,
  given: unknown,
): { readonly answer: object; readonly scored: number } {
  const body = readObject('search', given ?? {}, keys)
  const size = readWhole('size', body['size'] ?? 10, 0, 2 ** 31)
  if (size > index.resultWindow) {
    throw illegalArgument(
      `Result window is too large, from + size must be less than or equal to: [${index.resultWindow}] but was [${size}].`,
    )
  }
  const query = compileQuery(index, body['query'])
  const sort = readSort(index, body['sort'])
  const isExplained = readFlag('explain', body['explain'] ?? false)
  const hasScores = sort.hasScore || readFlag('track_scores', body['track_scores'] ?? false)
  const isCounted = readFlag('track_total_hits', body['track_total_hits'] ?? true)

  const found: Found[] = []
  for (const document of index.documents.values()) {
    const score = query.match(document)
    if (score !== undefined) found.push({ document, score: Math.fround(score) })
  }
  const sorted = found
    .map((hit) => ({ ...hit, sort: sort.valuesOf(hit) }))
    .toSorted((left, right) => sort.compare(left.sort, right.sort))
  const length = sorted[0]?.sort.length
  const after =
    body['search_after'] === undefined || length === undefined ? undefined : readAfter(body['search_after'], length)
  const start = after === undefined ? 0 : sorted.findIndex((hit) => sort.compare(hit.sort, after) > 0)
  const page = start === -1 ? [] : sorted.slice(start, start + size)
  const hits = page.map((hit) => ({
    _index: name,
    _id: hit.document.id,
    _score: hasScores ? hit.score : null,
    ...filterSource(hit.document.source, body['_source']),
    sort: hit.sort,
    ...describeNames(query, hit),
    ...(isExplained ? { _explanation: explain(hit) } : {}),
  }))
  const answer = {
    took: 1,
    timed_out: false,
    _shards: { total: 1, successful: 1, skipped: 0, failed: 0 },
    hits: { ...(isCounted ? { total: { value: found.length, relation: 'eq' } } : {}), max_score: null, hits },
    ...(body['aggs'] === undefined
      ? {}
      : {
          aggregations: aggregate(
            index,
            body['aggs'],
            found.map(({ document }) => document),
          ),
        }),
  }
  return { answer, scored: query.scored.size }
}

function describeNames({ named }: CompiledQuery, { document }: Found): object {
  const names = named.filter(([, match]) => match(document) !== undefined).map(([name]) => name)
  return names.length === 0 ? {} : { matched_queries: [...new Set(names)] }
}

function explain({ score }: Found): object {
  return { value: score, description: 'sum of:', details: [] }
}
