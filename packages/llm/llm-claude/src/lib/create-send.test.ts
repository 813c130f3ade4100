import Anthropic from '@anthropic-ai/sdk'
import type { ModelRequest } from '@empire/llm'
import { createFakeClaude } from '@empire/test-support'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { ClaudeCall, ClaudeCallOptions, ClaudeClient } from './claude-client.ts'
import { createClaude } from './create-claude.ts'

const model = 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0'
const request: ModelRequest = { messages: [{ role: 'user', content: 'Rain?' }], maxTokens: 9 }

/** A call that never ends. */
function wait(): ClaudeCall {
  return { asResponse: () => new Promise<never>(() => {}) }
}

describe('the client of the SDK that createClaude makes', () => {
  it('waits longer than the fetch of Node does', async () => {
    await using claude = await createFakeClaude()
    const key = Symbol.for('undici.globalDispatcher.1')
    const platform = globalThis as { [key]?: { dispatch(options: object, handler: unknown): boolean } | undefined }
    expect(new Headers().has('a')).toBe(false)
    const usual = platform[key]
    const seen: object[] = []
    onTestFinished(() => {
      platform[key] = usual
    })
    platform[key] = {
      dispatch(options, handler) {
        seen.push(options)
        return usual?.dispatch(options, handler) ?? false
      },
    }
    await createClaude({ model, apiKey: 'test-key', baseUrl: claude.url }).generate(request)
    expect(seen).toMatchObject([{ headersTimeout: 0, bodyTimeout: 0 }])
  })
})

describe('a client of createClaude', () => {
  it('may be that of the SDK, with settings of its own', async () => {
    await using claude = await createFakeClaude([{ fault: { type: 'status', status: 529 } }, 'It rains.'])
    // Its retries and its time limit are set aside for each call.
    const client = new Anthropic({ baseURL: claude.url, apiKey: 'other-key', maxRetries: 5, timeout: 1 })
    const made = createClaude({ model, client })
    await expect(made.generate(request)).rejects.toMatchObject({ code: 'overloaded' })
    expect((await made.generate(request)).text).toBe('It rains.')
    expect(claude.requests.map(({ headers }) => headers['authorization'])).toEqual([
      'Bearer other-key',
      'Bearer other-key',
    ])
  })

  it('may be that of a platform, which changes what is sent on its way', async () => {
    await using claude = await createFakeClaude(['It rains.'])
    class Platform extends Anthropic {
      protected override async prepareRequest(init: RequestInit): Promise<void> {
        Object.assign(init, { headers: { ...Object.fromEntries(new Headers(init.headers)), authorization: 'Signed' } })
      }
    }
    const made = createClaude({ model, client: new Platform({ baseURL: claude.url, apiKey: 'x' }) })
    const texts: string[] = []
    for await (const part of made.stream(request)) if (part.type === 'text-delta') texts.push(part.text)
    expect(texts.join('')).toBe('It rains.')
    expect(claude.requests[0]?.headers['authorization']).toBe('Signed')
    expect(claude.requests[0]?.json).toMatchObject({ model, stream: true })
  })

  it('needs no more than "post" and "get"', async () => {
    const calls: [path: string, options: ClaudeCallOptions][] = []
    const client: ClaudeClient = {
      post(path, options) {
        calls.push([path, options])
        return { asResponse: async () => Response.json({ input_tokens: 12 }) }
      },
      get: () => expect.unreachable(),
    }
    expect(await createClaude({ model, client, betas: ['new'] }).countTokens(request)).toBe(12)
    expect(calls).toEqual([
      [
        '/v1/messages/count_tokens',
        {
          body: { model, messages: [{ role: 'user', content: [{ type: 'text', text: 'Rain?' }] }] },
          headers: { 'anthropic-beta': 'new' },
          signal: expect.any(AbortSignal),
          maxRetries: 0,
          timeout: 2 ** 31 - 1,
        },
      ],
    ])
  })

  it.each([
    [
      new Error('Token counting is not supported here'),
      'invalid_request',
      'The client of Claude refused the call: Token counting is not supported here',
    ],
    [
      Object.assign(new Error('broken'), { code: 'ECONNRESET' }),
      'network',
      'The connection to Claude was reset. Check the network and the address.',
    ],
    [
      Object.assign(new Error('slow'), { name: 'APIConnectionTimeoutError' }),
      'timeout',
      'Claude did not answer in the time that its client allows.',
    ],
    [
      Object.assign(new Error('no'), { status: 429, error: undefined }),
      'rate_limited',
      'Claude refused the call with status 429. Wait, or send less.',
    ],
    ['a text', 'invalid_request', 'The client of Claude refused the call: a text'],
  ])('that throws %s is understood', async (thrown, code, message) => {
    const fail = () => ({ asResponse: () => Promise.reject(thrown) })
    const made = createClaude({ model, client: { post: fail, get: fail } })
    await expect(made.generate(request)).rejects.toMatchObject({ code, message })
    await expect(made.batches.get('x')).rejects.toMatchObject({ code, message })
  })

  it('may ignore the signal, and nobody waits for it', async () => {
    const made = createClaude({ model, client: { post: wait, get: wait } })
    const reason = new Error('left')
    const controller = new AbortController()
    const options = { signal: controller.signal }
    const calls = [made.generate(request, options), made.countTokens(request, options), made.batches.get('x', options)]
    controller.abort(reason)
    const settled = await Promise.allSettled(calls)
    expect(settled.map((call) => call.status === 'rejected' && call.reason)).toEqual([reason, reason, reason])
  })

  it.each([
    [
      'throws',
      () => Promise.reject(new Error('the vault is closed')),
      'The `apiKey` function failed: the vault is closed',
    ],
    ['gives nothing', () => '', 'The `apiKey` function must return a non-empty string. It returned "".'],
  ])('without a key, for the function %s, says so', async (_, apiKey, message) => {
    await using claude = await createFakeClaude()
    const made = createClaude({ model, apiKey, baseUrl: claude.url })
    await expect(made.generate(request)).rejects.toMatchObject({ code: 'authentication', message })
    expect(claude.requests).toHaveLength(0)
  })
})
