import { linkSignal } from '@empire/clock'
import { type CallOptions, ModelError, type ModelRequest } from '@empire/llm'
import { validateStream } from '@empire/schema'
import * as z from 'zod'
import { ask } from './ask.ts'
import { type Batch, batchPageReader, batchReader, type BatchRequest, type BatchResult, readBatch } from './batch.ts'
import type { Send } from './create-send.ts'
import { readBatchResult } from './read-batch-result.ts'
import { toClaudeError } from './to-claude-error.ts'
import { versionHeaders } from './version-headers.ts'
import type { ClaudeBody } from './write-body.ts'

/** The batches of one account. Every call throws `ModelError`, or `signal.reason`. */
export interface ClaudeBatches {
  /** Begins a batch. Throws `invalid_request` with the path (`requests[2].request.temperature`) before anything is sent. */
  create(requests: readonly BatchRequest[], options?: CallOptions): Promise<Batch>
  /** How far a batch is. */
  get(id: string, options?: CallOptions): Promise<Batch>
  /** All batches, the newest first; pages are fetched as they are needed. */
  list(options?: CallOptions): AsyncIterable<Batch>
  /** Stops a batch. What is answered by then has its result. */
  cancel(id: string, options?: CallOptions): Promise<Batch>
  /** The results of a batch that has ended, in any order, read as they are pulled. */
  results(id: string, options?: CallOptions): AsyncIterable<BatchResult>
}

const root = '/v1/messages/batches'
const pageSize = 100

/** @param write Makes the body of a message from a request. */
export function createBatches(send: Send, write: (request: ModelRequest) => ClaudeBody): ClaudeBatches {
  async function* list({ signal }: CallOptions = {}): AsyncGenerator<Batch, void, undefined> {
    let after: string | undefined
    do {
      const query = { limit: pageSize, ...(after === undefined ? {} : { after_id: after }) }
      const page = await ask(send, 'get', root, { query, signal }, batchPageReader)
      for (const batch of page.data) yield readBatch(batch)
      // A page of nothing is the last one, whatever it says: asking for more would never end.
      after = page.has_more === true && page.data.length > 0 ? (page.last_id ?? undefined) : undefined
    } while (after !== undefined)
  }

  async function* results(id: string, { signal }: CallOptions = {}): AsyncGenerator<BatchResult, void, undefined> {
    signal?.throwIfAborted()
    const call = linkSignal(signal)
    try {
      const response = await send('get', `${pathOf(id)}/results`, { signal: call.signal })
      const form = { format: 'ndjson', maxItemBytes: 2 ** 26 } as const
      for await (const line of validateStream(z.looseObject({}), response.body ?? [], form)) {
        if (!line.ok) throw brokenLine(line.index)
        yield await readBatchResult(line.value)
      }
    } catch (error) {
      throw toClaudeError(error, signal)
    } finally {
      call.unlink()
    }
  }

  return Object.freeze({
    async create(requests: readonly BatchRequest[], { signal }: CallOptions = {}) {
      const written = writeRequests(requests, write)
      const headers = versionHeaders(written.map(({ params }) => params))
      return readBatch(await ask(send, 'post', root, { body: { requests: written }, headers, signal }, batchReader))
    },
    async get(id: string, { signal }: CallOptions = {}) {
      return readBatch(await ask(send, 'get', pathOf(id), { signal }, batchReader))
    },
    list,
    async cancel(id: string, { signal }: CallOptions = {}) {
      return readBatch(await ask(send, 'post', `${pathOf(id)}/cancel`, { signal }, batchReader))
    },
    results,
  })
}

function brokenLine(index: number): ModelError {
  const problem = `Claude sent the results of a batch with something that is no JSON object in its place ${index}.`
  return new ModelError('invalid_response', problem, { details: { path: String(index) } })
}

function pathOf(id: string): string {
  return `${root}/${encodeURIComponent(id)}`
}

function writeRequests(requests: readonly BatchRequest[], write: (request: ModelRequest) => ClaudeBody) {
  if (!Array.isArray(requests) || requests.length === 0) {
    throw refuse('requests', 'must be an array of at least one request.')
  }
  const ids = new Set<string>()
  return requests.map((entry: BatchRequest | null | undefined, index) => {
    const path = `requests[${index}]`
    if (typeof entry !== 'object' || entry === null) throw refuse(path, 'must be an object with an id and a request.')
    const { id, request } = entry
    if (typeof id !== 'string' || !/^[\w-]{1,64}$/.test(id)) {
      throw refuse(`${path}.id`, 'must be 1 to 64 letters, digits, "_" and "-".')
    }
    if (ids.has(id)) throw refuse(`${path}.id`, `is that of another request: ${JSON.stringify(id)}.`)
    ids.add(id)
    try {
      return { custom_id: id, params: write(request) }
    } catch (error) {
      if (!(error instanceof ModelError)) throw error
      const { path: inner } = error.details
      throw new ModelError(error.code, `${path}: ${error.message}`, {
        cause: error,
        details: {
          ...error.details,
          path: inner === undefined || inner === '' ? `${path}.request` : `${path}.request.${inner}`,
        },
      })
    }
  })
}

function refuse(path: string, problem: string): ModelError {
  return new ModelError('invalid_request', `"${path}" of the batch ${problem}`, { details: { path } })
}
