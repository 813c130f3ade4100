import { type LanguageModel, type ModelRequest, type StreamPart, withRetry, withTimeout } from '@empire/llm'
import { createManualClock } from '@empire/test-support/clock'
import { createFakeGemini, type GeminiStep } from '@empire/test-support/fake-gemini'
import type { Fault } from '@empire/test-support/fake-server'
import { describe, expect, it } from 'vitest'
import { createGemini } from './create-gemini.ts'
import { toArray } from './to-array.ts'

const request: ModelRequest = { messages: [{ role: 'user', content: 'What is the weather in Bern?' }] }
const step: GeminiStep = { text: ['It ', 'rains ', 'again.'], responseId: 'r' }

/** Where a fault hits, and the texts that come before it. */
const places = [
  ['first', []],
  ['middle', ['It ']],
  ['last', ['It ', 'rains ']],
] as const

function connect(baseUrl: string): LanguageModel {
  return createGemini({ model: 'gemini-x', apiKey: 'test-key', baseUrl })
}

/** The texts of a stream, and what it fails with. */
async function read(parts: AsyncIterable<StreamPart>): Promise<{ texts: string[]; failure?: unknown }> {
  const texts: string[] = []
  try {
    for await (const part of parts) if (part.type === 'text-delta') texts.push(part.text)
    return { texts }
  } catch (failure) {
    return { texts, failure }
  }
}

/** Each place of each fault, with the code that it has to give. */
const streamed = (
  [
    ['socket-cut', 'network'],
    ['malformed-frame', 'invalid_response'],
    ['stream-error', 'overloaded'],
  ] as const
).flatMap(([type, code]) => places.map(([at, texts]) => [type, at, code, texts] as const))

describe('a stream of createGemini', () => {
  it.each(streamed)('gives what came before %s at the %s frame, then %s', async (type, at, code, texts) => {
    await using server = await createFakeGemini([{ ...step, fault: { type, at } }])
    const result = await read(connect(server.url).stream(request))
    expect(result.texts).toEqual(texts)
    expect(result.failure).toMatchObject({ code })
    await server.whenIdle()
  })

  it.each(places)('is interrupted, not short, when it ends at the %s frame', async (_, texts) => {
    await using server = await createFakeGemini([{ ...step, text: ['It ', 'rains ', 'again.'].slice(0, texts.length) }])
    const gemini = createGemini({
      model: 'gemini-x',
      apiKey: 'k',
      baseUrl: server.url,
      async fetch(url, init) {
        const whole = await (await fetch(url, init)).text()
        return new Response(whole.replace(/"finishReason":"STOP",/, ''))
      },
    })
    const result = await read(gemini.stream(request))
    expect(result.texts).toEqual(texts)
    expect(result.failure).toMatchObject({ code: 'interrupted', retryable: true })
  })

  it('fails when the socket is cut before the headers', async () => {
    await using server = await createFakeGemini([{ ...step, fault: { type: 'socket-cut', at: 'headers' } }])
    expect(await read(connect(server.url).stream(request))).toMatchObject({ texts: [], failure: { code: 'network' } })
  })

  it.each([['headers', []], ...places] as const)('that stalls at %s ends by a timeout around it', async (at, texts) => {
    const clock = createManualClock()
    await using server = await createFakeGemini([{ ...step, fault: { type: 'stall', at } }])
    const parts = withTimeout(connect(server.url), { whole: 1000, clock }).stream(request)[Symbol.asyncIterator]()
    const seen: string[] = []
    while (seen.length < texts.length) {
      const { value } = await parts.next()
      if (value?.type === 'text-delta') seen.push(value.text)
    }
    const rest = read({ [Symbol.asyncIterator]: () => parts })
    await server.whenReceived(1)
    await server.whenSent(texts.length)
    await clock.advance(1000)
    expect(seen).toEqual(texts)
    expect(await rest).toMatchObject({ texts: [], failure: { code: 'timeout' } })
    await server.whenIdle()
    expect(server.requests[0]?.outcome).toBe('client-left')
  })

  it.each(places)('that never ends from the %s frame on ends when it is left', async (at, texts) => {
    await using server = await createFakeGemini([{ ...step, fault: { type: 'endless-stream', at } }])
    const seen: string[] = []
    for await (const part of connect(server.url).stream(request)) {
      if (part.type === 'text-delta') seen.push(part.text)
      if (seen.length === 50) break
    }
    expect(seen.slice(0, texts.length)).toEqual(texts)
    await server.whenIdle()
    expect(server.requests[0]?.outcome).toBe('client-left')
  })

  it.each(places)('that never ends from the %s frame on ends by an abort', async (at) => {
    await using server = await createFakeGemini([{ ...step, fault: { type: 'endless-stream', at } }])
    const controller = new AbortController()
    const reason = new Error('enough')
    let seen = 0
    const reading = (async () => {
      for await (const _ of connect(server.url).stream(request, { signal: controller.signal })) {
        if (++seen === 50) controller.abort(reason)
      }
    })()
    await expect(reading).rejects.toBe(reason)
    await server.whenIdle()
  })
})

describe('a whole answer of createGemini', () => {
  it.each([
    [{ type: 'socket-cut' }, 'network'],
    [{ type: 'socket-cut', at: 'headers' }, 'network'],
    [{ type: 'malformed-frame' }, 'invalid_response'],
    [{ type: 'status', status: 503 }, 'overloaded'],
    [{ type: 'status', status: 429, retryAfter: 3 }, 'rate_limited'],
  ] as const satisfies [Fault, string][])('fails after %o with %s', async (fault, code) => {
    await using server = await createFakeGemini([{ ...step, fault }])
    await expect(connect(server.url).generate(request)).rejects.toMatchObject({ code })
    await server.whenIdle()
  })

  it.each(['headers', 'first'] as const)('that stalls at %s ends by a timeout around it', async (at) => {
    const clock = createManualClock()
    await using server = await createFakeGemini([{ ...step, fault: { type: 'stall', at } }])
    const answer = withTimeout(connect(server.url), { whole: 1000, clock }).generate(request)
    const failure = answer.catch((error: unknown) => error)
    await server.whenReceived(1)
    await clock.advance(1000)
    expect(await failure).toMatchObject({ code: 'timeout' })
    await server.whenIdle()
  })
})

describe('createGemini within withRetry', () => {
  it.each([
    { type: 'status', status: 503 },
    { type: 'status', status: 429, retryAfter: 2 },
    { type: 'socket-cut', at: 'headers' },
    { type: 'socket-cut', at: 'first' },
    { type: 'stream-error', at: 'first' },
  ] as const satisfies Fault[])('is asked again after %o', async (fault) => {
    const clock = createManualClock()
    await using server = await createFakeGemini([{ ...step, fault }, step])
    const reading = read(withRetry(connect(server.url), { clock }).stream(request))
    await clock.whenWaiting()
    await clock.advance(60_000)
    expect(await reading).toEqual({ texts: ['It ', 'rains ', 'again.'] })
    expect(server.requests).toHaveLength(2)
  })

  it('is not asked again when something has come', async () => {
    await using server = await createFakeGemini([{ ...step, fault: { type: 'socket-cut', at: 'last' } }])
    const parts = await toArray(withRetry(connect(server.url)).stream(request))
    expect(parts.at(-1)).toMatchObject({
      type: 'interrupted',
      text: 'It rains ',
      error: { code: 'network' },
      usage: { output: 0 },
    })
    expect(server.requests).toHaveLength(1)
  })
})
