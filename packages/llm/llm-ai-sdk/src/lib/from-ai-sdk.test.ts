import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { createContext } from '@empire/context'
import {
  appendResponse,
  collectResponse,
  type LanguageModel,
  type ModelRequest,
  type StreamPart,
  withRateLimit,
} from '@empire/llm'
import { modelCases } from '@empire/llm/conformance'
import { createManualClock } from '@empire/test-support/clock'
import { createFakeOpenai, type OpenaiStep } from '@empire/test-support/fake-openai'
import type { FakeServer } from '@empire/test-support/fake-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { fromAiSdk } from './from-ai-sdk.ts'

type Openai = FakeServer<OpenaiStep | string>

const question: ModelRequest = { messages: [{ role: 'user', content: 'What is the capital of France?' }] }
const weather = { name: 'get_weather', description: 'The weather.', input: z.object({ city: z.string() }) }
const toolRequest: ModelRequest = { ...question, tools: [weather] }

/** Answers with a call where there are tools, until there is a result. */
function answerAnything({ json }: { json: unknown }): OpenaiStep {
  const { tools, messages } = json as { tools?: unknown[]; messages: { role: string }[] }
  const asksForTool = tools !== undefined && messages.at(-1)?.role !== 'tool'
  return asksForTool
    ? { toolCalls: [{ id: 'call_1', name: 'get_weather', input: { city: 'Bern' } }] }
    : { text: 'It is Paris.' }
}

function openaiModel(openai: Openai, options: Parameters<typeof fromAiSdk>[1] = {}): LanguageModel {
  return fromAiSdk(createOpenAI({ baseURL: `${openai.url}/v1`, apiKey: 'test-key' }).chat('gpt-test'), options)
}

function compatibleModel(openai: Openai): LanguageModel {
  return fromAiSdk(
    createOpenAICompatible({ name: 'ollama', baseURL: `${openai.url}/v1`, apiKey: 'k', includeUsage: true })('llama'),
  )
}

async function toArray(parts: AsyncIterable<StreamPart>): Promise<StreamPart[]> {
  const list: StreamPart[] = []
  for await (const part of parts) list.push(part)
  return list
}

describe('a language model of a provider', () => {
  let openai: Openai
  beforeAll(async () => {
    openai = await createFakeOpenai(answerAnything)
  })
  afterAll(() => openai.close())

  /** The fake numbers its answers, and the providers tell. */
  const options = { toolRequest, deterministic: false }
  it.each(modelCases(() => openaiModel(openai), options))('of OpenAI keeps the contract: $name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })
  it.each(modelCases(() => compatibleModel(openai), options))(
    'of a server like it keeps the contract: $name',
    async ({ run }) => {
      await expect(run()).resolves.toBeUndefined()
    },
  )

  it('leaves no connection in use', async () => {
    await openai.whenIdle()
    expect(openai.openRequests).toBe(0)
  })
})

describe('a request', () => {
  it('is written as the SDK has it', async () => {
    await using openai = await createFakeOpenai()
    const model = openaiModel(openai, { providerOptions: { openai: { user: 'ada' } }, headers: { 'x-team': 'a' } })
    const messages = createContext()
      .system('Be brief.')
      .user('What is this?')
      .media({ data: 'aGk=', mimeType: 'image/png' })
      .media({ url: 'https://example.com/a.png' })
    await model.generate({
      messages,
      tools: [weather],
      toolChoice: { tool: 'get_weather' },
      output: { schema: z.object({ city: z.string() }) },
      temperature: 0.5,
      topP: 0.9,
      maxTokens: 100,
      stopSequences: ['END'],
      seed: 7,
      vendor: { aiSdk: { presencePenalty: 1 } },
    })
    const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }
    expect(openai.requests[0]?.headers).toMatchObject({ authorization: 'Bearer test-key', 'x-team': 'a' })
    expect(openai.requests[0]?.json).toMatchObject({
      model: 'gpt-test',
      messages: [
        { role: 'system', content: 'Be brief.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is this?' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,aGk=' } },
            { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
          ],
        },
      ],
      tools: [{ type: 'function', function: { name: 'get_weather', description: 'The weather.', parameters: schema } }],
      tool_choice: { type: 'function', function: { name: 'get_weather' } },
      response_format: { type: 'json_schema', json_schema: { name: 'answer', schema } },
      temperature: 0.5,
      top_p: 0.9,
      max_tokens: 100,
      stop: ['END'],
      seed: 7,
      presence_penalty: 1,
      user: 'ada',
    })
  })

  it('goes on from the result of a tool, with the call in front of it', async () => {
    await using openai = await createFakeOpenai(answerAnything)
    const model = openaiModel(openai)
    const answer = await model.generate(toolRequest)
    const context = appendResponse(createContext().user('Rain?'), answer).toolResult({
      id: 'call_1',
      result: { rain: true },
    })
    await model.generate({ messages: context, tools: [weather] })
    expect(openai.requests[1]?.json).toMatchObject({
      messages: [
        { role: 'user', content: 'Rain?' },
        {
          role: 'assistant',
          tool_calls: [{ id: 'call_1', function: { name: 'get_weather', arguments: '{"city":"Bern"}' } }],
        },
        { role: 'tool', tool_call_id: 'call_1', content: '{"rain":true}' },
      ],
    })
  })

  it.each<[string, ModelRequest, object]>([
    [
      'a medium that the provider does not fetch',
      { messages: createContext().user('?').media({ url: 'https://example.com/a.pdf' }) },
      {
        code: 'unsupported',
        message: 'The provider of openai does not fetch application/pdf from this address. Pass the content as "data".',
        details: { feature: 'media_url' },
      },
    ],
    [
      'a call without a result',
      { messages: createContext().user('?').toolCall({ id: 'a', tool: 'b', args: {} }).user('!').assistant('x') },
      { code: 'invalid_request', details: { path: 'messages[1]', reason: 'call_unanswered' } },
    ],
  ])('is refused with %s', async (_, request, error) => {
    await using openai = await createFakeOpenai()
    await expect(openaiModel(openai).generate(request)).rejects.toMatchObject(error)
    expect(openai.requests).toHaveLength(0)
  })
})

