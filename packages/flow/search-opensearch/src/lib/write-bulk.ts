import type { Clock } from '@empire/clock'
import { SearchError, type WriteFailure } from '@empire/search'
import type { Send } from './create-sender.ts'
import { chunkLines } from './chunk-lines.ts'

/** One document of a bulk. */
export interface BulkItem {
  readonly id: string
  /** `undefined` removes it. */
  readonly source: object | undefined
}

/** What came of a bulk. */
export interface BulkOutcome {
  /** How many were removed that were there. */
  readonly removed: number
  readonly failures: readonly WriteFailure[]
}

/** How often and when what was refused for lack of room is sent again. */
export interface RetrySettings {
  /** How often the same document is sent at most. */
  readonly attempts: number
  /** Milliseconds before the second attempt; each further one waits twice as long. */
  readonly delay: number
}

interface Bulk {
  readonly index: string
  readonly send: Send
  readonly clock: Clock
  readonly retry: RetrySettings
  readonly signal: AbortSignal | undefined
}

interface ItemAnswer {
  readonly status: number
  readonly result?: string
  readonly error?: { readonly type?: string; readonly reason?: string }
}

interface BulkAnswer {
  readonly items: readonly { readonly index?: ItemAnswer; readonly delete?: ItemAnswer }[]
}

interface PendingItem {
  readonly id: string
  readonly lines: string
}

/** Writes documents in requests of bounded size. Those refused for lack of room are sent again, alone. */
export async function writeBulk(bulk: Bulk, items: Iterable<BulkItem>): Promise<BulkOutcome> {
  let removed = 0
  const failures: WriteFailure[] = []
  for (const chunk of chunkLines(serialise(items))) {
    const outcome = await writeChunk(bulk, chunk)
    removed += outcome.removed
    failures.push(...outcome.failures)
  }
  return { removed, failures }
}

function* serialise(items: Iterable<BulkItem>): Iterable<PendingItem> {
  for (const { id, source } of items) {
    const lines =
      source === undefined
        ? `${JSON.stringify({ delete: { _id: id } })}\n`
        : `${JSON.stringify({ index: { _id: id } })}\n${JSON.stringify(source)}\n`
    yield { id, lines }
  }
}

async function writeChunk(bulk: Bulk, chunk: readonly PendingItem[]): Promise<BulkOutcome> {
  const { clock, retry, signal } = bulk
  const failures: WriteFailure[] = []
  let removed = 0
  let pending = chunk
  for (let attempt = 1; ; attempt += 1) {
    const isLast = attempt >= retry.attempts
    const answers = await sendChunk(bulk, pending, isLast)
    const again: PendingItem[] = []
    for (const [at, item] of pending.entries()) {
      const answer = answers?.[at]
      const isBusy = answer === undefined || answer.status === 429
      if (isBusy && !isLast) again.push(item)
      else if (answer === undefined || answer.error !== undefined) failures.push(toFailure(item, answer))
      else if (answer.result === 'deleted') removed += 1
    }
    if (again.length === 0) return { removed, failures }
    pending = again
    await clock.sleep(retry.delay * 2 ** (attempt - 1), { signal })
  }
}

/** The answers in the order of the items; `undefined` where the server had no room for the whole request. */
async function sendChunk(
  { index, send, signal }: Bulk,
  items: readonly PendingItem[],
  isLast: boolean,
): Promise<readonly ItemAnswer[] | undefined> {
  const bulkBody = items.map(({ lines }) => lines).join('')
  try {
    const body = await send<BulkAnswer>({ method: 'POST', path: `/${index}/_bulk`, bulkBody }, { signal })
    return body?.items.map((item) => (item.index ?? item.delete) as ItemAnswer)
  } catch (error) {
    if (isLast || !(error instanceof SearchError) || error.details['status'] !== 429) throw error
    return undefined
  }
}

function toFailure({ id }: PendingItem, answer: ItemAnswer | undefined): WriteFailure {
  const { error, status } = answer ?? { error: undefined, status: 0 }
  const reason = [error?.type, error?.reason].filter(Boolean).join(': ')
  return {
    id,
    reason: reason || 'no answer for this document',
    retryable: status === 429 || status >= 500 || status === 0,
  }
}
