import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import { ModelError, type ModelRequest } from '@empire/llm'
import { createFakeGemini } from '@empire/test-support/fake-gemini'
import { createFakeServer, type FakeReply } from '@empire/test-support/fake-server'
import { describe, expect, it } from 'vitest'
import { createGemini, type GeminiModel, type GeminiOptions } from './create-gemini.ts'
import { toArray } from './to-array.ts'

const request: ModelRequest = { messages: [{ role: 'user', content: 'What is the weather in Bern?' }] }

/** What a call fails with, of a stream and a whole answer alike. */
async function failure(reply: FakeReply, key = 'test-key'): Promise<ModelError> {
  await using server = await createFakeServer(() => reply)
  const gemini = createGemini({ model: 'gemini-x', apiKey: key, baseUrl: server.url })
  const whole = await gemini.generate(request).catch((error: unknown) => error)
  const streamed = await toArray(gemini.stream(request)).catch((error: unknown) => error)
  expect(whole).toBeInstanceOf(ModelError)
  expect((streamed as ModelError).code).toBe((whole as ModelError).code)
  return whole as ModelError
}

function connect(apiKey: () => string): GeminiModel {
  return createGemini({ model: 'gemini-x', apiKey, baseUrl: 'http://127.0.0.1:9' })
}

function refusal(status: number, error: object, headers: Record<string, string> = {}): FakeReply {
  return { status, headers, body: { error: { code: status, ...error } } }
}

