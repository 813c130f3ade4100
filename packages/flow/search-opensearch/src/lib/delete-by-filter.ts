import { SearchError } from '@empire/search'
import type { CheckedFilter } from '@empire/search/backend'
import { compileFilter } from './compile-filter.ts'
import { checkClauses } from './count-clauses.ts'
import type { Send } from './create-sender.ts'

interface DeleteAnswer {
  readonly deleted: number
  readonly version_conflicts: number
  readonly failures: readonly {
    readonly id?: string
    readonly status?: number
    readonly cause?: { readonly reason?: string }
    /** Of a search that failed. */
    readonly reason?: { readonly reason?: string }
  }[]
}

/** How often documents that others write meanwhile are tried again. */
const mostRounds = 5

/** Milliseconds: it lasts as long as there are documents. */
const longest = 600_000

/** Removes what a filter lets through except some ids, and says how many that were. */
export async function deleteByFilter(
  { index, send, signal }: { readonly index: string; readonly send: Send; readonly signal: AbortSignal | undefined },
  filter: CheckedFilter,
  except: readonly string[],
): Promise<number> {
  const query = {
    bool: {
      filter: [checkClauses(compileFilter(filter))],
      ...(except.length === 0 ? {} : { must_not: [{ ids: { values: except } }] }),
    },
  }
  let removed = 0
  for (let round = 0; round < mostRounds; round += 1) {
    const answer = await send<DeleteAnswer>(
      {
        method: 'POST',
        path: `/${index}/_delete_by_query`,
        querystring: { conflicts: 'proceed', refresh: true },
        body: { query },
      },
      { signal, timeout: longest, listsFailures: true },
    )
    removed += answer?.deleted ?? 0
    const failures = answer?.failures ?? []
    if (failures.length > 0) throw partialFailure(failures)
    if ((answer?.version_conflicts ?? 0) === 0) return removed
  }
  throw new SearchError(
    'backend_failed',
    `OpenSearch must remove the documents of "${index}" that the filter lets through, but others keep writing them. Try again later.`,
    { retryable: true, details: { backend: 'opensearch', index } },
  )
}

function partialFailure(failures: DeleteAnswer['failures']): SearchError {
  const own = failures.map(({ id = '', status = 500, cause, reason }) => ({
    id,
    reason: cause?.reason ?? reason?.reason ?? 'no reason given',
    retryable: status === 429 || status >= 500,
  }))
  return new SearchError('partial_failure', `OpenSearch could not remove ${own.length} documents. Remove them again.`, {
    details: { failures: own },
    retryable: own.every(({ retryable }) => retryable),
  })
}