describe('an answer', () => {
  it('streams thoughts, text and the arguments of calls as they come', async () => {
    await using openai = await createFakeOpenai([
      {
        thinking: 'Hm.',
        text: 'It rains.',
        toolCalls: [{ id: 'call_1', name: 'get_weather', input: { city: 'Bern' } }],
        usage: { input: 7, cacheRead: 5, output: 9, reasoning: 4 },
      },
    ])
    const parts = await toArray(compatibleModel(openai).stream(toolRequest))
    expect(parts.filter(({ type }) => type !== 'usage')).toEqual([
      { type: 'reasoning-start', block: 0 },
      { type: 'reasoning-delta', text: 'Hm.', block: 0 },
      { type: 'reasoning-end', block: 0, vendor: { aiSdk: { reasoning: [{ type: 'reasoning', text: 'Hm.' }] } } },
      { type: 'text-start', block: 1 },
      { type: 'text-delta', text: 'It ', block: 1 },
      { type: 'text-delta', text: 'rains.', block: 1 },
      { type: 'tool-call-start', id: 'call_1', name: 'get_weather' },
      { type: 'tool-call-delta', id: 'call_1', text: '{"city":' },
      { type: 'tool-call-delta', id: 'call_1', text: '"Bern"}' },
      { type: 'text-end', block: 1 },
      { type: 'tool-call-end', id: 'call_1', name: 'get_weather', input: { city: 'Bern' } },
      {
        type: 'finish',
        reason: 'tool-calls',
        vendorReason: 'tool_calls',
        model: 'llama',
        requestId: 'chatcmpl-fake-0',
      },
    ])
    expect(parts.find(({ type }) => type === 'usage')).toMatchObject({
      usage: { input: 7, cacheRead: 5, cacheWrite: 0, output: 5, reasoning: 4, vendor: { prompt_tokens: 12 } },
    })
  })

  it('says so when the tokens are not counted', async () => {
    await using openai = await createFakeOpenai()
    const server = createOpenAICompatible({ name: 'ollama', baseURL: `${openai.url}/v1` })
    // The fake wants a key.
    const model = fromAiSdk(server('llama'), { headers: { authorization: 'Bearer k' } })
    const parts = await toArray(model.stream(question))
    expect(parts.find(({ type }) => type === 'error')).toMatchObject({
      error: { message: 'ollama did not say how many tokens the call took: they are counted as 0.' },
    })
    expect(await collectResponse(model.stream(question))).toMatchObject({
      text: 'Hello.',
      usage: { input: 0, output: 0 },
    })
  })
})

