import type { CheckedFilter, CheckedHybridQuery, CheckedRequest } from './checked-request.ts'
import { compareText } from './compare-text.ts'
import type { HitExplanation, TextExplanation, VectorExplanation } from './explanation.ts'
import { type FusedRank, fuseRanks } from './fuse-ranks.ts'
import type { BackendCall, BackendHit, BackendResult, SearchBackend } from './search-backend.ts'

/** A result of a hybrid query, with what each search of the backend said of itself. */
export interface HybridResult extends Omit<BackendResult, 'explain'> {
  readonly explains: readonly NonNullable<BackendResult['explain']>[]
}

/**
 * Runs each list of a hybrid query as a search of its own, fuses their ranks, and fetches the page: what a backend that does not fuse
 * itself answers. Facets count over the union of the lists.
 */
export async function searchHybrid(
  backend: SearchBackend,
  request: CheckedRequest & { readonly query: CheckedHybridQuery },
  call: BackendCall,
): Promise<HybridResult> {
  const { query } = request
  const answers = query.parts.map((part) => backend.search(listRequest(request, part.query, query.depth), call))
  // A backend that answers at once is asked for all at once: no write comes in between.
  const lists = answers.every(isAnswer) ? answers : await Promise.all(answers)
  const fused = fuseRanks(
    lists.map(({ hits }, at) => ({ ids: hits.map(({ id }) => id), weight: query.parts[at]?.weight as number })),
    query.rankConstant,
  )
  const page = takePage(fused, request)
  const { facets, fields } = request
  const [fetched, counted] = await Promise.all([
    fields.length === 0 ? undefined : backend.search({ ...idsRequest(request, page), fields }, call),
    facets.length === 0 ? undefined : backend.search({ ...idsRequest(request, fused), facets, limit: 0 }, call),
  ])
  const stored = new Map(fetched?.hits.map((hit) => [hit.id, hit]))
  const found = lists.map(({ hits }) => new Map(hits.map((hit) => [hit.id, hit])))
  const hits = page.flatMap((rank): BackendHit[] => {
    const values = fields.length === 0 ? [] : stored.get(rank.id)?.values
    // A document removed between the two searches is no hit.
    return values === undefined ? [] : [toHit(rank, request, found, values)]
  })
  const explains = [...lists, fetched, counted].flatMap((result) => result?.explain ?? [])
  const last = page.at(-1)
  return {
    hits,
    more: last !== undefined && fused.at(-1) !== last,
    total: fused.length,
    facets: counted?.facets ?? [],
    explains,
  }
}

function isAnswer(answer: BackendResult | Promise<BackendResult>): answer is BackendResult {
  return !(answer instanceof Promise)
}

function listRequest(request: CheckedRequest, query: CheckedRequest['query'], limit: number): CheckedRequest {
  const { filter, explain } = request
  const sort = [{ type: 'score' as const }]
  return { query, filter, explain, sort, limit, facets: [], after: undefined, fields: [], highlight: undefined }
}

function takePage(fused: readonly FusedRank[], { after, limit }: CheckedRequest): readonly FusedRank[] {
  if (after === undefined) return fused.slice(0, limit)
  const score = after.sort[0] as number
  const start = fused.findIndex(
    (rank) => rank.score < score || (rank.score === score && compareText(rank.id, after.id) > 0),
  )
  return start === -1 ? [] : fused.slice(start, start + limit)
}

/** A search among some documents, without a query. */
function idsRequest({ explain }: CheckedRequest, ranks: readonly FusedRank[]): CheckedRequest {
  const filter: CheckedFilter = { type: 'ids', ids: ranks.map(({ id }) => id) }
  const limit = ranks.length
  return {
    query: undefined,
    filter,
    facets: [],
    sort: [],
    limit,
    after: undefined,
    fields: [],
    highlight: undefined,
    explain,
  }
}

function toHit(
  rank: FusedRank,
  request: CheckedRequest & { readonly query: CheckedHybridQuery },
  found: readonly ReadonlyMap<string, BackendHit>[],
  values: BackendHit['values'],
): BackendHit {
  const { id, score } = rank
  const own = found.map((hits) => hits.get(id))
  const texts = own.filter((hit) => hit?.terms !== undefined)
  const [text] = texts
  const terms = [...new Set(texts.flatMap((hit) => hit?.terms ?? []))]
  const explain = request.explain ? { explain: explainFused(rank, request.query, own) } : {}
  const words = text === undefined ? {} : { coverage: text.coverage, terms }
  return { id, score, sort: request.sort.map(() => score), values, ...words, ...explain }
}

function explainFused(
  { score, ranks }: FusedRank,
  { parts, rankConstant }: CheckedHybridQuery,
  own: readonly (BackendHit | undefined)[],
): HitExplanation {
  return {
    type: 'fused',
    score,
    rankConstant,
    lists: parts.map(({ weight }, at) => {
      const rank = ranks[at]
      if (rank === undefined) return { weight, contribution: 0 }
      const explain = own[at]?.explain as TextExplanation | VectorExplanation | undefined
      return {
        weight,
        rank,
        contribution: weight / (rankConstant + rank),
        ...(explain === undefined ? {} : { explain }),
      }
    }),
  }
}
