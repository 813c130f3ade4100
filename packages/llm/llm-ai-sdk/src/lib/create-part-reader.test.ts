import type { LanguageModelV4StreamPart } from '@ai-sdk/provider'
import { createContext } from '@empire/context'
import { toAiSdk as writePrompt } from '@empire/context/ai-sdk'
import { appendResponse, collectResponse, type LanguageModel, type StreamPart } from '@empire/llm'
import { convertArrayToReadableStream, MockLanguageModelV4 } from 'ai/test'
import { describe, expect, it } from 'vitest'
import { fromAiSdk } from './from-ai-sdk.ts'
import type { AiSdkLanguageModel } from './provider-model.ts'

const question = { messages: [{ role: 'user', content: 'Hi' }] } as const
const usage = {
  inputTokens: { total: 10, noCache: 3, cacheRead: 5, cacheWrite: 2 },
  outputTokens: { total: 7, text: 4, reasoning: 3 },
}
const finish: LanguageModelV4StreamPart = { type: 'finish', finishReason: { unified: 'stop', raw: 'end' }, usage }

function scripted(...parts: unknown[]): LanguageModel {
  const stream = (): ReadableStream<LanguageModelV4StreamPart> =>
    convertArrayToReadableStream(parts as LanguageModelV4StreamPart[])
  return fromAiSdk(
    new MockLanguageModelV4({ provider: 'anthropic.messages', doStream: async () => ({ stream: stream() }) }),
  )
}

async function partsOf(...given: unknown[]): Promise<StreamPart[]> {
  const list: StreamPart[] = []
  for await (const part of scripted(...given, finish).stream(question)) list.push(part)
  return list.filter(({ type }) => type !== 'usage' && type !== 'finish')
}

const text = [
  { type: 'text-start', id: 'a' },
  { type: 'text-delta', id: 'a', delta: 'Hello' },
  { type: 'text-end', id: 'a' },
]

