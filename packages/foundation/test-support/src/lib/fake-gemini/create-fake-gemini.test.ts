import { ApiError, GoogleGenAI } from '@google/genai'
import { describe, expect, it } from 'vitest'
import type { FakeServer } from '../fake-server/create-fake-server.ts'
import { createFakeGemini } from './create-fake-gemini.ts'
import type { GeminiStep } from './gemini-step.ts'

type Gemini = FakeServer<GeminiStep | string>

const request = { model: 'gemini-test', contents: 'What is the weather in Bern?' }

/** The vendor's SDK as it comes. */
function connect(gemini: Gemini, apiKey = 'test-key'): GoogleGenAI {
  return new GoogleGenAI({ apiKey, httpOptions: { baseUrl: gemini.url } })
}

/** The texts that arrive, and what the stream ends with. */
async function readStream(client: GoogleGenAI): Promise<{ texts: (string | undefined)[]; failure?: unknown }> {
  const texts: (string | undefined)[] = []
  try {
    for await (const response of await client.models.generateContentStream(request)) texts.push(response.text)
    return { texts }
  } catch (failure) {
    return { texts, failure }
  }
}

async function postGarbage(url: string): Promise<number> {
  return (await fetch(url, { method: 'POST', body: '{' })).status
}

describe('createFakeGemini', () => {
  it('answers whole', async () => {
    await using gemini = await createFakeGemini([
      { text: 'It rains.', usage: { input: 12, output: 9, cacheRead: 5, reasoning: 4 } },
    ])
    const response = await connect(gemini).models.generateContent(request)
    expect(response.text).toBe('It rains.')
    expect(response.candidates?.[0]?.finishReason).toBe('STOP')
    expect(response.modelVersion).toBe('gemini-test')
    expect(response.usageMetadata).toEqual({
      promptTokenCount: 17,
      promptTokensDetails: [{ modality: 'TEXT', tokenCount: 17 }],
      cachedContentTokenCount: 5,
      candidatesTokenCount: 5,
      thoughtsTokenCount: 4,
      totalTokenCount: 26,
    })
  })

  it('streams what it would answer whole', async () => {
    const step: GeminiStep = {
      thinking: 'Rain is likely.',
      text: 'It rains. ☔️',
      toolCalls: [{ name: 'get_weather', input: { city: 'Bern' } }],
    }
    await using gemini = await createFakeGemini([step, step])
    const client = connect(gemini)
    const responses = []
    for await (const response of await client.models.generateContentStream(request)) responses.push(response)
    expect(responses.map(({ candidates }) => candidates?.[0]?.content?.parts)).toEqual([
      [{ text: 'Rain ', thought: true }],
      [{ text: 'is ', thought: true }],
      [{ text: 'likely.', thought: true }],
      [{ text: 'It ' }],
      [{ text: 'rains. ' }],
      [{ text: '☔️' }],
      [{ functionCall: { id: 'call_fake_0_0', name: 'get_weather', args: { city: 'Bern' } } }],
    ])
    expect(responses.map(({ candidates }) => candidates?.[0]?.finishReason)).toEqual([
      ...Array.from({ length: 6 }, () => undefined),
      'STOP',
    ])
    const whole = await client.models.generateContent(request)
    expect(whole.candidates?.[0]?.content?.parts).toEqual([
      { text: 'Rain is likely.', thought: true },
      { text: 'It rains. ☔️' },
      { functionCall: { id: 'call_fake_1_0', name: 'get_weather', args: { city: 'Bern' } } },
    ])
    expect(whole.usageMetadata).toEqual(responses.at(-1)?.usageMetadata)
  })

  it('answers with parts and candidate members as they are, or refuses the prompt', async () => {
    const parts = [{ executableCode: { language: 'PYTHON', code: '1 + 1' } }]
    await using gemini = await createFakeGemini([
      { parts, finishReason: 'MAX_TOKENS', candidate: { safetyRatings: [] } },
      { blockReason: 'SAFETY' },
    ])
    const client = connect(gemini)
    const response = await client.models.generateContent(request)
    expect(response.candidates).toEqual([
      { content: { role: 'model', parts }, finishReason: 'MAX_TOKENS', safetyRatings: [], index: 0 },
    ])
    const refused = await client.models.generateContent(request)
    expect(refused.promptFeedback).toEqual({ blockReason: 'SAFETY' })
    expect(refused.candidates).toBeUndefined()
  })

  it('streams a JSON array where no events are asked for', async () => {
    await using gemini = await createFakeGemini(['one two'])
    const response = await fetch(`${gemini.url}/v1beta/models/gemini-test:streamGenerateContent?key=k`, {
      method: 'POST',
      body: JSON.stringify({ contents: [{ parts: [{ text: 'Hello?' }] }] }),
    })
    expect(await response.json()).toMatchObject([
      { candidates: [{ content: { parts: [{ text: 'one ' }] } }] },
      { candidates: [{ content: { parts: [{ text: 'two' }] }, finishReason: 'STOP' }] },
    ])
  })

  it('counts tokens and lists models without taking a step', async () => {
    await using gemini = await createFakeGemini(['Hello.'], { models: ['gemini-a', 'gemini-test'] })
    const client = connect(gemini)
    expect((await client.models.countTokens(request)).totalTokens).toBe(8)
    const names: (string | undefined)[] = []
    for await (const { name } of await client.models.list()) names.push(name)
    expect(names).toEqual(['models/gemini-a', 'models/gemini-test'])
    expect((await client.models.get({ model: 'gemini-a' })).inputTokenLimit).toBe(1_048_576)
    await expect(client.models.get({ model: 'gemini-b' })).rejects.toMatchObject({ status: 404 })
    expect((await client.models.generateContent(request)).text).toBe('Hello.')
  })

  it('embeds texts: the same alike, related ones near', async () => {
    await using gemini = await createFakeGemini()
    const { embeddings } = await connect(gemini).models.embedContent({
      model: 'gemini-embed',
      contents: ['rain in Bern', 'Rain in Bern today', 'stock exchange', ''],
      config: { outputDimensionality: 128 },
    })
    const vectors = (embeddings ?? []).map(({ values }) => values ?? [])
    expect(vectors.map(({ length }) => length)).toEqual([128, 128, 128, 128])
    const near = (one = 0, other = 0): number =>
      (vectors[one] ?? []).reduce((sum, value, place) => sum + value * (vectors[other]?.[place] ?? Number.NaN), 0)
    expect(near(0, 0)).toBeCloseTo(1)
    expect(near(3, 3)).toBeCloseTo(1)
    expect(near(0, 1)).toBeGreaterThan(0.7)
    expect(near(0, 2)).toBeLessThan(0.4)
  })

  it('speaks to an SDK that is set to Vertex AI', async () => {
    await using gemini = await createFakeGemini(['Hello.'])
    const client = new GoogleGenAI({ vertexai: true, apiKey: 'test-key', httpOptions: { baseUrl: gemini.url } })
    expect((await client.models.generateContent(request)).text).toBe('Hello.')
  })

  it('embeds and lists for an SDK that is set to Vertex AI', async () => {
    await using gemini = await createFakeGemini(undefined, { models: ['gemini-a', 'text-embedding-a'] })
    const client = new GoogleGenAI({ vertexai: true, apiKey: 'test-key', httpOptions: { baseUrl: gemini.url } })
    const config = { outputDimensionality: 3 }
    const one = await client.models.embedContent({ model: 'gemini-a', contents: 'rain', config })
    expect(one.embeddings?.map(({ values }) => values?.length)).toEqual([3])
    const contents = ['rain', 'sun']
    const { embeddings } = await client.models.embedContent({ model: 'text-embedding-a', contents, config })
    expect(embeddings?.map(({ values, statistics }) => [values?.length, statistics])).toEqual([
      [3, { truncated: false, tokenCount: 1 }],
      [3, { truncated: false, tokenCount: 1 }],
    ])
    const names: (string | undefined)[] = []
    for await (const { name } of await client.models.list()) names.push(name)
    expect(names).toEqual(['publishers/google/models/gemini-a', 'publishers/google/models/text-embedding-a'])
    for (const body of ['{}', '{"instances":[{"content":"a"}],"parameters":{"outputDimensionality":0}}']) {
      const url = `${gemini.url}/v1/publishers/google/models/gemini-a:predict?key=k`
      expect((await fetch(url, { method: 'POST', body })).status).toBe(400)
    }
  })

  it.each([
    ['{"contents":', 'Invalid JSON payload received.'],
    ['{}', '* GenerateContentRequest.contents: contents is not specified'],
    ['{"contents":"Hello?"}', '* GenerateContentRequest.contents: contents is not specified'],
    ['{"contents":[{"role":"system","parts":[{"text":"a"}]}]}', 'Please use a valid role: user, model.'],
    [
      '{"contents":[{"role":"user","parts":[]}]}',
      '* GenerateContentRequest.contents[0].parts: contents.parts must not be empty.',
    ],
  ])('refuses the body %s as the API does', async (body, message) => {
    await using gemini = await createFakeGemini()
    for (const call of ['generateContent', 'streamGenerateContent', 'countTokens']) {
      const response = await fetch(`${gemini.url}/v1beta/models/m:${call}?key=k`, { method: 'POST', body })
      expect(await response.json()).toEqual({ error: { code: 400, message, status: 'INVALID_ARGUMENT' } })
    }
  })

  it('finds no model whose name is encoded wrongly', async () => {
    await using gemini = await createFakeGemini(undefined, { models: ['gemini-a'] })
    expect(await postGarbage(`${gemini.url}/v1beta/models/%:generateContent?key=k`)).toBe(404)
  })

  it('refuses what the API refuses', async () => {
    await using gemini = await createFakeGemini(undefined, { apiKey: 'right', models: ['gemini-test'] })
    await expect(connect(gemini).models.generateContent(request)).rejects.toMatchObject({ status: 400 })
    const client = connect(gemini, 'right')
    await expect(client.models.generateContent({ ...request, model: 'other' })).rejects.toMatchObject({ status: 404 })
    const url = `${gemini.url}/v1beta/models/gemini-test`
    expect(await postGarbage(`${url}:generateContent`)).toBe(403)
    expect(await postGarbage(`${url}:generateContent?key=right`)).toBe(400)
    expect(await postGarbage(`${url}:other?key=right`)).toBe(404)
    expect(await postGarbage(`${gemini.url}/v3?key=right`)).toBe(404)
  })

  it.each([
    [{ apiKey: '' }, '"apiKey" must be a text that is not empty.'],
    [{ models: 'gemini' }, '"models" must be an array of names, got a string ("gemini").'],
    [{ dimensions: 0 }, '"dimensions" must be from 1 to 4096, got a number (0).'],
  ])('refuses the options %j', async (options, message) => {
    await expect(createFakeGemini(undefined, options as never)).rejects.toThrow(message)
  })
})

