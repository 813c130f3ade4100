import { createOpenAI } from '@ai-sdk/openai'
import { createContext } from '@empire/context'
import { appendResponse, type LanguageModel, type ModelRequest, type StreamPart } from '@empire/llm'
import { modelCases } from '@empire/llm/conformance'
import { createFakeOpenai, type OpenaiStep } from '@empire/test-support/fake-openai'
import type { FakeServer } from '@empire/test-support/fake-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { fromAiSdk } from './from-ai-sdk.ts'

type Openai = FakeServer<OpenaiStep | string>

const question: ModelRequest = { messages: [{ role: 'user', content: 'Rain?' }] }
const weather = { name: 'get_weather', input: z.object({ city: z.string() }) }
const toolRequest: ModelRequest = { ...question, tools: [weather] }

function responsesModel(openai: Openai): LanguageModel {
  return fromAiSdk(createOpenAI({ baseURL: `${openai.url}/v1`, apiKey: 'test-key' }).responses('gpt-5'))
}

/** Thinks, and answers with a call where there are tools, until there is a result. */
function answerAnything({ json }: { json: unknown }): OpenaiStep {
  const { tools, input } = json as { tools?: unknown[]; input: { type?: string }[] }
  const asksForTool = tools !== undefined && input.at(-1)?.type !== 'function_call_output'
  return asksForTool
    ? { thinking: 'Hm.', toolCalls: [{ id: 'call_1', name: 'get_weather', input: { city: 'Bern' } }] }
    : { thinking: 'Hm.', text: 'It rains.' }
}

async function toArray(parts: AsyncIterable<StreamPart>): Promise<StreamPart[]> {
  const list: StreamPart[] = []
  for await (const part of parts) list.push(part)
  return list
}

describe("a model of OpenAI's Responses API", () => {
  let openai: Openai
  beforeAll(async () => {
    openai = await createFakeOpenai(answerAnything)
  })
  afterAll(() => openai.close())

  it.each(modelCases(() => responsesModel(openai), { toolRequest, deterministic: false }))(
    'keeps the contract: $name',
    async ({ run }) => {
      await expect(run()).resolves.toBeUndefined()
    },
  )

  it('leaves no connection in use', async () => {
    await openai.whenIdle()
    expect(openai.openRequests).toBe(0)
  })
})

describe('what the Responses API is sent', () => {
  it('has the items of the answers before it', async () => {
    await using openai = await createFakeOpenai(answerAnything)
    const model = responsesModel(openai)
    const first = await model.generate(toolRequest)
    const asked = appendResponse(createContext().user('Rain?'), first).toolResult({ id: 'call_1', result: { mm: 3 } })
    const second = await model.generate({ ...toolRequest, messages: asked })
    await model.generate({ ...toolRequest, messages: appendResponse(asked, second).user('And in Basel?') })
    expect(openai.requests[2]?.json).toMatchObject({
      model: 'gpt-5',
      input: [
        { role: 'user', content: [{ type: 'input_text', text: 'Rain?' }] },
        { type: 'item_reference', id: 'rs_fake_0' },
        { type: 'function_call', call_id: 'call_1', name: 'get_weather', arguments: '{"city":"Bern"}' },
        { type: 'function_call_output', call_id: 'call_1', output: '{"mm":3}' },
        { type: 'item_reference', id: 'rs_fake_1' },
        { type: 'item_reference', id: 'msg_fake_1' },
        { role: 'user', content: [{ type: 'input_text', text: 'And in Basel?' }] },
      ],
    })
  })

  it('has the thoughts themselves, encrypted, where nothing is stored', async () => {
    await using openai = await createFakeOpenai(answerAnything)
    const model = responsesModel(openai)
    const providerOptions = { openai: { store: false, include: ['reasoning.encrypted_content'] } }
    const request = { ...toolRequest, vendor: { aiSdk: { providerOptions } } }
    const first = await model.generate(request)
    const messages = appendResponse(createContext().user('Rain?'), first).toolResult({ id: 'call_1', result: {} })
    await model.generate({ ...request, messages })
    expect(openai.requests[1]?.json).toMatchObject({
      store: false,
      input: [
        { role: 'user' },
        { type: 'reasoning', encrypted_content: 'encrypted-rs_fake_0', summary: [{ text: 'Hm.' }] },
        { type: 'function_call', call_id: 'call_1' },
        { type: 'function_call_output', call_id: 'call_1' },
      ],
    })
  })
})

describe('an answer of the Responses API', () => {
  it('streams as it comes', async () => {
    await using openai = await createFakeOpenai([
      {
        thinking: 'Hm.',
        text: 'It rains.',
        toolCalls: [{ id: 'call_1', name: 'get_weather', input: { city: 'Bern' } }],
        usage: { input: 7, cacheRead: 5, output: 9, reasoning: 4 },
      },
    ])
    const parts = await toArray(responsesModel(openai).stream(toolRequest))
    expect(parts.map(({ type }) => type).join(' ')).toBe(
      'reasoning-start reasoning-delta reasoning-end text-start text-delta text-delta text-end ' +
        'tool-call-start tool-call-delta tool-call-delta reasoning-start reasoning-end tool-call-end ' +
        'reasoning-start reasoning-end usage finish',
    )
    expect(parts.at(-2)).toMatchObject({ usage: { input: 7, cacheRead: 5, cacheWrite: 0, output: 5, reasoning: 4 } })
    expect(parts.at(-1)).toEqual({ type: 'finish', reason: 'tool-calls', model: 'gpt-5', requestId: 'resp_fake_0' })
  })

  it.each([
    ['length', 'length', 'max_output_tokens'],
    ['content_filter', 'content-filter', 'content_filter'],
  ])('that is cut by %s says so', async (finishReason, reason, vendorReason) => {
    await using openai = await createFakeOpenai([{ text: 'It', finishReason }])
    expect((await responsesModel(openai).generate(question)).finish).toMatchObject({ reason, vendorReason })
  })

  it.each<[OpenaiStep['fault'], object]>([
    [
      { type: 'status', status: 429, retryAfter: 2 },
      { code: 'rate_limited', details: { retryAfter: 2000 } },
    ],
    [{ type: 'status', status: 401 }, { code: 'authentication' }],
    [{ type: 'socket-cut', at: 'headers' }, { code: 'network' }],
    [{ type: 'socket-cut', at: 'first' }, { code: 'network' }],
    [{ type: 'socket-cut', at: 'middle' }, { code: 'network' }],
    [{ type: 'socket-cut', at: 'last' }, { code: 'network' }],
    [{ type: 'stream-error', at: 'first', status: 429 }, { code: 'rate_limited' }],
    [{ type: 'stream-error', at: 'middle' }, { code: 'overloaded' }],
    [{ type: 'stream-error', at: 'last' }, { code: 'overloaded' }],
    [{ type: 'malformed-frame', at: 'first' }, { code: 'invalid_response' }],
    [{ type: 'malformed-frame', at: 'middle' }, { code: 'invalid_response' }],
    [{ type: 'malformed-frame', at: 'last' }, { code: 'invalid_response' }],
  ])('that fails by %j is an error of ours', async (fault, error) => {
    await using openai = await createFakeOpenai([{ text: 'One two three four.', fault }])
    await expect(toArray(responsesModel(openai).stream(question))).rejects.toMatchObject(error)
    await openai.whenIdle()
  })
})