describe('a failure', () => {
  it.each<[OpenaiStep['fault'], object]>([
    [
      { type: 'status', status: 429, retryAfter: 2 },
      { code: 'rate_limited', retryable: true, details: { status: 429, retryAfter: 2000 } },
    ],
    [
      { type: 'status', status: 503 },
      { code: 'overloaded', retryable: true },
    ],
    [
      { type: 'status', status: 401 },
      { code: 'authentication', retryable: false },
    ],
    [
      {
        type: 'status',
        status: 400,
        message: "This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens.",
      },
      { code: 'context_too_long', details: { tokens: 9001, limit: 8192 } },
    ],
    [
      { type: 'status', status: 400, message: 'No.' },
      { code: 'invalid_request', details: { requestId: 'req_fake' } },
    ],
    [
      { type: 'socket-cut', at: 'headers' },
      { code: 'network', retryable: true },
    ],
    [{ type: 'socket-cut', at: 'first' }, { code: 'network' }],
    [{ type: 'socket-cut', at: 'middle' }, { code: 'network' }],
    [{ type: 'socket-cut', at: 'last' }, { code: 'network' }],
    [{ type: 'stream-error', at: 'middle' }, { code: 'overloaded' }],
    [{ type: 'stream-error', at: 'last', status: 429 }, { code: 'rate_limited' }],
    [{ type: 'malformed-frame', at: 'first' }, { code: 'invalid_response' }],
    [{ type: 'malformed-frame', at: 'middle' }, { code: 'invalid_response' }],
  ])('by %j is an error of ours', async (fault, error) => {
    await using openai = await createFakeOpenai([{ text: 'One two three four.', fault }])
    await expect(toArray(openaiModel(openai).stream(question))).rejects.toMatchObject(error)
    await openai.whenIdle()
  })

  it.each<[OpenaiStep['fault'], object]>([
    [{ type: 'status', status: 503 }, { code: 'overloaded' }],
    [{ type: 'socket-cut', at: 'first' }, { code: 'network' }],
    [{ type: 'malformed-frame', at: 'first' }, { code: 'invalid_response' }],
  ])('by %j of a whole answer is one, too', async (fault, error) => {
    await using openai = await createFakeOpenai([{ text: 'One two three four.', fault }])
    await expect(openaiModel(openai).generate(question)).rejects.toMatchObject(error)
  })

  it('shows no key, wherever one looks', async () => {
    const apiKey = 'sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCD'
    await using openai = await createFakeOpenai([
      { fault: { type: 'status', status: 401, message: `Incorrect API key provided: ${apiKey}.` } },
    ])
    const model = fromAiSdk(createOpenAI({ baseURL: openai.url, apiKey }).chat('gpt-test'))
    const error: unknown = await model.generate(question).catch((failure: unknown) => failure)
    const { inspect } = await import('node:util')
    expect(error).toMatchObject({ code: 'authentication' })
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(apiKey)
  })

  it('of a server that is silent ends with the signal', async () => {
    await using openai = await createFakeOpenai([
      { text: 'One two.', fault: { type: 'stall', at: 'middle' } },
      { fault: { type: 'stall', at: 'headers' } },
    ])
    for (const arrived of [() => openai.whenSent(2), () => openai.whenReceived(2)]) {
      const controller = new AbortController()
      const answer = toArray(openaiModel(openai).stream(question, { signal: controller.signal }))
      const failure = answer.catch((error: unknown) => error)
      await arrived()
      controller.abort('enough')
      expect(await failure).toBe('enough')
    }
    await openai.whenIdle()
  })
})

describe('a stream without an end', () => {
  const endless: OpenaiStep = { text: 'One two three four.', fault: { type: 'endless-stream' } }

  it('is left when its reader leaves, and leaves no connection', async () => {
    await using openai = await createFakeOpenai([endless])
    let parts = 0
    for await (const _ of openaiModel(openai).stream(question)) if (++parts === 5000) break
    await openai.whenIdle()
    expect([parts, openai.openRequests]).toEqual([5000, 0])
  })

  it('ends with the signal', async () => {
    await using openai = await createFakeOpenai([endless])
    const controller = new AbortController()
    let parts = 0
    const read = async (): Promise<void> => {
      for await (const _ of openaiModel(openai).stream(question, { signal: controller.signal })) {
        if (++parts === 1000) controller.abort('enough')
      }
    }
    await expect(read()).rejects.toBe('enough')
    await openai.whenIdle()
    expect([parts, openai.openRequests]).toEqual([1000, 0])
  })
})

describe('what a vendor will still accept', () => {
  const headers = {
    'x-ratelimit-remaining-requests': '0',
    'x-ratelimit-reset-requests': '6m0s',
    'x-ratelimit-remaining-tokens': '500',
    'x-ratelimit-reset-tokens': '1.5s',
  }
  const limits = { requests: { remaining: 0, resetAfter: 360_000 }, tokens: { remaining: 500, resetAfter: 1500 } }

  it('is the first part of a stream, and in a whole answer', async () => {
    await using openai = await createFakeOpenai([
      { text: 'It rains.', headers },
      { text: 'It rains.', headers },
    ])
    expect((await toArray(openaiModel(openai).stream(question)))[0]).toEqual({ type: 'limits', limits })
    expect((await openaiModel(openai).generate(question)).limits).toEqual(limits)
  })

  it('is in the error of a refusal', async () => {
    await using openai = await createFakeOpenai([{ fault: { type: 'status', status: 429, headers } }])
    await expect(openaiModel(openai).generate(question)).rejects.toMatchObject({
      code: 'rate_limited',
      details: { limits, retryAfter: 360_000 },
    })
  })

  it('slows withRateLimit down before the vendor refuses', async () => {
    await using openai = await createFakeOpenai([{ text: 'It rains.', headers }, 'Too soon.'])
    const clock = createManualClock()
    const model = withRateLimit(openaiModel(openai), { requests: { limit: 100, interval: 1000 }, clock })
    await model.generate(question)
    const next = model.generate(question)
    await clock.advance(359_000)
    expect(openai.requests).toHaveLength(1)
    await clock.advance(1000)
    expect((await next).text).toBe('Too soon.')
  })
})

