import { inspect } from 'node:util'
import { type ModelRequest, type StreamPart, withRetry, withTimeout } from '@empire/llm'
import {
  type ClaudeStep,
  createFakeClaude,
  createFakeServer,
  createManualClock,
  type Fault,
} from '@empire/test-support'
import { describe, expect, it } from 'vitest'
import { createClaude } from './create-claude.ts'

const streamed: ModelRequest = { messages: [{ role: 'user', content: 'Rain?' }] }
const whole: ModelRequest = { ...streamed, maxTokens: 100 }
const places = ['first', 'middle', 'last'] as const
const secret = 'sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789'

interface Outcome {
  readonly parts: StreamPart[]
  readonly error: unknown
  /** How the server saw it. */
  readonly outcome: string | undefined
}

/** What becomes of one call, and that the server has nothing left of it. */
async function run(step: ClaudeStep, request: ModelRequest): Promise<Outcome> {
  await using claude = await createFakeClaude([step])
  const model = createClaude({ model: 'claude-opus-5-5', apiKey: secret, baseUrl: claude.url })
  const parts: StreamPart[] = []
  const read = async (): Promise<unknown> => {
    try {
      if (request.maxTokens === undefined) for await (const part of model.stream(request)) parts.push(part)
      else await model.generate(request)
      return undefined
    } catch (error) {
      return error
    }
  }
  const error = await read()
  await claude.whenIdle()
  expect(inspect({ error, parts }, { depth: 20, showHidden: true })).not.toContain(secret)
  return { parts, error, outcome: claude.requests[0]?.outcome }
}

const answer = { text: 'It rains in Bern, and it will not stop.' }

