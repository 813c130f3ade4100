import {
  Anthropic,
  APIConnectionTimeoutError,
  APIError,
  AuthenticationError,
  BadRequestError,
  InternalServerError,
  NotFoundError,
  OverloadedError,
  RateLimitError,
} from '@anthropic-ai/sdk'
import { describe, expect, it } from 'vitest'
import type { FakeServer } from '../fake-server/create-fake-server.ts'
import type { Fault } from '../fake-server/fake-step.ts'
import type { ClaudeStep } from './claude-step.ts'
import { createFakeClaude } from './create-fake-claude.ts'

type Claude = FakeServer<ClaudeStep | string>

const request: Anthropic.MessageCreateParamsNonStreaming = {
  model: 'claude-test',
  max_tokens: 100,
  messages: [{ role: 'user', content: 'What is the weather in Bern?' }],
}

/** The vendor's SDK as it comes, but for its retries. */
function connect(claude: Claude, options: { maxRetries?: number; timeout?: number } = {}): Anthropic {
  return new Anthropic({ baseURL: claude.url, apiKey: 'test-key', maxRetries: 0, ...options })
}

/** The texts that arrive, and what the stream ends with. */
async function readStream(client: Anthropic): Promise<{ texts: string[]; failure?: unknown }> {
  const texts: string[] = []
  try {
    for await (const event of await client.messages.create({ ...request, stream: true })) {
      if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') texts.push(event.delta.text)
    }
    return { texts }
  } catch (failure) {
    return { texts, failure }
  }
}

