import { APICallError, type LanguageModelV4Prompt } from '@ai-sdk/provider'
import {
  collectResponse,
  defineModel,
  type EmbeddingModel,
  type LanguageModel,
  ModelError,
  type PreparedRequest,
  type StreamPart,
  withRetry,
} from '@empire/llm'
import { modelCases } from '@empire/llm/conformance'
import {
  embed,
  embedMany,
  generateObject,
  generateText,
  isStepCount,
  type LanguageModel as AiModel,
  Output,
  streamObject,
  streamText,
  tool,
} from 'ai'
import { describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { fromAiSdk } from './from-ai-sdk.ts'
import { toAiSdk } from './to-ai-sdk.ts'

const usage = { input: 3, cacheRead: 5, cacheWrite: 2, output: 4, reasoning: 1 }
const call = { id: 'c1', name: 'weather', input: { city: 'Bern' } }

const text: StreamPart[] = [
  { type: 'text-start' },
  { type: 'text-delta', text: 'It ' },
  { type: 'text-delta', text: 'rains.' },
  { type: 'text-end' },
]
const end: StreamPart[] = [
  { type: 'usage', usage },
  { type: 'finish', reason: 'stop', vendorReason: 'end_turn', model: 'fake-1', requestId: 'r1' },
]
const thoughtfulCall: StreamPart[] = [
  { type: 'reasoning-start', block: 0 },
  { type: 'reasoning-delta', text: 'Hm.', block: 0 },
  {
    type: 'reasoning-end',
    block: 0,
    signature: 's1',
    vendor: { claude: { thinking: [{ type: 'thinking', thinking: 'Hm.', signature: 's1' }] } },
  },
  { type: 'tool-call-start', id: call.id, name: call.name },
  { type: 'tool-call-delta', id: call.id, text: '{"city":"Bern"}' },
  { type: 'tool-call-end', ...call },
  { type: 'usage', usage },
  { type: 'finish', reason: 'tool-calls' },
]

/** Plays a script for each call, and then the last one again. */
function scripted(...scripts: readonly (readonly (StreamPart | Error)[])[]): {
  readonly model: LanguageModel
  readonly requests: PreparedRequest[]
} {
  const requests: PreparedRequest[] = []
  const model = defineModel({
    id: 'scripted',
    vendor: 'claude',
    async *stream(request) {
      requests.push(request)
      for (const step of scripts[Math.min(requests.length, scripts.length) - 1] ?? []) {
        if (step instanceof Error) throw step
        yield step
      }
    },
  })
  return { model, requests }
}

const hello: LanguageModelV4Prompt = [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }]

const weather = tool({
  description: 'The weather.',
  inputSchema: z.object({ city: z.string() }),
  execute: async () => ({ rain: true }),
})

describe('a model of ours, there and back', () => {
  const answering = defineModel({
    id: 'answering',
    async *stream({ tools, context }) {
      yield* tools !== undefined && context.messages.at(-1)?.role !== 'tool_result' ? thoughtfulCall : [...text, ...end]
    },
  })
  const toolRequest = {
    messages: [{ role: 'user', content: 'Rain?' }],
    tools: [{ name: 'weather', input: z.object({ city: z.string() }) }],
  } as const
  it.each(modelCases(() => fromAiSdk(toAiSdk(answering)), { toolRequest }))(
    'keeps the contract: $name',
    async ({ run }) => {
      await expect(run()).resolves.toBeUndefined()
    },
  )
  it.each(modelCases(() => withRetry(fromAiSdk(toAiSdk(withRetry(answering)))), { toolRequest }))(
    'keeps it with wrappers around: $name',
    async ({ run }) => {
      await expect(run()).resolves.toBeUndefined()
    },
  )

  it('throws the error that it threw', async () => {
    const error = new ModelError('rate_limited', 'Wait.', { details: { retryAfter: 5 } })
    const back = fromAiSdk(toAiSdk(scripted([error]).model))
    const request = { messages: [{ role: 'user', content: 'Hi' }] } as const
    await expect(back.generate(request)).rejects.toBe(error)
    await expect(fromAiSdk(toAiSdk(scripted([text[0] as StreamPart, error]).model)).generate(request)).rejects.toBe(
      error,
    )
  })
})

