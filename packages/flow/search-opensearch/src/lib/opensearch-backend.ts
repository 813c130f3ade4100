import type { Clock } from '@empire/clock'
import { SearchError, type SearchCapabilities } from '@empire/search'
import {
  type BackendCall,
  type BackendWrite,
  type CheckedFilter,
  type CheckedRequest,
  type CheckedSchema,
  type SearchBackend,
  searchFeatures,
} from '@empire/search/backend'
import type { Send } from './create-sender.ts'
import { deleteByFilter } from './delete-by-filter.ts'
import type { EngineCalls } from './engine-calls.ts'
import { mergeIndex } from './merge-index.ts'
import type { OpenSearchRequest } from './opensearch-client.ts'
import { readStatistics } from './read-statistics.ts'
import type { SearchAnswer } from './search-answer.ts'
import { searchDocuments } from './search-documents.ts'
import { searchNearest } from './search-nearest.ts'
import { toSource } from './to-source.ts'
import type { TermVectors } from './term-vectors.ts'
import { type BulkItem, type RetrySettings, writeBulk } from './write-bulk.ts'

const capabilities: SearchCapabilities = Object.freeze({
  backend: 'opensearch',
  features: searchFeatures,
  atomic: false,
  hybrid: 'fused',
  highlight: 'stored',
})

/** What a backend works with. */
export interface BackendSettings {
  readonly index: string
  /** An alias of it. */
  readonly writes: string
  readonly schema: CheckedSchema
  readonly send: Send
  readonly clock: Clock
  readonly retry: RetrySettings
  close(): Promise<void>
}

/** An index of a server as a backend of `SearchIndex`. */
export function createOpenSearchBackend(settings: BackendSettings): SearchBackend {
  const { index, schema, send, clock, close } = settings

  async function write({ remove, add }: BackendWrite, { signal }: BackendCall): Promise<number> {
    const added = add.map(({ id }) => id)
    const items = [...add.map((document) => ({ document })), ...removedIds(remove, added).map((id) => ({ id }))]
    let removed = 0
    if (items.length > 0) {
      const outcome = await writeBulk({ ...settings, signal }, bulkItems(schema, items))
      await refresh(signal)
      if (outcome.failures.length > 0) throw partialFailure(outcome.failures, items.length)
      removed = outcome.removed
    }
    // Last, so that at no time a document is missing that another one replaces.
    if (remove !== undefined && remove.type !== 'ids') {
      removed += await deleteByFilter({ index, send, signal }, remove, added)
    }
    return removed
  }

  async function refresh(signal: AbortSignal | undefined): Promise<void> {
    await send({ method: 'POST', path: `/${index}/_refresh` }, { signal })
  }

  function callsOf(signal: AbortSignal | undefined): EngineCalls {
    async function post<Answer>(path: string, body: object, more: Partial<OpenSearchRequest>): Promise<Answer> {
      const request = { method: 'POST', path: `/${index}/${path}`, body: { ...body }, ...more } as const
      return (await send<Answer>(request, { signal })) as Answer
    }
    return {
      // An answer of some of the shards is no answer.
      search: (body) => post<SearchAnswer>('_search', body, { querystring: { allow_partial_search_results: false } }),
      termVectors: (body) => post<TermVectors>('_termvectors', body, {}),
    }
  }

  return Object.freeze({
    capabilities,
    write,
    async search(request: CheckedRequest, { signal }: BackendCall) {
      const { query } = request
      const calls = callsOf(signal)
      if (query?.type === 'nearest') return searchNearest(request, query, calls)
      // Hybrids are fused from several searches: "fused" above.
      return searchDocuments(request, query?.type === 'text' ? query : undefined, calls)
    },
    statistics: ({ signal }: BackendCall) => readStatistics({ index, send, signal }),
    optimize: ({ signal }: BackendCall) => mergeIndex({ index, send, clock, signal }),
    close,
  })
}

function removedIds(remove: CheckedFilter | undefined, added: readonly string[]): string[] {
  if (remove?.type !== 'ids') return []
  const kept = new Set(added)
  return [...new Set(remove.ids)].filter((id) => !kept.has(id))
}

/** Documents are written out one by one, so that a big batch is never there twice. */
function* bulkItems(
  schema: CheckedSchema,
  items: readonly ({ readonly document: BackendWrite['add'][number] } | { readonly id: string })[],
): Iterable<BulkItem> {
  for (const item of items) {
    if ('id' in item) yield { id: item.id, source: undefined }
    else yield { id: item.document.id, source: toSource(schema, item.document) }
  }
}

function partialFailure(
  failures: readonly { readonly id: string; readonly reason: string; readonly retryable: boolean }[],
  count: number,
): SearchError {
  const [first] = failures
  return new SearchError(
    'partial_failure',
    `OpenSearch must take ${count} documents, and refused ${failures.length} of them, the first "${first?.id}": ${first?.reason}. "details.failures" names each; write those again that are "retryable".`,
    { details: { backend: 'opensearch', failures }, retryable: failures.every(({ retryable }) => retryable) },
  )
}
