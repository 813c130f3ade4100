import { getEventListeners } from 'node:events'
import { createFakeGemini } from '@empire/test-support/fake-gemini'
import { createFakeServer, type FakeServer, type Fault } from '@empire/test-support/fake-server'
import { describe, expect, it } from 'vitest'
import { createGeminiBatches } from './create-gemini-batches.ts'
import { toArray } from './to-array.ts'

const model = 'gemini-2.5-flash'
const ask = (content: string) => ({ messages: [{ role: 'user', content }] }) as const

const line = '{ "key": "a", "error": { "code": 8 } }\n'

/** A server with one batch whose results are a file of these pieces. */
function serveFile(chunks: readonly string[], fault?: Fault): Promise<FakeServer> {
  const response = { responsesFile: 'files/out' }
  return createFakeServer(
    ({ path }) => (path.includes('/files/') ? { chunks } : { body: { name: 'batches/a', response } }),
    [{}, { fault }],
  )
}

describe('createGeminiBatches', () => {
  it('answers many requests', async () => {
    await using server = await createFakeGemini([{ text: 'Rain.', usage: { input: 3, output: 2 } }])
    const batches = createGeminiBatches({ apiKey: 'k', baseUrl: server.url })
    const batch = await batches.create({
      model,
      title: 'Weather',
      requests: [
        { key: 'bern', request: { ...ask('Bern?'), temperature: 0 } },
        { key: 'basel', request: ask('Basel?') },
      ],
    })
    expect(batch).toEqual({ name: 'batches/fake-0', state: 'pending', title: 'Weather', model })
    expect(server.requests[0]?.path).toBe('/v1beta/models/gemini-2.5-flash:batchGenerateContent')
    expect(server.requests[0]?.json).toEqual({
      batch: {
        displayName: 'Weather',
        inputConfig: {
          requests: {
            requests: [
              {
                request: {
                  contents: [{ role: 'user', parts: [{ text: 'Bern?' }] }],
                  generationConfig: { temperature: 0 },
                },
                metadata: { key: 'bern' },
              },
              { request: { contents: [{ role: 'user', parts: [{ text: 'Basel?' }] }] }, metadata: { key: 'basel' } },
            ],
          },
        },
      },
    })
    expect(await batches.get(batch.name)).toMatchObject({ state: 'succeeded' })
    expect(await toArray(batches.results(batch.name))).toMatchObject([
      {
        key: 'bern',
        ok: true,
        response: { text: 'Rain.', usage: { input: 3, output: 2 }, finish: { reason: 'stop' } },
      },
      { key: 'basel', ok: true, response: { text: 'Rain.' } },
    ])
  })

  it('lists, cancels and deletes', async () => {
    await using server = await createFakeGemini(() => 'Rain.')
    const batches = createGeminiBatches({ apiKey: 'k', baseUrl: server.url })
    const requests = [{ key: 'one', request: ask('Bern?') }]
    for (const title of ['a', 'b']) await batches.create({ model, requests, title })
    await batches.cancel('fake-0')
    expect(await toArray(batches.list({ pageSize: 1 }))).toMatchObject([
      { title: 'a', state: 'cancelled' },
      { title: 'b', state: 'succeeded' },
    ])
    await batches.delete('fake-0')
    expect(await toArray(batches.list())).toMatchObject([{ title: 'b' }])
  })

  it('keeps the results apart: one that failed does not fail the others', async () => {
    const answer = {
      candidates: [{ content: { parts: [{ functionCall: { name: 'now' } }] }, finishReason: 'STOP' }],
      usageMetadata: { promptTokenCount: 1 },
    }
    const inlinedResponses = [
      { metadata: { key: 'good' }, response: answer },
      { metadata: { key: 'bad' }, error: { code: 8, message: 'Slow.' } },
      { metadata: { key: 'odd' }, response: { candidates: 3 } },
      { metadata: { key: 'short' }, response: {} },
      { response: answer },
    ]
    const metadata = { state: 'JOB_STATE_SUCCEEDED', output: { inlinedResponses: { inlinedResponses } } }
    await using server = await createFakeServer(() => ({ body: { name: 'batches/a', metadata } }))
    const results = await toArray(createGeminiBatches({ apiKey: 'k', baseUrl: server.url }).results('a'))
    expect(results).toMatchObject([
      { key: 'good', ok: true, response: { toolCalls: [{ id: 'call_0_0', name: 'now' }] } },
      { key: 'bad', ok: false, error: { code: 'rate_limited' } },
      { key: 'odd', ok: false, error: { code: 'invalid_response' } },
      { key: 'short', ok: false, error: { code: 'interrupted' } },
      { key: undefined, ok: true, response: { toolCalls: [{ id: 'call_4_0' }] } },
    ])
  })

  it.each([
    ['BATCH_STATE_RUNNING', undefined, true, 'batches/a has no results: its state is "running".'],
    [
      'BATCH_STATE_FAILED',
      { message: 'Too large.' },
      false,
      'batches/a has no results: its state is "failed". Gemini says: Too large.',
    ],
  ])('has no results of %s', async (state, error, retryable, message) => {
    await using server = await createFakeServer(() => ({ body: { name: 'batches/a', metadata: { state }, error } }))
    const batches = createGeminiBatches({ apiKey: 'k', baseUrl: server.url })
    await expect(toArray(batches.results('a'))).rejects.toMatchObject({ code: 'invalid_request', message, retryable })
  })

  it.each([
    [[], 'Expected "requests" to be an array of at least one { key, request }.'],
    [[{ key: '', request: ask('?') }], 'Expected "requests[0].key" to be a string that is not empty.'],
    [[null], '"requests[0]" must be an object, got null.'],
    [[{ id: 'a', request: ask('?') }], '"requests[0]" has no key "id". Known: key, request.'],
    [
      [
        { key: 'a', request: ask('?') },
        { key: 'a', request: ask('?') },
      ],
      'Expected "requests[1].key" to be another one than before: "a".',
    ],
  ])('refuses %j', async (requests, message) => {
    const batches = createGeminiBatches({ apiKey: 'k', baseUrl: 'http://127.0.0.1:9' })
    await expect(batches.create({ model, requests: requests as never })).rejects.toThrow(new TypeError(message))
  })

  it('sends more than 19 MB as a file, and reads the results from one', async () => {
    await using server = await createFakeGemini(['Rain.'])
    const batches = createGeminiBatches({ apiKey: 'k', baseUrl: server.url })
    const requests = [
      { key: 'long', request: ask('Bern? '.repeat(4_000_000)) },
      { key: 'short', request: ask('Basel?') },
    ]
    const { name } = await batches.create({ model, requests })
    const created = server.requests.find(({ path }) => path.endsWith(':batchGenerateContent'))
    expect(created?.json).toEqual({ batch: { displayName: 'batch', inputConfig: { fileName: 'files/fake-0' } } })
    const lines = server.requests.filter(({ path }) => path.startsWith('/upload/')).map(({ body }) => body)
    expect(lines.slice(1).join('').split('\n').at(-2)).toBe(
      '{"key":"short","request":{"contents":[{"role":"user","parts":[{"text":"Basel?"}]}]}}',
    )
    expect(await toArray(batches.results(name))).toMatchObject([
      { key: 'long', ok: true, response: { text: 'Rain.' } },
      { key: 'short', ok: true, response: { text: 'Rain.' } },
    ])
    expect(server.requests.at(-1)?.url.pathname).toBe('/v1beta/files/fake-1:download')
    expect(server.requests.at(-1)?.url.search).toBe('?alt=media')
  })

  it('keeps the lines of a file apart', async () => {
    const lines = [
      '{ "key": "bad", "error": { "code": 3, "message": "Not test-key." } }',
      '{ "key": 5 }',
      '{ "key": "cut", "resp',
    ]
    await using server = await serveFile([lines.join('\n')])
    const batches = createGeminiBatches({ apiKey: 'test-key', baseUrl: server.url })
    expect(await toArray(batches.results('a'))).toMatchObject([
      {
        key: 'bad',
        ok: false,
        error: {
          code: 'invalid_request',
          message: 'Gemini refused the call with status 400: Not [redacted].',
        },
      },
      { key: undefined, ok: false, error: { code: 'invalid_response' } },
      { key: undefined, ok: false, error: { code: 'invalid_response' } },
    ])
  })

  it('reads no more of a file than is taken, and leaves nothing open', async () => {
    const long = `{ "key": "a", "error": { "message": "${'x'.repeat(50_000)}" } }\n`
    await using server = await serveFile([long], { type: 'endless-stream', at: 'first' })
    const { signal } = new AbortController()
    let taken = 0
    for await (const _ of createGeminiBatches({ apiKey: 'k', baseUrl: server.url }).results('a', { signal })) {
      if (++taken === 3) break
    }
    expect(getEventListeners(signal, 'abort')).toEqual([])
    await server.whenIdle()
    expect(server.requests.at(-1)?.outcome).toBe('client-left')
  })

  it.each([
    ['headers', 0],
    ['first', 0],
    ['middle', 1],
    ['last', 2],
  ] as const)('gives what came before a file breaks off at %s', async (at, count) => {
    await using server = await serveFile([line, line, line], { type: 'socket-cut', at })
    const keys: unknown[] = []
    const reading = (async () => {
      for await (const { key } of createGeminiBatches({ apiKey: 'k', baseUrl: server.url }).results('a')) keys.push(key)
    })()
    await expect(reading).rejects.toMatchObject({ code: 'network' })
    expect(keys).toHaveLength(count)
  })

  it('ends by an abort within a file', async () => {
    await using server = await serveFile([line, line], { type: 'stall', at: 'last' })
    const controller = new AbortController()
    const { signal } = controller
    const reason = new Error('enough')
    const results = createGeminiBatches({ apiKey: 'k', baseUrl: server.url }).results('a', { signal })
    const reading = (async () => {
      for await (const _ of results) controller.abort(reason)
    })()
    await expect(reading).rejects.toBe(reason)
    await server.whenIdle()
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  it('writes each request by its settings', async () => {
    await using server = await createFakeGemini(['Rain.'])
    const safetySettings = [{ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'OFF' }] as const
    const settings = { hoistSystem: true, safetySettings, cachedContent: 'cachedContents/abc' }
    const batches = createGeminiBatches({ apiKey: 'k', baseUrl: server.url, ...settings })
    const messages = [...ask('Bern?').messages, { role: 'system', content: 'Be brief.' }] as const
    await batches.create({ model, requests: [{ key: 'a', request: { messages } }] })
    expect(server.requests[0]?.json).toMatchObject({
      batch: {
        inputConfig: {
          requests: {
            requests: [
              {
                request: {
                  systemInstruction: { parts: [{ text: 'Be brief.' }] },
                  safetySettings,
                  cachedContent: 'cachedContents/abc',
                },
              },
            ],
          },
        },
      },
    })
  })

  it('says which request is wrong', async () => {
    const batches = createGeminiBatches({ apiKey: 'k', baseUrl: 'http://127.0.0.1:9' })
    const wrong = { messages: [], temperature: 0 }
    const requests = [
      { key: 'a', request: ask('?') },
      { key: 'b', request: wrong },
    ]
    await expect(batches.create({ model, requests })).rejects.toMatchObject({
      code: 'invalid_request',
      details: { path: 'requests[1].request.messages' },
    })
  })

  it('is not there on Vertex AI', () => {
    expect(() => createGeminiBatches({ apiKey: 'k', vertex: {} })).toThrow(
      expect.objectContaining({ code: 'unsupported', details: { feature: 'batches' } }),
    )
  })
})
