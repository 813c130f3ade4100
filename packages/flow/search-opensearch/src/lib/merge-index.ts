import type { Clock } from '@empire/clock'
import type { Send } from './create-sender.ts'
import { readStatistics } from './read-statistics.ts'

/** Milliseconds: merging lasts as long as there is data. */
const longestMerge = 3_600_000

/** Milliseconds. A server keeps what was removed until its copies have agreed that none needs it, which they do every 30 seconds. */
const agreement = 35_000

/** The share of the documents that may stay removed without another merge, as Lucene has it. */
const mostRemoved = 0.1

interface Merge {
  readonly index: string
  readonly send: Send
  readonly clock: Clock
  readonly signal: AbortSignal | undefined
}

/** Merges an index into one segment. Where much stays that was removed just now, it is merged once more when it need not be kept. */
export async function mergeIndex(merge: Merge): Promise<void> {
  const { index, send, clock, signal } = merge
  // What is not flushed yet is kept, too.
  await send({ method: 'POST', path: `/${index}/_flush` }, { signal })
  await mergeSegments(merge)
  const { documents, deleted = 0 } = await readStatistics(merge)
  if (deleted <= mostRemoved * documents) return
  await clock.sleep(agreement, { signal })
  await mergeSegments(merge)
}

async function mergeSegments({ index, send, signal }: Merge): Promise<void> {
  const request = { method: 'POST', path: `/${index}/_forcemerge`, querystring: { max_num_segments: 1 } } as const
  await send(request, { signal, timeout: longestMerge })
  await send({ method: 'POST', path: `/${index}/_refresh` }, { signal })
}