describe('generateText with a model of ours', () => {
  it('answers', async () => {
    const { model, requests } = scripted([...text, ...end])
    const result = await generateText({
      model: toAiSdk(model),
      instructions: 'Be brief.',
      prompt: 'Rain?',
      temperature: 0.5,
      maxOutputTokens: 100,
      providerOptions: { claude: { service_tier: 'auto' } },
    })
    expect(result).toMatchObject({
      text: 'It rains.',
      finishReason: 'stop',
      rawFinishReason: 'end_turn',
      usage: {
        inputTokens: 10,
        inputTokenDetails: { noCacheTokens: 3, cacheReadTokens: 5, cacheWriteTokens: 2 },
        outputTokens: 5,
        outputTokenDetails: { textTokens: 4, reasoningTokens: 1 },
      },
      response: { id: 'r1', modelId: 'fake-1' },
    })
    expect(requests[0]).toMatchObject({
      temperature: 0.5,
      maxTokens: 100,
      vendor: { claude: { service_tier: 'auto' } },
    })
    expect(requests[0]?.context.messages).toMatchObject([
      { role: 'system', raw: 'Be brief.' },
      { role: 'user', raw: 'Rain?' },
    ])
  })

  it('calls tools, and gives the model back what it wants to see again', async () => {
    const { model, requests } = scripted(thoughtfulCall, [...text, ...end])
    const { text: answer, steps } = await generateText({
      model: toAiSdk(model),
      tools: { weather },
      prompt: 'Rain?',
      stopWhen: isStepCount(3),
    })
    expect(answer).toBe('It rains.')
    expect(steps[0]?.toolCalls).toMatchObject([{ toolName: 'weather', input: { city: 'Bern' } }])
    expect(steps[0]?.reasoningText).toBe('Hm.')
    expect(requests[0]?.tools).toMatchObject([{ name: 'weather', description: 'The weather.' }])
    expect(requests[1]?.context.messages).toMatchObject([
      { role: 'user' },
      {
        role: 'tool',
        callId: 'c1',
        tool: 'weather',
        args: { city: 'Bern' },
        metadata: { claude: { thinking: [{ type: 'thinking', thinking: 'Hm.', signature: 's1' }] } },
      },
      { role: 'tool_result', callId: 'c1', result: { rain: true } },
    ])
  })

  it('asks for a form of the answer', async () => {
    const json: StreamPart[] = [
      { type: 'text-start' },
      { type: 'text-delta', text: '{"rain":true}' },
      { type: 'text-end' },
    ]
    const { model, requests } = scripted([...json, ...end])
    const { output } = await generateText({
      model: toAiSdk(model),
      prompt: 'Rain?',
      output: Output.object({ schema: z.object({ rain: z.boolean() }) }),
    })
    expect(output).toEqual({ rain: true })
    expect(requests[0]?.output?.schema).toMatchObject({ properties: { rain: { type: 'boolean' } } })
  })

  it('gives objects, whole and as they grow', async () => {
    const json: StreamPart[] = [
      { type: 'text-start' },
      { type: 'text-delta', text: '{"rain":true,' },
      { type: 'text-delta', text: '"mm":3}' },
      { type: 'text-end' },
    ]
    const model = toAiSdk(scripted([...json, ...end]).model)
    const schema = z.object({ rain: z.boolean(), mm: z.number() })
    expect((await generateObject({ model, schema, prompt: 'Rain?' })).object).toEqual({ rain: true, mm: 3 })
    const { partialObjectStream, object } = streamObject({ model, schema, prompt: 'Rain?' })
    const grown: unknown[] = []
    for await (const partial of partialObjectStream) grown.push(partial)
    expect(grown).toEqual([{ rain: true }, { rain: true, mm: 3 }])
    expect(await object).toEqual({ rain: true, mm: 3 })
  })

  it('tries again what may succeed', async () => {
    const busy = new ModelError('rate_limited', 'Wait.', { details: { retryAfter: 1, status: 429 } })
    const { model, requests } = scripted([busy], [...text, ...end])
    expect((await generateText({ model: toAiSdk(model), prompt: 'Rain?' })).text).toBe('It rains.')
    expect(requests).toHaveLength(2)
  })

  it('does not try again what is wrong, and shows our error as the cause', async () => {
    const wrong = new ModelError('context_too_long', 'Too long.', { details: { tokens: 9, limit: 8 } })
    const { model, requests } = scripted([wrong])
    const error: unknown = await generateText({ model: toAiSdk(model), prompt: 'Rain?' }).catch(
      (failure: unknown) => failure,
    )
    expect(APICallError.isInstance(error)).toBe(true)
    expect(error).toMatchObject({ message: 'Too long.', cause: wrong, data: { code: 'context_too_long' } })
    expect(requests).toHaveLength(1)
  })

  it('warns of what has no form', async () => {
    const { model } = scripted([...text, ...end])
    const { warnings } = await generateText({
      model: toAiSdk(model),
      prompt: 'Rain?',
      presencePenalty: 1,
      reasoning: 'minimal',
    })
    expect(warnings).toEqual([
      { type: 'unsupported', feature: 'presencePenalty' },
      { type: 'compatibility', feature: 'reasoning', details: '"minimal" is taken for "low".' },
    ])
  })

  it('marks where to cache', async () => {
    const { model, requests } = scripted([...text, ...end])
    const cacheControl = { type: 'ephemeral' }
    await generateText({
      model: toAiSdk(model),
      messages: [
        { role: 'user', content: 'Long.', providerOptions: { anthropic: { cacheControl } } },
        { role: 'assistant', content: 'Yes.' },
        { role: 'user', content: 'Rain?' },
      ],
    })
    expect(requests[0]?.cacheBreakpoints).toEqual([0])
  })

  it('is stopped by a signal', async () => {
    const controller = new AbortController()
    const silent = defineModel({ id: 'silent', stream: () => new ReadableStream<never>() })
    const answer = generateText({ model: toAiSdk(silent), prompt: 'Rain?', abortSignal: controller.signal })
    controller.abort(new DOMException('enough', 'AbortError'))
    await expect(answer).rejects.toThrow('enough')
  })
})