describe('the parts of a provider', () => {
  it('keep in the answer what the next request has to bring along', async () => {
    const response = await collectResponse(
      scripted(
        { type: 'reasoning-start', id: 'r' },
        { type: 'reasoning-delta', id: 'r', delta: 'Hm.' },
        { type: 'reasoning-delta', id: 'r', delta: '', providerMetadata: { anthropic: { signature: 's1' } } },
        { type: 'reasoning-end', id: 'r' },
        { type: 'text-start', id: 'a', providerMetadata: { openai: { itemId: 'msg_1' } } },
        { type: 'text-delta', id: 'a', delta: 'Hello' },
        { type: 'text-end', id: 'a' },
        {
          type: 'tool-call',
          toolCallId: 'c1',
          toolName: 'look',
          input: '{"at":"cat"}',
          providerMetadata: { google: { thoughtSignature: 't1' } },
        },
        finish,
      ).stream(question),
    )
    expect(response.reasoning[0]).toMatchObject({ text: 'Hm.', signature: 's1' })
    const context = appendResponse(createContext().user('Hi'), response).toolResult({ id: 'c1', result: 'A cat.' })
    expect(writePrompt(context).messages[1]).toEqual({
      role: 'assistant',
      content: [
        { type: 'reasoning', text: 'Hm.', providerOptions: { anthropic: { signature: 's1' } } },
        { type: 'text', text: 'Hello', providerOptions: { openai: { itemId: 'msg_1' } } },
        {
          type: 'tool-call',
          toolCallId: 'c1',
          toolName: 'look',
          input: { at: 'cat' },
          providerOptions: { google: { thoughtSignature: 't1' } },
        },
      ],
    })
  })

  it('may come interleaved', async () => {
    const response = await collectResponse(
      scripted(
        { type: 'reasoning-start', id: '1' },
        { type: 'reasoning-start', id: '2' },
        { type: 'reasoning-delta', id: '2', delta: 'two' },
        { type: 'reasoning-delta', id: '1', delta: 'one' },
        { type: 'reasoning-end', id: '1' },
        { type: 'reasoning-end', id: '2' },
        finish,
      ).stream(question),
    )
    expect(response.reasoning.map((thought) => thought.text)).toEqual(['one', 'two'])
  })

  it('are citations with their places in the whole text, and sources that nothing cites', async () => {
    const page = { type: 'source', sourceType: 'url', id: 's1', url: 'https://example.com/a', title: 'A' }
    const citation = { source: page, startIndex: 1, endIndex: 3, citedText: 'quoted' }
    const other = { ...page, id: 's2', url: 'https://example.com/b' }
    expect(
      await partsOf(
        ...text,
        page,
        other,
        { type: 'text-start', id: 'b' },
        { type: 'text-delta', id: 'b', delta: 'world' },
        { type: 'text-end', id: 'b', citations: [citation] },
      ),
    ).toEqual(
      expect.arrayContaining([
        {
          type: 'citation',
          citation: {
            title: 'A',
            url: 'https://example.com/a',
            text: 'quoted',
            start: 6,
            end: 8,
            vendor: citation,
          },
        },
        { type: 'citation', citation: { title: 'A', url: 'https://example.com/b', vendor: other } },
      ]),
    )
  })

  it('are media, from bytes too', async () => {
    const file = { type: 'file', mediaType: 'image/png' }
    expect(
      await partsOf(
        { ...file, data: { type: 'data', data: 'aGk=' } },
        { ...file, data: { type: 'data', data: new TextEncoder().encode('hi') } },
        { ...file, data: 'aGk=' },
      ),
    ).toEqual(Array.from({ length: 3 }, () => ({ type: 'media', mimeType: 'image/png', data: 'aGk=' })))
  })

  it.each([
    [{ type: 'stream-start', warnings: [{ type: 'unsupported', feature: 'seed' }] }],
    [{ type: 'custom', kind: 'openai.compaction' }],
    [{ type: 'tool-call', toolCallId: 'c', toolName: 'search', input: '{}', providerExecuted: true }],
    [{ type: 'tool-result', toolCallId: 'c', toolName: 'search', result: 1 }],
    [{ type: 'file', mediaType: 'image/png', data: { type: 'url', url: 'https://example.com/a' } }],
    [{ type: 'never-heard-of', of: 1 }],
  ])('come raw where they have no form: %j', async (part) => {
    expect(await partsOf(part)).toEqual([{ type: 'raw', vendor: 'claude', frame: part }])
  })

  it.each<[unknown, object]>([
    [
      { type: 'text-delta', id: 'x', delta: 'a' },
      {
        code: 'invalid_response',
        message: 'The provider of claude sent "text-delta" for "x", which has not begun.',
      },
    ],
    [
      { type: 'text-start', id: 3 },
      { code: 'invalid_response', details: { path: 'id', frame: { type: 'text-start', id: 3 } } },
    ],
    [null, { code: 'invalid_response' }],
    [
      { type: 'tool-call', toolCallId: 'c', toolName: 'look', input: '{"secret":' },
      {
        code: 'invalid_response',
        message:
          'claude called "look" with arguments that are no JSON object. The answer may be cut: raise "maxTokens".',
      },
    ],
    [
      { type: 'error', error: { type: 'overloaded_error', message: 'Busy' } },
      { code: 'overloaded', retryable: true },
    ],
    [{ type: 'error', error: 'quota' }, { code: 'overloaded' }],
    [
      { type: 'finish', finishReason: { unified: 'interrupted', raw: undefined }, usage },
      { code: 'interrupted', details: { usage: { input: 3, cacheRead: 5, cacheWrite: 2, output: 4, reasoning: 3 } } },
    ],
  ])('are refused: %j', async (part, error) => {
    await expect(partsOf(part)).rejects.toMatchObject(error)
  })

  it('end without their finish as an interruption', async () => {
    await expect(collectResponse(scripted(...text).stream(question))).rejects.toMatchObject({ code: 'interrupted' })
  })

  it.each([
    ['of version 4', { unified: 'interrupted', raw: undefined }, { inputTokens: {}, outputTokens: {} }],
    ['of version 3', { unified: 'other', raw: undefined }, usage],
    ['of version 2', 'unknown', { inputTokens: undefined, outputTokens: undefined }],
  ])('end with a finish %s that nobody has sent as an interruption', async (_, finishReason, counts) => {
    const cut = scripted(...text, { type: 'finish', finishReason, usage: counts })
    await expect(collectResponse(cut.stream(question))).rejects.toMatchObject({
      code: 'interrupted',
      message: 'The stream of claude broke off before its end.',
      details: counts === usage ? { usage: { input: 3, output: 4 } } : {},
    })
  })

  it.each([
    [
      { unified: 'other', raw: 'pause' },
      { reason: 'other', vendorReason: 'pause' },
    ],
    [
      { unified: 'error', raw: 'MALFORMED_FUNCTION_CALL' },
      { reason: 'other', vendorReason: 'MALFORMED_FUNCTION_CALL' },
    ],
    ['unknown', { reason: 'other' }],
  ])('end by %j, which the vendor said', async (finishReason, end) => {
    const answer = await collectResponse(scripted(...text, { ...finish, finishReason }).stream(question))
    expect(answer.finish).toEqual(end)
  })

  it.each<[unknown, object]>([
    [usage, { input: 3, cacheRead: 5, cacheWrite: 2, output: 4, reasoning: 3 }],
    [
      { inputTokens: { total: 10, cacheRead: 4 }, outputTokens: { total: 7, reasoning: 9 } },
      { input: 6, cacheRead: 4, cacheWrite: 0, output: 0, reasoning: 9 },
    ],
    [
      { inputTokens: 10, cachedInputTokens: 4, outputTokens: 7, reasoningTokens: 2, totalTokens: 17 },
      { input: 6, cacheRead: 4, cacheWrite: 0, output: 5, reasoning: 2 },
    ],
    [
      { inputTokens: { total: Number.NaN }, outputTokens: { total: -1, text: 1.6 } },
      { input: 0, cacheRead: 0, cacheWrite: 0, output: 2, reasoning: 0 },
    ],
  ])('count %j once', async (counts, expected) => {
    const response = await collectResponse(scripted(...text, { ...finish, usage: counts }).stream(question))
    expect(response.usage).toEqual(expected)
  })

  it('are read of versions 2 and 3, too', async () => {
    const old = {
      specificationVersion: 'v2',
      provider: 'ollama',
      modelId: 'llama',
      supportedUrls: { 'image/*': [/^https:/] },
      doGenerate: async ({ prompt }: { prompt: unknown }) => ({
        content: [{ type: 'text', text: JSON.stringify(prompt) }],
        finishReason: 'length',
        usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 },
        warnings: [],
      }),
      doStream: async () => ({ stream: convertArrayToReadableStream([]) }),
    }
    const model = fromAiSdk(old as unknown as AiSdkLanguageModel)
    const messages = createContext()
      .media({ data: 'aGk=', mimeType: 'image/png' })
      .media({ url: 'https://example.com/a.png' })
    const { text: prompt, finish: end, usage: counts } = await model.generate({ messages })
    expect(JSON.parse(prompt)).toEqual([
      {
        role: 'user',
        content: [
          { type: 'file', mediaType: 'image/png', data: 'aGk=' },
          { type: 'file', mediaType: 'image/png', data: 'https://example.com/a.png' },
        ],
      },
    ])
    expect([end.reason, counts.input, counts.output]).toEqual(['length', 1, 2])
  })
})

