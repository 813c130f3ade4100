import type { Clock } from '@empire/clock'
import { SearchError, type WriteFailure } from '@empire/search'
import type { Send } from './create-sender.ts'
import { chunkLines } from './chunk-lines.ts'
import { toSearchError } from './to-search-error.ts'

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
  /** The alias that is written to. */
  readonly writes: string
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
  readonly items?: readonly { readonly index?: ItemAnswer; readonly delete?: ItemAnswer }[]
}

interface PendingItem {
  readonly id: string
  readonly lines: string
}

/**
 * Writes documents in requests of bounded size. Those refused for lack of room are sent again, alone. Where a request fails for good
 * after others were taken, its documents and those behind it are failures, too: what was written is told from what was not.
 */
export async function writeBulk(bulk: Bulk, items: Iterable<BulkItem>): Promise<BulkOutcome> {
  let removed = 0
  let taken = 0
  const failures: WriteFailure[] = []
  let error: SearchError | undefined
  for (const chunk of chunkLines(serialise(items))) {
    if (error !== undefined) {
      failures.push(...notWritten(chunk, error))
      continue
    }
    const outcome = await writeChunk(bulk, chunk)
    removed += outcome.removed
    taken += chunk.length - outcome.failures.length
    failures.push(...outcome.failures)
    error = outcome.error
    if (error !== undefined && taken === 0) throw error
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

interface ChunkOutcome extends BulkOutcome {
  /** Why the request failed as a whole. */
  readonly error?: SearchError | undefined
}

async function writeChunk(bulk: Bulk, chunk: readonly PendingItem[]): Promise<ChunkOutcome> {
  const { clock, retry, signal } = bulk
  const failures: WriteFailure[] = []
  let removed = 0
  let pending = chunk
  for (let attempt = 1; ; attempt += 1) {
    const isLast = attempt >= retry.attempts
    const answers = await sendChunk(bulk, pending)
    if (answers instanceof SearchError && answers.details['status'] === 413) {
      const parts = await writeParts(bulk, pending, answers)
      return { ...parts, removed: removed + parts.removed, failures: [...failures, ...parts.failures] }
    }
    const isFull = answers instanceof SearchError && answers.details['status'] === 429
    if (answers instanceof SearchError && (isLast || !isFull)) {
      return { removed, failures: [...failures, ...notWritten(pending, answers)], error: answers }
    }
    const again: PendingItem[] = []
    for (const [at, item] of pending.entries()) {
      const answer = answers instanceof SearchError ? undefined : (answers[at] as ItemAnswer)
      if (answer === undefined || (answer.status === 429 && !isLast)) again.push(item)
      else if (answer.error !== undefined) failures.push(toFailure(item, answer))
      else if (answer.result === 'deleted') removed += 1
    }
    if (again.length === 0) return { removed, failures }
    pending = again
    await clock.sleep(retry.delay * 2 ** (attempt - 1), { signal })
  }
}

/** A request that is too big for the server, in halves; a document that is so by itself is a failure, and no failure of the others. */
async function writeParts(bulk: Bulk, chunk: readonly PendingItem[], error: SearchError): Promise<ChunkOutcome> {
  if (chunk.length === 1) return { removed: 0, failures: notWritten(chunk, error) }
  const middle = chunk.length >>> 1
  const first = await writeChunk(bulk, chunk.slice(0, middle))
  const rest = chunk.slice(middle)
  const second: ChunkOutcome =
    first.error === undefined
      ? await writeChunk(bulk, rest)
      : { removed: 0, failures: notWritten(rest, first.error), error: first.error }
  return {
    removed: first.removed + second.removed,
    failures: [...first.failures, ...second.failures],
    error: second.error,
  }
}

/** The answers in the order of the items, or why the request failed as a whole. */
async function sendChunk(
  { index, writes, send, signal }: Bulk,
  items: readonly PendingItem[],
): Promise<readonly ItemAnswer[] | SearchError> {
  const bulkBody = items.map(({ lines }) => lines).join('')
  const querystring = { require_alias: true }
  try {
    const body = await send<BulkAnswer>({ method: 'POST', path: `/${writes}/_bulk`, querystring, bulkBody }, { signal })
    const answers = body?.items?.map((item) => item.index ?? item.delete)
    if (answers?.length !== items.length || answers.includes(undefined)) throw missingAnswers(index, items.length)
    const gone = answers.find((answer) => answer?.error?.type === 'index_not_found_exception')
    if (gone !== undefined) return toSearchError({ statusCode: 404, body: { error: gone.error } }, index)
    return answers as ItemAnswer[]
  } catch (error) {
    if (error instanceof SearchError) return error
    throw error
  }
}

function missingAnswers(index: string, count: number): SearchError {
  return new SearchError(
    'backend_failed',
    `OpenSearch must answer for each of ${count} documents, got an answer without some of them. Write them again.`,
    { retryable: true, details: { backend: 'opensearch', index } },
  )
}

function notWritten(items: readonly PendingItem[], { message, retryable }: SearchError): WriteFailure[] {
  return items.map(({ id }) => ({ id, reason: message, retryable }))
}

function toFailure({ id }: PendingItem, { error, status }: ItemAnswer): WriteFailure {
  const reason = [error?.type, error?.reason].filter(Boolean).join(': ')
  return { id, reason, retryable: status === 429 || status >= 500 }
}