describe('createFakeClaude', () => {
  it('streams citations, and what server tools are given, in pieces', async () => {
    const citation = { type: 'char_location', cited_text: 'Rain.', document_index: 0 }
    const call = { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: { query: 'rain' } }
    await using claude = await createFakeClaude([
      { content: [call, { type: 'text', text: 'It rains.', citations: [citation] }] },
    ])
    const stream = connect(claude).messages.stream({ ...request })
    const { content } = await stream.finalMessage()
    expect(content).toMatchObject([call, { type: 'text', text: 'It rains.', citations: [citation] }])
  })

  it('has batches, which have ended when they are looked at', async () => {
    await using claude = await createFakeClaude(['It rains.'])
    const { batches } = connect(claude).messages
    const made = await batches.create({ requests: [{ custom_id: 'a', params: request }] })
    expect(made).toMatchObject({ processing_status: 'in_progress', request_counts: { processing: 1, succeeded: 0 } })
    expect(await batches.retrieve(made.id)).toMatchObject({
      processing_status: 'ended',
      request_counts: { succeeded: 1 },
    })
    const address = `${claude.url}/v1/messages/batches/${made.id}/results`
    const results = await (await fetch(address, { headers: { 'x-api-key': 'any' } })).text()
    expect(JSON.parse(results)).toMatchObject({
      custom_id: 'a',
      result: { type: 'succeeded', message: { content: [{ type: 'text', text: 'It rains.' }] } },
    })
    expect((await batches.list()).data).toMatchObject([{ id: made.id }])
  })

  it('cancels batches, and knows none that was not made', async () => {
    await using claude = await createFakeClaude()
    const { batches } = connect(claude).messages
    const { id } = await batches.create({ requests: [{ custom_id: 'a', params: request }] })
    expect(await batches.cancel(id)).toMatchObject({ processing_status: 'canceling' })
    expect(await batches.retrieve(id)).toMatchObject({ request_counts: { canceled: 1 } })
    await expect(batches.retrieve('other')).rejects.toBeInstanceOf(NotFoundError)
    await expect(batches.create({ requests: [] })).rejects.toBeInstanceOf(BadRequestError)
  })

  it('answers whole', async () => {
    await using claude = await createFakeClaude([
      { text: 'It rains.', usage: { input: 12, output: 3, cacheRead: 5, cacheWrite: 2 } },
    ])
    const { data: message, request_id } = await connect(claude).messages.create(request).withResponse()
    expect(message).toMatchObject({
      role: 'assistant',
      model: 'claude-test',
      content: [{ type: 'text', text: 'It rains.' }],
      stop_reason: 'end_turn',
      stop_sequence: null,
      usage: { input_tokens: 12, output_tokens: 3, cache_read_input_tokens: 5, cache_creation_input_tokens: 2 },
    })
    expect(request_id).toBe('req_fake_0')
  })

  it('streams what it would answer whole', async () => {
    const step: ClaudeStep = {
      thinking: 'Rain is likely.',
      text: ['It ', 'rains. ☔️'],
      toolCalls: [
        { name: 'get_weather', input: { city: 'Bern', days: [1, 2, 3], note: '"☔️"\n' } },
        { id: 'toolu_2', name: 'get_time' },
      ],
    }
    await using claude = await createFakeClaude([step, step])
    const client = connect(claude)
    const texts: string[] = []
    const streamed = await client.messages
      .stream(request)
      .on('text', (text) => texts.push(text))
      .finalMessage()
    expect(texts).toEqual(['It ', 'rains. ☔️'])
    expect(streamed).toMatchObject({
      content: [
        { type: 'thinking', thinking: 'Rain is likely.', signature: 'fake-signature-0' },
        { type: 'text', text: 'It rains. ☔️' },
        {
          type: 'tool_use',
          id: 'toolu_fake_0_0',
          name: 'get_weather',
          input: { city: 'Bern', days: [1, 2, 3], note: '"☔️"\n' },
        },
        { type: 'tool_use', id: 'toolu_2', name: 'get_time', input: {} },
      ],
      stop_reason: 'tool_use',
    })
    const whole = await client.messages.create(request)
    expect(whole.content.map(({ type }) => type)).toEqual(streamed.content.map(({ type }) => type))
    expect(whole.usage).toEqual(streamed.usage)
  })

  it('streams content blocks of any kind', async () => {
    const content = [
      { type: 'redacted_thinking', data: 'abc' },
      { type: 'text', text: 'Two words', citations: null },
    ]
    await using claude = await createFakeClaude([{ content, stopReason: 'pause_turn' }])
    const message = await connect(claude).messages.stream(request).finalMessage()
    expect(message).toMatchObject({ content, stop_reason: 'pause_turn' })
  })

  it('says why it stopped, and where programs ran', async () => {
    const stop_details = { type: 'refusal', category: 'cyber', explanation: 'No.' }
    const container = { id: 'container_1', expires_at: '2025-01-02T00:00:00Z' }
    const step = { text: 'I', stopReason: 'refusal', stopDetails: stop_details, container }
    await using claude = await createFakeClaude([step, step])
    const { messages } = connect(claude)
    expect(await messages.create(request)).toMatchObject({ stop_reason: 'refusal', stop_details, container })
    const streamed = await messages.stream(request).finalMessage()
    expect(streamed).toMatchObject({ stop_reason: 'refusal', stop_details, container })
  })

  it('counts tokens and lists models without taking a step', async () => {
    await using claude = await createFakeClaude(['Hello.'], { models: ['claude-a', 'claude-test'] })
    const client = connect(claude)
    const { input_tokens } = await client.messages.countTokens({
      model: 'claude-test',
      messages: request.messages,
    })
    expect(input_tokens).toBe(8)
    const models: string[] = []
    for await (const { id } of client.models.list()) models.push(id)
    expect(models).toEqual(['claude-a', 'claude-test'])
    expect((await client.models.retrieve('claude-a')).id).toBe('claude-a')
    await expect(client.models.retrieve('claude-b')).rejects.toBeInstanceOf(NotFoundError)
    expect((await client.messages.create(request)).content).toMatchObject([{ text: 'Hello.' }])
  })

  it('keeps what it received', async () => {
    await using claude = await createFakeClaude()
    await connect(claude).messages.create(request)
    expect(claude.requests).toHaveLength(1)
    expect(claude.requests[0]?.json).toEqual(request)
    expect(claude.requests[0]?.headers['authorization']).toBe('Bearer test-key')
  })

  it.each([
    [{ model: undefined }, BadRequestError, 'model: Field required'],
    [{ max_tokens: undefined }, BadRequestError, 'max_tokens: Field required'],
    [{ model: 'claude-other' }, NotFoundError, 'model: claude-other'],
  ])('refuses a request with %j', async (change, kind, message) => {
    await using claude = await createFakeClaude(undefined, { models: ['claude-test'] })
    const failure = connect(claude).messages.create({
      ...request,
      ...change,
    } as Anthropic.MessageCreateParamsNonStreaming)
    await expect(failure).rejects.toBeInstanceOf(kind)
    await expect(failure).rejects.toThrow(message)
  })

  const headers = { 'x-api-key': 'any', 'anthropic-version': '2023-06-01' }
  const ask = (claude: Claude, body: string, own: Record<string, string> = headers): Promise<Response> =>
    fetch(`${claude.url}/v1/messages`, { method: 'POST', headers: own, body })

  it.each([
    ['{"model":', 'The request body is not valid JSON.'],
    [{ max_tokens: '9' }, 'max_tokens: Input should be a valid integer'],
    [{ messages: 'Hello?' }, 'messages: Input should be a valid list'],
    [{ messages: [] }, 'messages: at least one message is required'],
    [{ messages: [null] }, "messages.0.role: Input should be 'user', 'assistant' or 'system'"],
    [{ messages: [{ role: 'user' }] }, 'messages.0.content: Input should be a valid string or a valid list'],
    [
      { messages: [{ role: 'user', content: '' }] },
      'messages.0: all messages must have non-empty content except for the optional final assistant message',
    ],
    [
      {
        cache_control: { type: 'ephemeral' },
        system: [{ type: 'text', text: 'a', cache_control: { type: 'ephemeral' } }],
        messages: [
          { role: 'user', content: ['b', 'c', 'd'].map((text) => ({ type: 'text', text, cache_control: {} })) },
        ],
      },
      'A maximum of 4 blocks with cache_control may be provided. Found 5.',
    ],
  ])('refuses the body %j as the API does, and takes no thought of the script', async (change, message) => {
    await using claude = await createFakeClaude()
    const response = await ask(claude, typeof change === 'string' ? change : JSON.stringify({ ...request, ...change }))
    expect([response.status, await response.json()]).toEqual([
      400,
      { type: 'error', error: { type: 'invalid_request_error', message }, request_id: 'req_fake' },
    ])
  })

  it.each([
    [{ temperature: 1 }, 'temperature: Extra inputs are not permitted'],
    [{ top_p: 0.9 }, 'top_p: Extra inputs are not permitted'],
    [
      { messages: [{ role: 'assistant', content: [{ type: 'document' }] }] },
      'messages.0.content.0: document blocks are not permitted in assistant messages',
    ],
    [
      { messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi', citations: [{}] }] }] },
      'messages.0.content.0.citations: citations are not permitted in user messages',
    ],
  ])('refuses %j from the version 2026-10-21 on', async (change, message) => {
    await using claude = await createFakeClaude()
    const body = JSON.stringify({ ...request, ...change })
    const { status } = await ask(claude, body)
    expect(status).toBe(200)
    const response = await ask(claude, body, { ...headers, 'anthropic-version': '2026-10-21' })
    expect([response.status, await response.json()]).toMatchObject([400, { error: { message } }])
  })

  it('refuses a request that does not say for which version of the API it is', async () => {
    await using claude = await createFakeClaude()
    const response = await ask(claude, JSON.stringify(request), { 'x-api-key': 'any' })
    expect([response.status, await response.text()]).toEqual([
      400,
      expect.stringContaining('anthropic-version: header is required'),
    ])
  })

  it('refuses a body that is larger than the API takes', async () => {
    await using claude = await createFakeClaude()
    const response = await ask(claude, 'x'.repeat(33 * 2 ** 20))
    expect([response.status, await response.text()]).toEqual([413, expect.stringContaining('request_too_large')])
    expect(claude.requests).toEqual([])
  })

  it('finds no model whose name is encoded wrongly', async () => {
    await using claude = await createFakeClaude(undefined, { models: ['claude-a'] })
    expect((await fetch(`${claude.url}/v1/models/%`, { headers })).status).toBe(404)
  })

  it('has every member that the types of the SDK promise', async () => {
    await using claude = await createFakeClaude()
    const message: Record<keyof Anthropic.Message | '_request_id', unknown> = {
      ...(await connect(claude).messages.create(request)),
      _request_id: 'set by the SDK',
    }
    const { usage, ...own } = message
    expect(Object.keys(own).toSorted()).toEqual([
      '_request_id',
      'container',
      'content',
      'diagnostics',
      'id',
      'model',
      'role',
      'stop_details',
      'stop_reason',
      'stop_sequence',
      'type',
    ])
    expect(usage).toMatchObject({ inference_geo: null, server_tool_use: null, service_tier: 'standard' })
    const events = []
    for await (const event of await connect(claude).messages.create({ ...request, stream: true })) events.push(event)
    expect(events.map(({ type }) => type)).toEqual([
      'message_start',
      'content_block_start',
      'content_block_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ])
    expect(events.at(-2)).toMatchObject({
      delta: { container: null, stop_details: null, stop_reason: 'end_turn', stop_sequence: null },
    })
  })

  it('refuses a wrong key, or none', async () => {
    await using claude = await createFakeClaude(undefined, { apiKey: 'right' })
    await expect(connect(claude).messages.create(request)).rejects.toBeInstanceOf(AuthenticationError)
    expect((await fetch(`${claude.url}/v1/messages`, { method: 'POST', body: '{}' })).status).toBe(401)
    expect((await fetch(`${claude.url}/v2/other`, { headers: { 'x-api-key': 'right' } })).status).toBe(404)
  })

  it('says what is missing when the script is at its end', async () => {
    await using claude = await createFakeClaude(['one'])
    await connect(claude).messages.create(request)
    await expect(connect(claude).messages.create(request)).rejects.toThrow('The script has 1 steps, and all are taken')
    claude.enqueue('two')
    expect((await connect(claude).messages.create(request)).content).toMatchObject([{ text: 'two' }])
  })

  it.each([
    [{ apiKey: '' }, '"apiKey" must be a text that is not empty.'],
    [{ models: 'claude' }, '"models" must be an array of names, got a string ("claude").'],
  ])('refuses the options %j', async (options, message) => {
    await expect(createFakeClaude(undefined, options as never)).rejects.toThrow(message)
  })
})

describe('faults', () => {
  it.each([
    [400, BadRequestError, 'invalid_request_error'],
    [429, RateLimitError, 'rate_limit_error'],
    [500, InternalServerError, 'api_error'],
    [529, OverloadedError, 'overloaded_error'],
  ])('status %s is the error that the SDK has for it', async (status, kind, type) => {
    await using claude = await createFakeClaude(() => ({ fault: { type: 'status', status } }))
    await expect(connect(claude).messages.create(request)).rejects.toBeInstanceOf(kind)
    await expect(connect(claude).messages.create(request)).rejects.toMatchObject({ status, type })
    const { failure } = await readStream(connect(claude))
    expect(failure).toBeInstanceOf(kind)
  })

  it('429 says when to come back, and the SDK does', async () => {
    await using claude = await createFakeClaude([
      { fault: { type: 'status', status: 429, retryAfter: 7, headers: { 'retry-after-ms': '1' } } },
      'Hello again.',
    ])
    const message = await connect(claude, { maxRetries: 1 }).messages.create(request)
    expect(message.content).toMatchObject([{ text: 'Hello again.' }])
    expect(claude.requests).toHaveLength(2)
  })

  it('429 with Retry-After carries the header', async () => {
    await using claude = await createFakeClaude([{ fault: { type: 'status', status: 429, retryAfter: 7 } }])
    const failure = await connect(claude)
      .messages.create(request)
      .catch((error: unknown) => error)
    expect((failure as APIError).headers?.get('retry-after')).toBe('7')
  })

  it.each(['first', 'middle', 'last'] as const)('an error inside the stream, at the %s frame', async (at) => {
    await using claude = await createFakeClaude([{ text: 'a b c', fault: { type: 'stream-error', at } }])
    const { failure } = await readStream(connect(claude))
    expect(failure).toBeInstanceOf(APIError)
    expect(failure).toMatchObject({ status: undefined, type: 'overloaded_error' })
  })

  const broken: [string, Fault, string[]][] = [
    ['before the headers', { type: 'socket-cut', at: 'headers' }, []],
    ['in the first frame', { type: 'socket-cut', at: 'first' }, []],
    ['in the fifth frame', { type: 'socket-cut', at: 4 }, ['a ']],
    ['in the last frame', { type: 'socket-cut', at: 'last' }, ['a ', 'b ', 'c']],
  ]
  it.each(broken)('a socket cut %s breaks the stream there', async (_, fault, texts) => {
    await using claude = await createFakeClaude([{ text: 'a b c', fault }])
    const result = await readStream(connect(claude))
    expect(result.texts).toEqual(texts)
    expect(result.failure).toBeInstanceOf(Error)
    await claude.whenIdle()
    expect(claude.requests[0]?.outcome).toBe('cut')
  })

  it('a malformed frame is no JSON', async () => {
    await using claude = await createFakeClaude([{ text: 'a b c', fault: { type: 'malformed-frame', at: 4 } }])
    const client = new Anthropic({ baseURL: claude.url, apiKey: 'k', maxRetries: 0, logLevel: 'off' })
    const { texts, failure } = await readStream(client)
    expect(texts).toEqual(['a '])
    expect(failure).toBeInstanceOf(SyntaxError)
  })

  it('a malformed reply is no JSON', async () => {
    await using claude = await createFakeClaude([{ text: 'a', fault: { type: 'malformed-frame' } }])
    await expect(connect(claude).messages.create(request)).rejects.toBeInstanceOf(SyntaxError)
  })

  it('a stall leaves the stream open until the client leaves', async () => {
    await using claude = await createFakeClaude([{ text: 'a b c', fault: { type: 'stall', at: 4 } }])
    const stream = await connect(claude).messages.create({ ...request, stream: true })
    await claude.whenSent(4)
    expect(claude.openRequests).toBe(1)
    stream.controller.abort()
    await claude.whenIdle()
    expect(claude.requests[0]).toMatchObject({ outcome: 'client-left', sent: 4 })
  })

  it('an endless stream ends when the client has had enough', async () => {
    await using claude = await createFakeClaude([{ text: 'on ', fault: { type: 'endless-stream', at: 3 } }])
    let count = 0
    for await (const event of await connect(claude).messages.create({ ...request, stream: true })) {
      if (event.type === 'content_block_delta' && ++count === 500) break
    }
    await claude.whenIdle()
    expect(claude.requests[0]?.outcome).toBe('client-left')
  })

  it('slow headers run into the timeout of the SDK', async () => {
    await using claude = await createFakeClaude([{ text: 'late', headerDelay: 60_000 }])
    await expect(connect(claude, { timeout: 20 }).messages.create(request)).rejects.toBeInstanceOf(
      APIConnectionTimeoutError,
    )
  })
})
