import { objectOf } from '../fake-model/object-of.ts'
import type { FakeReply } from '../fake-server/fake-reply.ts'
import type { FakeRequest } from '../fake-server/fake-request.ts'
import { claudeError } from './claude-error.ts'
import { type ClaudeStep, makeMessage } from './claude-step.ts'

interface FakeBatch {
  readonly id: string
  readonly requests: readonly Readonly<Record<string, unknown>>[]
  readonly make: (params: Readonly<Record<string, unknown>>) => object
  status: 'in_progress' | 'canceling' | 'ended'
  isCanceled: boolean
}

/** The batches of one fake server. */
export interface FakeBatches {
  /** The reply to a request for a path below `/v1/messages/batches`; `undefined` for one that does not exist. */
  reply(request: FakeRequest, step: ClaudeStep): FakeReply | undefined
}

const root = /\/v1\/messages\/batches(?:\/([^/]+))?(?:\/(results|cancel))?$/
const created = '2025-01-01T00:00:00Z'

/** Batches that have ended when they are looked at for the first time. One step answers all requests of a batch. */
export function createFakeBatches(): FakeBatches {
  const batches = new Map<string, FakeBatch>()

  function create(request: FakeRequest, step: ClaudeStep): FakeReply {
    const { requests } = objectOf(request.json)
    if (!Array.isArray(requests) || requests.length === 0) return fail(400, 'requests: Field required')
    const batch: FakeBatch = {
      id: `msgbatch_fake_${batches.size}`,
      requests: requests.map(objectOf),
      make: (params) => makeMessage(request, params, step),
      status: 'in_progress',
      isCanceled: false,
    }
    batches.set(batch.id, batch)
    return { body: describe(batch) }
  }

  function list({ url }: FakeRequest): FakeReply {
    const all = [...batches.values()].toReversed()
    const after = url.searchParams.get('after_id')
    const start = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1
    const end = start + Number(url.searchParams.get('limit') ?? 20)
    const data = all.slice(start, end).map(describe)
    const { length } = data
    const [first, last] = [data[0]?.id ?? null, data[length - 1]?.id ?? null]
    return { body: { data, has_more: end < all.length, first_id: first, last_id: last } }
  }

  return {
    reply(request, step) {
      const { method, path } = request
      const match = root.exec(path)
      if (match === null) return undefined
      const [, id, action] = match
      if (id === undefined) return method === 'POST' ? create(request, step) : list(request)
      const batch = batches.get(id)
      if (batch === undefined) return fail(404, `batch: ${id}`)
      if (action === 'results')
        return { chunks: batch.requests.map((line) => `${JSON.stringify(resultOf(batch, line))}\n`) }
      if (action === 'cancel') {
        batch.isCanceled = true
        batch.status = 'canceling'
        return { body: describe(batch) }
      }
      batch.status = 'ended'
      return { body: describe(batch) }
    },
  }
}

function resultOf(batch: FakeBatch, { custom_id, params }: Readonly<Record<string, unknown>>): object {
  if (batch.isCanceled) return { custom_id, result: { type: 'canceled' } }
  const body = objectOf(params)
  if (body['messages'] !== undefined) return { custom_id, result: { type: 'succeeded', message: batch.make(body) } }
  const error = claudeError({ status: 400, message: 'messages: Field required' })
  return { custom_id, result: { type: 'errored', error } }
}

function describe({ id, requests, status, isCanceled }: FakeBatch): { readonly id: string } & Record<string, unknown> {
  const ended = status === 'ended' ? requests.length : 0
  return {
    id,
    type: 'message_batch',
    processing_status: status,
    request_counts: {
      processing: requests.length - ended,
      succeeded: isCanceled ? 0 : ended,
      errored: 0,
      canceled: isCanceled ? ended : 0,
      expired: 0,
    },
    created_at: created,
    expires_at: '2025-01-02T00:00:00Z',
    ended_at: status === 'ended' ? created : null,
    archived_at: null,
    cancel_initiated_at: isCanceled ? created : null,
    results_url: null,
  }
}

function fail(status: number, message: string): FakeReply {
  return { status, headers: { 'request-id': 'req_fake' }, body: claudeError({ status, message }) }
}