describe('a call of createClaude', () => {
  it.each(places)('whose socket is cut at the %s chunk throws "network"', async (at) => {
    for (const request of [streamed, whole]) {
      const { error, outcome, parts } = await run({ ...answer, fault: { type: 'socket-cut', at } }, request)
      expect(error).toMatchObject({
        code: 'network',
        retryable: true,
        message: 'The connection to Claude was closed. Check the network and the address.',
      })
      expect(outcome).toBe('cut')
      expect(parts.some(({ type }) => type === 'finish')).toBe(false)
    }
  })

  it('whose socket is cut before the headers throws "network"', async () => {
    const { error } = await run({ ...answer, fault: { type: 'socket-cut', at: 'headers' } }, streamed)
    expect(error).toMatchObject({ code: 'network' })
  })

  it.each(places)('that gets a malformed frame at the %s chunk throws "invalid_response"', async (at) => {
    for (const request of [streamed, whole]) {
      const { error } = await run({ ...answer, fault: { type: 'malformed-frame', at } }, request)
      expect(error).toMatchObject({
        code: 'invalid_response',
        retryable: false,
        message: 'Claude sent a frame that is no JSON.',
        details: { path: '', frame: expect.stringContaining('{') },
      })
    }
  })

  it.each(places)('that gets an error at the %s chunk throws what it says', async (at) => {
    const fault: Fault = { type: 'stream-error', status: 529, message: `Overloaded, ${secret}`, at }
    const { error } = await run({ ...answer, fault }, streamed)
    expect(error).toMatchObject({
      code: 'overloaded',
      retryable: true,
      message: 'Claude broke the answer off: Overloaded, [redacted].',
      details: {
        requestId: 'req_fake_0',
        body: { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded, [redacted]' } },
      },
    })
    expect(JSON.stringify(error)).not.toContain(secret)
  })

  it.each(places)('that is stalled at the %s chunk ends with the time limit of withTimeout', async (at) => {
    const clock = createManualClock()
    await using claude = await createFakeClaude([{ ...answer, fault: { type: 'stall', at } }])
    const client = createClaude({ model: 'claude-opus-5-5', apiKey: secret, baseUrl: claude.url })
    const model = withTimeout(client, { whole: 5000, clock })
    const failure = model.generate(streamed).catch((error: unknown) => error)
    await claude.whenReceived(1)
    await clock.advance(5000)
    expect(await failure).toMatchObject({ code: 'timeout' })
    await claude.whenIdle()
    expect(claude.requests[0]?.outcome).toBe('client-left')
  })

  it.each(['headers', ...places] as const)('that is stalled at the %s ends with the abort', async (at) => {
    await using claude = await createFakeClaude([{ ...answer, fault: { type: 'stall', at } }])
    const model = createClaude({ model: 'claude-opus-5-5', apiKey: secret, baseUrl: claude.url })
    const controller = new AbortController()
    const reason = new Error('left')
    const calls = [model.generate(at === 'headers' ? whole : streamed, { signal: controller.signal })]
    await claude.whenReceived(1)
    controller.abort(reason)
    await expect(Promise.all(calls)).rejects.toBe(reason)
    await claude.whenIdle()
    expect(claude.requests[0]?.outcome).toBe('client-left')
  })

  it.each(['first', 'middle'] as const)('whose %s chunk comes for ever is ended by the abort', async (at) => {
    await using claude = await createFakeClaude([{ ...answer, fault: { type: 'endless-stream', at } }])
    const model = createClaude({ model: 'claude-opus-5-5', apiKey: secret, baseUrl: claude.url })
    const controller = new AbortController()
    const reason = new Error('left')
    const read = async (): Promise<void> => {
      let count = 0
      for await (const _ of model.stream(streamed, { signal: controller.signal })) {
        if (++count === 50) controller.abort(reason)
      }
    }
    await expect(read()).rejects.toBe(reason)
    await claude.whenIdle()
  })

  it('whose last chunk comes for ever is done with the first of them', async () => {
    const { parts, error } = await run({ ...answer, fault: { type: 'endless-stream', at: 'last' } }, streamed)
    expect(error).toBeUndefined()
    expect(parts.at(-1)).toMatchObject({ type: 'finish', reason: 'stop' })
  })

  it.each([
    [400, 'messages.1.content.0.text: Field required', 'invalid_request', { path: 'messages[1].content[0].text' }],
    [
      400,
      'prompt is too long: 210000 tokens > 200000 maximum',
      'context_too_long',
      { tokens: 210_000, limit: 200_000 },
    ],
    [
      400,
      'input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000, decrease them',
      'context_too_long',
      { tokens: 190_000, limit: 200_000 },
    ],
    [400, 'Output blocked by content filtering policy', 'content_filtered', {}],
    [400, 'Your credit balance is too low to access the API', 'authentication', {}],
    [401, 'invalid x-api-key', 'authentication', {}],
    [402, 'Pay first', 'authentication', {}],
    [403, 'Not for you', 'authentication', {}],
    [404, 'model: claude-x', 'invalid_request', { path: 'model' }],
    [413, 'Request exceeds the maximum size', 'context_too_long', {}],
    [429, 'Slow down', 'rate_limited', { retryAfter: 7000 }],
    [500, 'Internal server error', 'overloaded', {}],
    [504, 'Too slow', 'timeout', {}],
    [529, 'Overloaded', 'overloaded', {}],
  ])('that is refused with %i, "%s", throws "%s"', async (status, message, code, details) => {
    const fault: Fault = { type: 'status', status, message, ...(status === 429 ? { retryAfter: 7 } : {}) }
    for (const request of [streamed, whole]) {
      const { error } = await run({ fault }, request)
      expect(error).toMatchObject({
        code,
        message: expect.stringContaining(`Claude refused the call with status ${status}: ${message}.`),
        details: { status, requestId: 'req_fake', ...details, body: { type: 'error', error: { message } } },
      })
      expect(Object.keys((error as { details: object }).details).toSorted()).toEqual(
        ['body', 'requestId', 'status', ...Object.keys(details)].toSorted(),
      )
    }
  })

  it('says what the API will still accept, in an answer and in a refusal', async () => {
    const headers = {
      'anthropic-ratelimit-requests-remaining': '0',
      'anthropic-ratelimit-requests-reset': '2020-01-01T00:00:00Z',
    }
    const limits = { requests: { remaining: 0, resetAfter: 0 } }
    const { parts } = await run({ ...answer, headers }, streamed)
    expect(parts[0]).toEqual({ type: 'limits', limits })
    const { error } = await run({ fault: { type: 'status', status: 429, headers } }, streamed)
    expect(error).toMatchObject({ code: 'rate_limited', details: { limits } })
  })

  it('that a web page answers throws "invalid_response"', async () => {
    const page = { headers: { 'content-type': 'text/html; charset=utf-8' }, body: '<html>Log in</html>' }
    await using server = await createFakeServer(() => page)
    const model = createClaude({ model: 'claude-opus-5-5', apiKey: secret, baseUrl: server.url })
    for (const request of [streamed, whole]) {
      await expect(model.generate(request)).rejects.toMatchObject({
        code: 'invalid_response',
        message:
          'Claude answered with a web page in the place of an answer. Check the address: something between here and the API may have answered.',
      })
    }
  })

  it('that nobody answers throws "network"', async () => {
    const claude = await createFakeClaude()
    await claude.close()
    const model = createClaude({ model: 'claude-opus-5-5', apiKey: secret, baseUrl: claude.url })
    await expect(model.generate(streamed)).rejects.toMatchObject({
      code: 'network',
      message: 'The connection to Claude was refused. Check the network and the address.',
    })
  })

  it.each(['socket-cut', 'stream-error'] as const)(
    'is tried again by withRetry until content has come: %s',
    async (type) => {
      await using claude = await createFakeClaude([
        { ...answer, fault: { type, at: 'first' } },
        { ...answer, fault: { type, at: 'middle' } },
      ])
      const client = createClaude({ model: 'claude-opus-5-5', apiKey: secret, baseUrl: claude.url })
      const read = async (): Promise<StreamPart[]> => {
        const parts: StreamPart[] = []
        for await (const part of withRetry(client, { attempts: 5, random: () => 0 }).stream(streamed)) parts.push(part)
        return parts
      }
      const last = (await read()).at(-1)
      expect(claude.requests).toHaveLength(2)
      expect(last).toMatchObject({
        type: 'interrupted',
        error: { code: type === 'socket-cut' ? 'network' : 'overloaded' },
        text: expect.stringMatching(/^It rains/),
        usage: { input: expect.any(Number) },
      })
    },
  )

  it('never tries again by itself', async () => {
    await using claude = await createFakeClaude([{ fault: { type: 'status', status: 529 } }, answer])
    const model = createClaude({ model: 'claude-opus-5-5', apiKey: secret, baseUrl: claude.url })
    await expect(model.generate(streamed)).rejects.toMatchObject({ code: 'overloaded' })
    expect(claude.requests).toHaveLength(1)
  })

  it.each(['before the response', 'within it'])(
    'of a client that ignores an abort %s is closed all the same',
    async (when) => {
      const cancelled = Promise.withResolvers<void>()
      const asked = Promise.withResolvers<void>()
      const answered = Promise.withResolvers<Response>()
      const headers = { 'content-type': 'text/event-stream' }
      const response = new Response(new ReadableStream({ cancel: () => cancelled.resolve() }), { headers })
      const client = {
        post() {
          asked.resolve()
          return { asResponse: () => answered.promise }
        },
        get: () => ({ asResponse: () => answered.promise }),
      }
      const controller = new AbortController()
      const reason = new Error('left')
      const stream = createClaude({ model: 'claude-opus-5-5', client }).stream(streamed, { signal: controller.signal })
      const next = stream[Symbol.asyncIterator]().next()
      await asked.promise
      if (when === 'within it') {
        answered.resolve(response)
        await answered.promise
      }
      controller.abort(reason)
      await expect(next).rejects.toBe(reason)
      answered.resolve(response)
      await cancelled.promise
    },
  )
})