describe('createGemini fails with', () => {
  it.each([
    [400, { status: 'INVALID_ARGUMENT', message: 'Bad.' }, 'invalid_request', false],
    [
      400,
      { status: 'INVALID_ARGUMENT', message: 'API key not valid. Please pass a valid API key.' },
      'authentication',
      false,
    ],
    [400, { status: 'INVALID_ARGUMENT', details: [{ reason: 'API_KEY_INVALID' }] }, 'authentication', false],
    [401, { status: 'UNAUTHENTICATED' }, 'authentication', false],
    [403, { status: 'PERMISSION_DENIED' }, 'authentication', false],
    [404, { status: 'NOT_FOUND' }, 'invalid_request', false],
    [429, { status: 'RESOURCE_EXHAUSTED' }, 'rate_limited', true],
    [499, { status: 'CANCELLED' }, 'overloaded', true],
    [500, { status: 'INTERNAL' }, 'overloaded', true],
    [503, { status: 'UNAVAILABLE' }, 'overloaded', true],
    [504, { status: 'DEADLINE_EXCEEDED' }, 'timeout', true],
  ] as const)('status %d %o: %s', async (status, error, code, retryable) => {
    expect(await failure(refusal(status, error))).toMatchObject({ code, retryable, details: { status } })
  })

  it.each([
    [{ code: 3, message: 'Bad.' }, 'invalid_request', 400],
    [{ code: 8, message: 'Slow.' }, 'rate_limited', 429],
    [{ code: 14 }, 'overloaded', 503],
    [{ code: 16 }, 'authentication', 401],
    [{ status: 'INVALID_ARGUMENT' }, 'invalid_request', 400],
    [{ status: 'UNAUTHENTICATED' }, 'authentication', 401],
    [{ status: 'A_NAME_OF_TOMORROW' }, 'overloaded', 500],
    [{}, 'overloaded', 500],
  ] as const)('what a stream says without an HTTP status, %o: %s', async (error, code, status) => {
    await using server = await createFakeServer(() => ({ events: [{ data: JSON.stringify({ error }) }] }))
    const gemini = createGemini({ model: 'gemini-x', apiKey: 'k', baseUrl: server.url })
    await expect(toArray(gemini.stream(request))).rejects.toMatchObject({ code, details: { status } })
  })

  it('the place of what is wrong', async () => {
    const details = [
      {
        '@type': 'type.googleapis.com/google.rpc.BadRequest',
        fieldViolations: [{ field: 'contents[0].parts[1].data' }],
      },
    ]
    const error = await failure(refusal(400, { status: 'INVALID_ARGUMENT', message: 'Bad image.', details }))
    expect(error.message).toBe('Gemini refused the call with status 400: Bad image.')
    expect(error.details).toMatchObject({ path: 'contents[0].parts[1].data', vendorCode: 'INVALID_ARGUMENT' })
  })

  it.each([
    'The input token count (1048577) exceeds the maximum number of tokens allowed (1048576).',
    'Unable to submit request because the input token count is 1048577 but model only supports up to 1048576. Reduce it.',
  ])('the numbers of a request that is too long: %s', async (message) => {
    expect(await failure(refusal(400, { status: 'INVALID_ARGUMENT', message }))).toMatchObject({
      code: 'context_too_long',
      details: { tokens: 1_048_577, limit: 1_048_576 },
    })
  })

  it('how long to wait', async () => {
    const details = [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '32.5s' }]
    expect((await failure(refusal(429, { details }))).details.retryAfter).toBe(32_500)
    expect((await failure(refusal(503, {}, { 'retry-after': '7' }))).details.retryAfter).toBe(7000)
  })

  it.each([
    ['a page of a proxy', { status: 502, body: '<html>Bad gateway</html>' }, 'overloaded'],
    ['a list of one error', { status: 429, body: [{ error: { code: 429, message: 'Slow.' } }] }, 'rate_limited'],
    ['nothing at all', { status: 503 }, 'overloaded'],
    ['a redirection', { status: 302, headers: { location: 'http://127.0.0.1:9/' } }, 'invalid_request'],
  ] satisfies [string, FakeReply, string][])('%s', async (_, reply, code) => {
    expect((await failure(reply)).code).toBe(code)
  })

  it('an answer that is no JSON', async () => {
    await using server = await createFakeServer(() => ({ body: '<html>' }))
    const gemini = createGemini({ model: 'gemini-x', apiKey: 'k', baseUrl: server.url })
    await expect(gemini.generate(request)).rejects.toMatchObject({
      code: 'invalid_response',
      message: 'Gemini sent a frame that is no JSON.',
    })
    await expect(toArray(gemini.stream(request))).rejects.toMatchObject({ code: 'interrupted' })
  })

  it.each([
    ['candidates[0].content.parts[0].text', { candidates: [{ content: { parts: [{ text: 3 }] } }] }],
    ['usageMetadata.promptTokenCount', { usageMetadata: { promptTokenCount: -1 } }],
    ['candidates', { candidates: {} }],
    ['', 'text'],
  ])('an answer of another form: %s', async (path, frame) => {
    const data = JSON.stringify(frame)
    await using server = await createFakeServer(({ path: asked }) =>
      asked.includes(':stream')
        ? { events: [{ data }] }
        : { headers: { 'content-type': 'application/json' }, body: data },
    )
    const gemini = createGemini({ model: 'gemini-x', apiKey: 'k', baseUrl: server.url })
    const expected = { code: 'invalid_response', details: { path, frame } }
    await expect(gemini.generate(request)).rejects.toMatchObject(expected)
    await expect(toArray(gemini.stream(request))).rejects.toMatchObject(expected)
  })

  it('an answer whose tokens are not known', async () => {
    const frame = { candidates: [{ content: { parts: [{ text: 'Hi' }] }, finishReason: 'STOP' }] }
    await using server = await createFakeServer(() => ({ events: [{ data: JSON.stringify(frame) }] }))
    const gemini = createGemini({ model: 'gemini-x', apiKey: 'k', baseUrl: server.url })
    await expect(toArray(gemini.stream(request))).rejects.toMatchObject({
      code: 'invalid_response',
      message: 'Gemini sent an answer without "usageMetadata": its tokens are not known.',
    })
  })

  it('a server that is not there', async () => {
    const gemini = createGemini({ model: 'gemini-x', apiKey: 'k', baseUrl: 'http://127.0.0.1:9' })
    await expect(gemini.generate(request)).rejects.toMatchObject({ code: 'network', retryable: true })
  })

  it('a key that does not come', async () => {
    for (const key of ['', ' ', 'two\nlines', undefined]) {
      await expect(connect(() => key as string).generate(request)).rejects.toMatchObject({
        code: 'authentication',
        message: 'Expected "apiKey" to give a text of letters, digits and signs.',
      })
    }
    const failing = connect(() => {
      throw new Error('no vault')
    })
    await expect(failing.generate(request)).rejects.toMatchObject({
      code: 'authentication',
      message: 'The function "apiKey" failed.',
      cause: { message: 'no vault' },
    })
  })

  it('no key in it, even if the server repeats it', async () => {
    const key = 'my-own-kind-of-key-1'
    const error = await failure(refusal(400, { message: `The key ${key} is odd.`, details: [{ reason: key }] }), key)
    expect(error.message).toBe('Gemini refused the call with status 400: The key [redacted] is odd.')
    expect(inspect(error, { depth: 9 }) + JSON.stringify(error.details)).not.toContain(key)
  })

  it.each([
    ['an error', (key: string) => JSON.stringify({ error: { code: 503, message: key, details: [{ reason: key }] } })],
    ['a frame of another form', (key: string) => JSON.stringify({ candidates: key })],
    ['a frame that is no JSON', (key: string) => `{ "${key}"`],
  ])('no key in it, even if the answer repeats it in %s', async (_, write) => {
    const key = 'my-own-kind-of-key-1'
    await using server = await createFakeServer(({ path }) =>
      path.includes(':stream') ? { events: [{ data: write(key) }] } : { body: write(key) },
    )
    const gemini = createGemini({ model: 'gemini-x', apiKey: () => key, baseUrl: server.url })
    for (const call of [toArray(gemini.stream(request)), gemini.generate(request)]) {
      const error = await call.catch((failed: unknown) => failed)
      expect(error).toBeInstanceOf(ModelError)
      expect(inspect(error, { depth: 9 })).not.toContain(key)
    }
  })

  it('no secret of its headers in it, even if the server repeats them', async () => {
    const token = 'my-own-kind-of-token-1'
    const headers = { 'proxy-authorization': 'Basic my-own-kind-of-pass', 'x-team-token': 'my-own-kind-of-team' }
    const authClient = { getRequestHeaders: async () => new Headers({ authorization: `Bearer ${token}` }) }
    const vertex = { project: 'p', authOptions: { authClient } } as unknown as NonNullable<GeminiOptions['vertex']>
    const message = `${token} ${Object.values(headers).join(' ')} my-own-kind-of-pass`
    await using server = await createFakeServer(() => refusal(400, { message }))
    const gemini = createGemini({ model: 'gemini-x', vertex, headers, baseUrl: server.url })
    const error = await gemini.generate(request).catch((failed: unknown) => failed)
    expect(error).toBeInstanceOf(ModelError)
    expect(inspect(error, { depth: 9 })).not.toContain('my-own-kind')
  })

  it('arguments that nest 100,000 deep', async () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000)
    const data = `{"candidates":[{"content":{"parts":[{"functionCall":{"name":"a","args":{"x":${deep}}}}]}}]}`
    await using server = await createFakeServer(() => ({ events: [{ data }] }))
    const gemini = createGemini({ model: 'gemini-x', apiKey: 'k', baseUrl: server.url })
    await expect(toArray(gemini.stream(request))).rejects.toMatchObject({
      code: 'invalid_response',
      message: 'Gemini sent an answer that nests too deep.',
    })
  })

  it('a request that nests too deep', async () => {
    let deep: Record<string, unknown> = {}
    for (let level = 0; level < 10_000; level++) deep = { deep }
    const gemini = createGemini({ model: 'gemini-x', apiKey: 'k', baseUrl: 'http://127.0.0.1:9' })
    await expect(gemini.generate({ ...request, vendor: { gemini: { deep } } })).rejects.toMatchObject({
      code: 'invalid_request',
      message: 'The request nests too deep, or holds what is no JSON.',
    })
  })

  it('an error that does not end, without reading it all', async () => {
    let sent = 0
    let left = false
    const gemini = createGemini({
      model: 'gemini-x',
      apiKey: 'k',
      fetch: async () =>
        new Response(
          new ReadableStream({
            pull: (controller) => controller.enqueue(new Uint8Array((sent += 1) && 100_000).fill(120)),
            cancel() {
              left = true
            },
          }),
          { status: 503 },
        ),
    })
    await expect(gemini.generate(request)).rejects.toMatchObject({ code: 'overloaded' })
    expect([sent < 50, left]).toEqual([true, true])
  })

  it('an error of 10 MB in few words', async () => {
    const error = await failure({ status: 500, body: 'x'.repeat(10_000_000) })
    expect(JSON.stringify(error.details).length).toBeLessThan(5000)
  })
})