describe('streamText with a model of ours', () => {
  it('streams, calls tools and goes on', async () => {
    const { model, requests } = scripted(thoughtfulCall, [...text, ...end])
    const result = streamText({ model: toAiSdk(model), tools: { weather }, prompt: 'Rain?', stopWhen: isStepCount(3) })
    const deltas: string[] = []
    for await (const delta of result.textStream) deltas.push(delta)
    expect(deltas).toEqual(['It ', 'rains.'])
    expect(await result.finishReason).toBe('stop')
    expect(requests[1]?.context.messages[1]?.metadata).toEqual({
      reasoning: [{ text: 'Hm.', signature: 's1' }],
      claude: { thinking: [{ type: 'thinking', thinking: 'Hm.', signature: 's1' }] },
    })
  })

  it('tells of sources and files', async () => {
    const citation = { url: 'https://example.com/a', title: 'A', start: 0, end: 3 }
    const { model } = scripted([
      ...text,
      { type: 'citation', citation },
      { type: 'citation', citation: { text: 'quoted', title: 'B' } },
      { type: 'media', mimeType: 'image/png', data: 'aGk=' },
      ...end,
    ])
    const streamed = streamText({ model: toAiSdk(model), prompt: 'Rain?' })
    const whole = await generateText({ model: toAiSdk(model), prompt: 'Rain?' })
    for (const sources of [await streamed.sources, whole.sources]) {
      expect(sources).toMatchObject([
        { sourceType: 'url', url: 'https://example.com/a', title: 'A', providerMetadata: { empire: { citation } } },
        { sourceType: 'document', title: 'B', providerMetadata: { empire: { citation: { text: 'quoted' } } } },
      ])
    }
    for (const files of [await streamed.files, whole.files]) {
      expect(files).toMatchObject([{ mediaType: 'image/png', base64: 'aGk=' }])
    }
  })

  it('ends with the error of a stream that fails in the middle', async () => {
    const broken = new ModelError('network', 'The connection broke.')
    const { model } = scripted([...text.slice(0, 2), broken])
    const errors: unknown[] = []
    const result = streamText({
      model: toAiSdk(model),
      prompt: 'Rain?',
      onError: ({ error }) => void errors.push(error),
    })
    const deltas: string[] = []
    for await (const delta of result.textStream) deltas.push(delta)
    expect(deltas).toEqual(['It '])
    expect(errors).toMatchObject([{ message: 'The connection broke.', cause: broken }])
    expect(await result.finishReason).toBe('error')
  })

  it('ends when it is left while it waits for a part, and leaves no listener on the signal', async () => {
    let closed = false
    const silent = defineModel({
      id: 'silent',
      async *stream(_, { signal }) {
        try {
          yield { type: 'text-start' }
          await new Promise((__, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error)))
        } finally {
          closed = true
        }
      },
    })
    const { signal } = new AbortController()
    const added = vi.spyOn(signal, 'addEventListener')
    const removed = vi.spyOn(signal, 'removeEventListener')
    const { stream } = await toAiSdk(silent).doStream({ prompt: hello, abortSignal: signal })
    const reader = stream.getReader()
    await reader.read()
    await reader.read()
    const waiting = reader.read()
    await reader.cancel()
    expect(await waiting).toEqual({ done: true, value: undefined })
    await vi.waitFor(() => expect(closed).toBe(true))
    expect(removed.mock.calls.length).toBe(added.mock.calls.length)
  })

  it('tells what the vendor will still accept, as headers', async () => {
    const limits = { requests: { remaining: 3, resetAfter: 1500 }, tokens: { remaining: 70, resetAfter: 200 } }
    const { model } = scripted([{ type: 'limits', limits }, ...text, ...end])
    const streamed = streamText({ model: toAiSdk(model), prompt: 'Rain?' })
    await streamed.consumeStream()
    const whole = await generateText({ model: toAiSdk(model), prompt: 'Rain?' })
    for (const { headers } of [await streamed.response, whole.response]) {
      expect(headers).toEqual({
        'x-ratelimit-remaining-requests': '3',
        'x-ratelimit-reset-requests': '1500ms',
        'x-ratelimit-remaining-tokens': '70',
        'x-ratelimit-reset-tokens': '200ms',
      })
    }
    const back = fromAiSdk(toAiSdk(model))
    const request = { messages: [{ role: 'user', content: 'Rain?' }] } as const
    expect((await back.generate(request)).limits).toEqual(limits)
    expect((await collectResponse(back.stream(request))).limits).toEqual(limits)
  })

  it('makes a part when it is pulled, and closes the source when it is left', async () => {
    let made = 0
    let closed = false
    const endless = defineModel({
      id: 'endless',
      async *stream() {
        try {
          yield { type: 'text-start' }
          for (; ; made++) yield { type: 'text-delta', text: 'x' }
        } finally {
          closed = true
        }
      },
    })
    const { stream } = await toAiSdk(endless).doStream({ prompt: hello })
    const reader = stream.getReader()
    for (let count = 0; count < 5; count++) await reader.read()
    expect(made).toBeLessThan(5)
    await reader.cancel()
    expect(closed).toBe(true)
  })
})