describe('an embedding model of a provider', () => {
  it('gives a vector for each text, in order, in as many requests as need be', async () => {
    await using openai = await createFakeOpenai()
    const provider = createOpenAI({ baseURL: openai.url, apiKey: 'k' }).embedding('text-embedding-3-small')
    const model = fromAiSdk(provider)
    const texts = Array.from({ length: 5000 }, (_, index) => `text ${index}`)
    const { vectors, usage } = await model.embed(texts, { dimensions: 4 })
    expect(vectors).toHaveLength(5000)
    expect(vectors[4999]).toEqual((await model.embed(['text 4999'], { dimensions: 4 })).vectors[0])
    expect(usage?.input).toBeGreaterThan(5000)
    expect(openai.requests.map(({ json }) => (json as { input: string[] }).input.length)).toEqual([2048, 2048, 904, 1])
    expect(await model.embed([])).toEqual({ vectors: [] })
    expect(openai.requests).toHaveLength(4)
  })

  it.each([
    ['a text', 'texts', '"texts" must be an array of strings, got a string ("a text").'],
    [['a', 1], 'texts[1]', '"texts[1]" must be a string, got a number (1).'],
  ])('refuses %j', async (texts, path, message) => {
    await using openai = await createFakeOpenai()
    const model = fromAiSdk(createOpenAI({ baseURL: openai.url, apiKey: 'k' }).embedding('m'))
    await expect(model.embed(texts as string[])).rejects.toMatchObject({
      code: 'invalid_request',
      message,
      details: { path },
    })
  })

  it('throws the reason of a signal, and leaves no listener on it', async () => {
    await using openai = await createFakeOpenai()
    const model = fromAiSdk(createOpenAI({ baseURL: openai.url, apiKey: 'k' }).embedding('m'))
    await expect(model.embed(['a'], { signal: AbortSignal.abort('before') })).rejects.toBe('before')
    const controller = new AbortController()
    const answer = model.embed(['a'], { signal: controller.signal })
    controller.abort('while')
    await expect(answer).rejects.toBe('while')
  })

  it('tells of refusals in our words', async () => {
    await using openai = await createFakeOpenai(undefined, { models: [] })
    const model = fromAiSdk(createOpenAI({ baseURL: openai.url, apiKey: 'k' }).embedding('m'))
    await expect(model.embed(['a'])).rejects.toMatchObject({
      code: 'invalid_request',
      message: "openai refused the call with status 404: The model 'm' does not exist.",
    })
  })
})

describe('fromAiSdk', () => {
  it.each<[unknown, string]>([
    [
      'openai/gpt-5',
      `Expected "model" to be a language or embedding model of the AI SDK, got a string ("openai/gpt-5"). Names of models have no provider: make one, as in openai('gpt-5').`,
    ],
    [
      { doStream() {}, specificationVersion: 'v1' },
      'Expected "model" to follow version v2, v3 or v4 of the specification, got a string ("v1"). Take the provider package that fits the version of the AI SDK.',
    ],
  ])('refuses %j', (model, message) => {
    expect(() => fromAiSdk(model as Parameters<typeof fromAiSdk>[0])).toThrow(new TypeError(message))
  })

  it('refuses options that there are not', () => {
    const model = createOpenAI({ apiKey: 'k' })('gpt-test')
    expect(() => fromAiSdk(model, { vender: 'x' } as object)).toThrow(
      new TypeError('"options" has no key "vender". Did you mean "vendor"?'),
    )
  })

  it('knows who sells a model, for prices', () => {
    const provider = createOpenAI({ apiKey: 'k' })
    expect(fromAiSdk(provider('gpt-test'))).toMatchObject({ id: 'gpt-test', vendor: 'openai' })
    expect(fromAiSdk(provider('gpt-test'), { vendor: 'azure', maxOutputTokens: 10 })).toMatchObject({
      vendor: 'azure',
      maxOutputTokens: 10,
    })
  })
})
