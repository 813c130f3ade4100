import type { IndexStatistics } from '@empire/search'
import type { Send } from './create-sender.ts'

interface StatsAnswer {
  readonly _all: {
    readonly primaries: {
      readonly docs?: { readonly deleted: number }
      readonly store?: { readonly size_in_bytes: number }
    }
  }
}

/** How big an index is. */
export async function readStatistics({
  index,
  send,
  signal,
}: {
  readonly index: string
  readonly send: Send
  readonly signal: AbortSignal | undefined
}): Promise<IndexStatistics> {
  const [counted, stats] = await Promise.all([
    send<{ readonly count: number }>({ method: 'GET', path: `/${index}/_count` }, { signal }),
    send<StatsAnswer>({ method: 'GET', path: `/${index}/_stats/docs,store` }, { signal }),
  ])
  const { _all: all } = stats ?? {}
  const { docs, store } = all?.primaries ?? {}
  return { documents: counted?.count ?? 0, deleted: docs?.deleted, bytes: store?.size_in_bytes }
}