describe('embed with a model of ours', () => {
  const model: EmbeddingModel = {
    id: 'lengths',
    embed: async (texts, { dimensions = 1 } = {}) => ({
      vectors: texts.map(({ length }) => Array.from({ length: dimensions }, () => length)),
      usage: { input: texts.length },
    }),
  }

  it('gives vectors, their usage and their order', async () => {
    expect(await embed({ model: toAiSdk(model), value: 'abc' })).toMatchObject({ embedding: [3], usage: { tokens: 1 } })
    const { embeddings } = await embedMany({ model: toAiSdk(model), values: ['a', 'abcd'] })
    expect(embeddings).toEqual([[1], [4]])
  })

  it('gives there and back what it gave', async () => {
    const back = fromAiSdk(toAiSdk(model))
    expect(await back.embed(['ab'], { dimensions: 2 })).toEqual({ vectors: [[2, 2]], usage: { input: 1 } })
  })
})

describe('toAiSdk', () => {
  it('refuses what is no model of ours, and options that there are not', () => {
    expect(() => toAiSdk('gpt' as unknown as LanguageModel)).toThrow(
      new TypeError('Expected "model" to be a language or embedding model, got a string ("gpt").'),
    )
    expect(() => toAiSdk(scripted([]).model, { supportedUrl: {} } as object)).toThrow(
      new TypeError('"options" has no key "supportedUrl". Did you mean "supportedUrls"?'),
    )
  })

  it('is a model of the SDK', () => {
    toAiSdk(scripted([]).model) satisfies AiModel
    expect(toAiSdk(scripted([]).model)).toMatchObject({ provider: 'claude', modelId: 'scripted', supportedUrls: {} })
    expect(toAiSdk(scripted([]).model, { provider: 'mine' }).provider).toBe('mine')
  })

  it('refuses a prompt that a context has no form for', async () => {
    const { model } = scripted([...text, ...end])
    const file = {
      type: 'file',
      mediaType: 'image/png',
      data: { type: 'reference', reference: { openai: 'f' } },
    } as const
    await expect(toAiSdk(model).doGenerate({ prompt: [{ role: 'user', content: [file] }] })).rejects.toThrow(
      'This history of the AI SDK cannot be read: messages[0].content[0].data: expected bytes, base64, an address or a text, got an object.',
    )
  })
})