describe('createGemini reads a stream', () => {
  it('without its last blank line', async () => {
    const frame = {
      candidates: [{ content: { parts: [{ text: 'Hi' }] }, finishReason: 'STOP' }],
      usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1 },
    }
    await using server = await createFakeServer(() => ({
      headers: { 'content-type': 'text/event-stream' },
      chunks: [`data: ${JSON.stringify(frame)}`],
    }))
    const gemini = createGemini({ model: 'gemini-x', apiKey: 'k', baseUrl: server.url })
    expect((await toArray(gemini.stream(request))).map(({ type }) => type)).toEqual([
      'text-start',
      'text-delta',
      'usage',
      'text-end',
      'finish',
    ])
  })

  it('byte by byte', async () => {
    await using server = await createFakeGemini([{ text: 'Grüezi ☔️', responseId: 'r' }])
    const whole = await fetch(`${server.url}/v1beta/models/x:streamGenerateContent?alt=sse`, {
      method: 'POST',
      headers: { 'x-goog-api-key': 'k' },
      body: JSON.stringify({ contents: [{ parts: [{ text: 'x' }] }] }),
    })
    const bytes = new Uint8Array(await whole.arrayBuffer())
    const gemini = createGemini({
      model: 'gemini-x',
      apiKey: 'k',
      fetch: async () =>
        new Response(ReadableStream.from(Array.from(bytes, (byte) => Uint8Array.of(byte))), { status: 200 }),
    })
    const parts = await toArray(gemini.stream(request))
    expect(parts.map((part) => (part.type === 'text-delta' ? part.text : '')).join('')).toBe('Grüezi ☔️')
  })

  it('no faster than its parts are taken', async () => {
    let sent = 0
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      const text = 'x'.repeat(100_000)
      const frame = `data: ${JSON.stringify({ candidates: [{ content: { parts: [{ text }] } }] })}\n\n`
      const write = (): void => {
        while (sent < 10_000) {
          sent += 1
          if (!response.write(frame)) return void response.once('drain', write)
        }
      }
      write()
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const gemini = createGemini({ model: 'gemini-x', apiKey: 'k', baseUrl })
    let taken = 0
    for await (const { type } of gemini.stream(request)) if (type === 'text-delta' && ++taken === 20) break
    // What fits into the buffers of the two sockets, of 1 GB.
    expect(sent).toBeLessThan(500)
    server.closeAllConnections()
    server.close()
  })
})
