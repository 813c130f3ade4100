import type { Clock } from '@empire/clock'
import { SearchError, type IndexStatistics, type SearchCapabilities } from '@empire/search'
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
import type { SearchAnswer } from './search-answer.ts'
import { searchDocuments } from './search-documents.ts'
import { type RunSearch, searchNearest } from './search-nearest.ts'
import { toSource } from './to-source.ts'
import { type BulkItem, type RetrySettings, writeBulk } from './write-bulk.ts'

const capabilities: SearchCapabilities = Object.freeze({
  backend: 'opensearch',
  features: searchFeatures,
  atomic: false,
  hybrid: 'fused',
  highlight: 'stored',
})

/** Milliseconds: merging lasts as long as there is data. */
const longestMerge = 3_600_000

/** What a backend works with. */
export interface BackendSettings {
  readonly index: string
  readonly schema: CheckedSchema
  readonly send: Send
  readonly clock: Clock
  readonly retry: RetrySettings
  close(): Promise<void>
}

/** An index of a server as a backend of `SearchIndex`. */
export function createOpenSearchBackend(settings: BackendSettings): SearchBackend {
  const { index, schema, send, close } = settings

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

  function runner(signal: AbortSignal | undefined): RunSearch {
    return async (body) => {
      const request = {
        method: 'POST' as const,
        path: `/${index}/_search`,
        // An answer of some of the shards is no answer.
        querystring: { allow_partial_search_results: false },
        body: body as { readonly [name: string]: unknown },
      }
      return (await send<SearchAnswer>(request, { signal })) as SearchAnswer
    }
  }

  return Object.freeze({
    capabilities,
    write,
    async search(request: CheckedRequest, { signal }: BackendCall) {
      const { query } = request
      const run = runner(signal)
      if (query?.type === 'nearest') return searchNearest(request, query, run)
      // Hybrids are fused from several searches: "fused" above.
      return searchDocuments(request, query?.type === 'text' ? query : undefined, run)
    },
    async statistics({ signal }: BackendCall): Promise<IndexStatistics> {
      const [counted, stats] = await Promise.all([
        send<{ readonly count: number }>({ method: 'GET', path: `/${index}/_count` }, { signal }),
        send<StatsAnswer>({ method: 'GET', path: `/${index}/_stats/docs,store` }, { signal }),
      ])
      const { _all: all } = stats ?? {}
      const { docs, store } = all?.primaries ?? {}
      return { documents: counted?.count ?? 0, deleted: docs?.deleted, bytes: store?.size_in_bytes }
    },
    async optimize({ signal }: BackendCall): Promise<void> {
      const request = { method: 'POST', path: `/${index}/_forcemerge`, querystring: { max_num_segments: 1 } } as const
      await send(request, { signal, timeout: longestMerge })
      await refresh(signal)
    },
    close,
  })
}

interface StatsAnswer {
  readonly _all: {
    readonly primaries: {
      readonly docs?: { readonly deleted: number }
      readonly store?: { readonly size_in_bytes: number }
    }
  }
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
