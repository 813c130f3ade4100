import type { ModelRequest } from '@empire/llm'
import { createFakeClaude, createFakeServer } from '@empire/test-support'
import { describe, expect, it } from 'vitest'
import type { BatchRequest, BatchResult } from './batch.ts'
import { createClaude } from './create-claude.ts'

const model = 'claude-opus-5-5'
const request: ModelRequest = { messages: [{ role: 'user', content: 'Rain?' }], maxTokens: 9 }
const params = { model, max_tokens: 9, messages: [{ role: 'user', content: [{ type: 'text', text: 'Rain?' }] }] }

function connect(url: string) {
  return createClaude({ model, apiKey: 'test-key', baseUrl: url }).batches
}

async function toArray<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = []
  for await (const item of items) list.push(item)
  return list
}

describe('batches', () => {
  it('are made, looked at and read', async () => {
    await using claude = await createFakeClaude([{ text: 'It rains.', usage: { input: 3, output: 4 } }])
    const batches = connect(claude.url)
    const batch = await batches.create([
      { id: 'a', request },
      { id: 'b', request },
    ])
    expect(claude.requests[0]?.json).toEqual({
      requests: [
        { custom_id: 'a', params },
        { custom_id: 'b', params },
      ],
    })
    expect(batch).toEqual({
      id: 'msgbatch_fake_0',
      status: 'in_progress',
      counts: { processing: 2, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
      createdAt: '2025-01-01T00:00:00Z',
      expiresAt: '2025-01-02T00:00:00Z',
    })
    expect(await batches.get(batch.id)).toMatchObject({ status: 'ended', endedAt: '2025-01-01T00:00:00Z' })
    const results = await toArray(batches.results(batch.id))
    expect(results).toMatchObject([
      { id: 'a', response: { text: 'It rains.', usage: { input: 3, output: 4 }, finish: { reason: 'stop' } } },
      { id: 'b', response: { text: 'It rains.' } },
    ])
  })

  it('ask for the older version of the API where a request has sampling, which the newer one refuses', async () => {
    await using claude = await createFakeClaude()
    const batches = createClaude({ model: 'claude-haiku-4-5', apiKey: 'test-key', baseUrl: claude.url }).batches
    await batches.create([{ id: 'a', request }])
    await batches.create([
      { id: 'a', request },
      { id: 'b', request: { ...request, temperature: 0 } },
    ])
    expect(claude.requests.map(({ headers }) => headers['anthropic-version'])).toEqual(['2026-10-21', '2023-06-01'])
  })

  it('are canceled', async () => {
    await using claude = await createFakeClaude()
    const batches = connect(claude.url)
    const { id } = await batches.create([{ id: 'a', request }])
    expect(await batches.cancel(id)).toMatchObject({ status: 'canceling' })
    expect(await toArray(batches.results(id))).toEqual([
      { id: 'a', error: expect.objectContaining({ code: 'interrupted', retryable: true }) },
    ])
  })

  it('are listed page by page', async () => {
    await using claude = await createFakeClaude()
    const batches = connect(claude.url)
    for (let count = 0; count < 150; count++) await batches.create([{ id: 'a', request }])
    const ids = (await toArray(batches.list())).map(({ id }) => id)
    expect(ids).toHaveLength(150)
    expect(new Set(ids).size).toBe(150)
    expect(ids[0]).toBe('msgbatch_fake_149')
    expect(claude.requests.slice(-2).map(({ url }) => url.search)).toEqual([
      '?limit=100',
      '?limit=100&after_id=msgbatch_fake_50',
    ])
  })

  it('tell what became of each request', async () => {
    const said = { type: 'invalid_request_error', message: 'max_tokens: too many' }
    const error = { type: 'error', error: said, request_id: 'req_7' }
    const lines = [
      { custom_id: 'a', result: { type: 'errored', error } },
      { custom_id: 'b', result: { type: 'expired' } },
      { custom_id: 'c', result: { type: 'new_result' } },
      { custom_id: 'd', result: { type: 'succeeded', message: { type: 'message' } } },
    ]
    await using server = await createFakeServer(() => ({
      // Cut anywhere, and without a line break at the end.
      chunks: (lines
        .map((line) => JSON.stringify(line))
        .join('\n')
        .match(/.{1,50}/gs) ?? []) as string[],
    }))
    const results = await toArray(connect(server.url).results('x/y'))
    const codes = results.map((result: BatchResult) => ('error' in result ? [result.id, result.error.code] : result))
    expect(codes).toEqual([
      ['a', 'invalid_request'],
      ['b', 'timeout'],
      ['c', 'invalid_response'],
      ['d', 'invalid_response'],
    ])
    expect(results[0]).toMatchObject({
      error: {
        message: 'Claude refused a request of the batch: max_tokens: too many.',
        details: { path: 'max_tokens', requestId: 'req_7', body: error },
      },
    })
    expect(server.requests[0]?.url.pathname).toBe('/v1/messages/batches/x%2Fy/results')
  })

  it('are listed to the end, also where a server says that there is more behind nothing', async () => {
    await using server = await createFakeServer(() => ({ body: { data: [], has_more: true, last_id: 'x' } }))
    expect(await toArray(connect(server.url).list())).toEqual([])
  })

  it('refuse a line that is no JSON, and say which', async () => {
    const expired = JSON.stringify({ custom_id: 'a', result: { type: 'expired' } })
    await using server = await createFakeServer(() => ({ chunks: [`${expired}\n`, '{"custom_', 'id'] }))
    const results = connect(server.url).results('a')[Symbol.asyncIterator]()
    expect(await results.next()).toMatchObject({ value: { id: 'a' } })
    await expect(results.next()).rejects.toMatchObject({
      code: 'invalid_response',
      message: 'Claude sent the results of a batch with something that is no JSON object in its place 1.',
      details: { path: '1' },
    })
  })

  it.each(['first', 'middle', 'last'] as const)(
    'whose connection is cut at the %s line throw "network"',
    async (at) => {
      const lines = ['a', 'b', 'c'].map((id) => `${JSON.stringify({ custom_id: id, result: { type: 'expired' } })}\n`)
      await using server = await createFakeServer(() => ({ chunks: lines }), [{ fault: { type: 'socket-cut', at } }])
      await expect(toArray(connect(server.url).results('a'))).rejects.toMatchObject({ code: 'network' })
      await server.whenIdle()
      expect(server.openSockets).toBe(0)
    },
  )

  it('close the connection when they are left early', async () => {
    const line = `${JSON.stringify({ custom_id: 'a', result: { type: 'expired' } })}\n`
    const stall = { fault: { type: 'stall', at: 1 } } as const
    await using server = await createFakeServer(() => ({ chunks: [line, line] }), [stall])
    for await (const result of connect(server.url).results('a')) if (result.id === 'a') break
    await server.whenIdle()
    expect(server.requests[0]?.outcome).toBe('client-left')
  })

  it('refuse a line that is no result', async () => {
    await using server = await createFakeServer(() => ({ body: '{"custom_id":3}\n' }))
    await expect(toArray(connect(server.url).results('a'))).rejects.toMatchObject({ code: 'invalid_response' })
  })

  it.each([
    [[], 'requests', '"requests" of the batch must be an array of at least one request.'],
    [[null], 'requests[0]', '"requests[0]" of the batch must be an object with an id and a request.'],
    [
      [{ id: 'a b', request }],
      'requests[0].id',
      '"requests[0].id" of the batch must be 1 to 64 letters, digits, "_" and "-".',
    ],
    [
      [
        { id: 'a', request },
        { id: 'a', request },
      ],
      'requests[1].id',
      '"requests[1].id" of the batch is that of another request: "a".',
    ],
    [
      [{ id: 'a', request: { ...request, temperature: -1 } }],
      'requests[0].request.temperature',
      'requests[0]: "temperature" of the request must be a finite number from 0 upwards, got a number (-1).',
    ],
  ])('refuse %j', async (requests, path, message) => {
    await using claude = await createFakeClaude()
    await expect(connect(claude.url).create(requests as BatchRequest[])).rejects.toMatchObject({
      code: 'invalid_request',
      message,
      details: { path },
    })
    expect(claude.requests).toHaveLength(0)
  })

  it('throw what the API refuses, and the reason of an abort', async () => {
    await using claude = await createFakeClaude()
    const batches = connect(claude.url)
    const missing = { code: 'invalid_request', details: { status: 404, path: 'batch' } }
    await expect(batches.get('x')).rejects.toMatchObject(missing)
    await expect(batches.cancel('x')).rejects.toMatchObject(missing)
    await expect(toArray(batches.results('x'))).rejects.toMatchObject(missing)
    const reason = new Error('left')
    const signal = AbortSignal.abort(reason)
    const count = claude.requests.length
    await expect(batches.create([{ id: 'a', request }], { signal })).rejects.toBe(reason)
    await expect(batches.get('x', { signal })).rejects.toBe(reason)
    await expect(batches.cancel('x', { signal })).rejects.toBe(reason)
    await expect(toArray(batches.list({ signal }))).rejects.toBe(reason)
    await expect(toArray(batches.results('x', { signal }))).rejects.toBe(reason)
    expect(claude.requests).toHaveLength(count)
  })
})