function provider(doGenerate: () => unknown, doStream: () => unknown): LanguageModel {
  const model = { specificationVersion: 'v4', provider: 'mine', modelId: 'm', supportedUrls: {} }
  return fromAiSdk({ ...model, doGenerate, doStream } as unknown as AiSdkLanguageModel)
}

describe('a provider that is wrong itself', () => {
  it.each<[unknown, string, string]>([
    [undefined, '', 'mine sent a frame in another form than agreed'],
    [{ finishReason: 'stop', usage: {} }, 'content', 'mine sent "content" in another form than agreed'],
    [{ content: [null] }, 'content[0]', 'mine sent "content[0]" in another form than agreed'],
    [{ content: [], usage: {} }, 'finishReason', 'mine sent "finishReason" in another form than agreed'],
  ])('with the answer %j gives invalid_response', async (answer, path, message) => {
    const model = provider(
      async () => answer,
      async () => ({}),
    )
    await expect(model.generate(question)).rejects.toMatchObject({
      code: 'invalid_response',
      message: expect.stringContaining(message),
      details: { path },
    })
  })

  it('shows nothing of the request in the error', async () => {
    const request = { body: 'what the user said' }
    const error: unknown = await provider(
      async () => ({ content: 'none', request }),
      async () => ({}),
    )
      .generate(question)
      .catch((failure: unknown) => failure)
    expect(JSON.stringify(error)).not.toContain('what the user said')
    expect(error).toMatchObject({ code: 'invalid_response' })
  })

  it.each([undefined, {}, { stream: 'text' }])('with the stream %j gives invalid_response', async (result) => {
    const model = provider(
      async () => undefined,
      async () => result,
    )
    await expect(collectResponse(model.stream(question))).rejects.toMatchObject({
      code: 'invalid_response',
      message: 'The provider of mine gave no stream.',
    })
  })

  it('with a mistake in its program throws that, and does not blame the network', async () => {
    const mistake = new TypeError("Cannot read properties of undefined (reading 'url')")
    const fail = (): never => {
      throw mistake
    }
    await expect(provider(fail, fail).generate(question)).rejects.toBe(mistake)
    const refused = new TypeError('fetch failed', {
      cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
    })
    const unreached = provider(async () => {
      throw refused
    }, fail)
    await expect(unreached.generate(question)).rejects.toMatchObject({ code: 'network', cause: refused })
  })
})