describe('faults', () => {
  it.each([
    [400, 'INVALID_ARGUMENT'],
    [429, 'RESOURCE_EXHAUSTED'],
    [500, 'INTERNAL'],
    [503, 'UNAVAILABLE'],
    [529, 'UNAVAILABLE'],
  ])('status %s is the error that the SDK has for it', async (status, name) => {
    await using gemini = await createFakeGemini(() => ({ fault: { type: 'status', status } }))
    for (const call of ['generateContent', 'generateContentStream'] as const) {
      const failure = connect(gemini).models[call](request)
      await expect(failure).rejects.toBeInstanceOf(ApiError)
      await expect(failure).rejects.toMatchObject({ status, message: expect.stringContaining(name) })
    }
  })

  it('429 with a time to come back says it in the header and in the details', async () => {
    await using gemini = await createFakeGemini([{ fault: { type: 'status', status: 429, retryAfter: 7 } }])
    const response = await fetch(`${gemini.url}/v1beta/models/gemini-test:generateContent?key=k`, { method: 'POST' })
    expect(response.headers.get('retry-after')).toBe('7')
    expect(await response.json()).toEqual({
      error: {
        code: 429,
        message: 'The script of this fake server asks for this error.',
        status: 'RESOURCE_EXHAUSTED',
        details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '7s' }],
      },
    })
  })

  it('the SDK retries what it can', async () => {
    await using gemini = await createFakeGemini([{ fault: { type: 'status', status: 503 } }, 'Hello again.'])
    const client = new GoogleGenAI({
      apiKey: 'k',
      httpOptions: { baseUrl: gemini.url, retryOptions: { attempts: 2, initialDelay: 0.001, jitter: 0 } },
    })
    expect((await client.models.generateContent(request)).text).toBe('Hello again.')
  })

  it.each([
    ['first', []],
    ['middle', ['a ']],
    ['last', ['a ', 'b ']],
  ] as const)('an error inside the stream, at the %s frame', async (at, texts) => {
    await using gemini = await createFakeGemini([{ text: 'a b c', fault: { type: 'stream-error', at } }])
    const result = await readStream(connect(gemini))
    expect(result.texts).toEqual(texts)
    expect(result.failure).toMatchObject({ status: 503 })
    expect(result.failure).toBeInstanceOf(ApiError)
  })

  it.each([
    ['headers', []],
    ['first', []],
    [1, ['a ']],
    ['last', ['a ', 'b ']],
  ] as const)('a socket cut at %s breaks the stream there', async (at, texts) => {
    await using gemini = await createFakeGemini([{ text: 'a b c', fault: { type: 'socket-cut', at } }])
    const result = await readStream(connect(gemini))
    expect(result.texts).toEqual(texts)
    expect(result.failure).toBeInstanceOf(Error)
  })

  it('a malformed frame is no JSON', async () => {
    await using gemini = await createFakeGemini([{ text: 'a b c', fault: { type: 'malformed-frame', at: 1 } }])
    const { texts, failure } = await readStream(connect(gemini))
    expect(texts).toEqual(['a '])
    expect(failure).toBeInstanceOf(SyntaxError)
  })

  it('a stall ends with the patience of the client', async () => {
    await using gemini = await createFakeGemini([{ text: 'a b c', fault: { type: 'stall', at: 2 } }])
    const controller = new AbortController()
    const stream = await connect(gemini).models.generateContentStream({
      ...request,
      config: { abortSignal: controller.signal },
    })
    await stream.next()
    await stream.next()
    const third = stream.next()
    controller.abort()
    await expect(third).rejects.toMatchObject({ name: 'AbortError' })
    await gemini.whenIdle()
    expect(gemini.requests[0]).toMatchObject({ outcome: 'client-left', sent: 2 })
  })
})
