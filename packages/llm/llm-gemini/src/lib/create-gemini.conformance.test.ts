import { modelCases } from '@empire/llm/conformance'
import { createFakeGemini, type GeminiStep } from '@empire/test-support/fake-gemini'
import type { FakeServer } from '@empire/test-support/fake-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createGemini, type GeminiModel } from './create-gemini.ts'

const tools = [
  {
    name: 'get_weather',
    description: 'The weather of a city.',
    input: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
]

const toolRequest = { messages: [{ role: 'user', content: 'Will it rain in Bern and Basel?' }], tools } as const

/** Calls the tools that a request has, unless their results are there. */
function script(request: { readonly body: string }): GeminiStep {
  const isAsked = request.body.includes('get_weather') && !request.body.includes('functionResponse')
  return {
    responseId: 'same',
    thinking: 'Rain is likely.',
    text: 'It rains. ☔️',
    toolCalls: isAsked
      ? [
          { id: 'one', name: 'get_weather', input: { city: 'Bern' } },
          { id: 'two', name: 'get_weather', input: { city: 'Basel' } },
        ]
      : [],
    usage: { input: 12, output: 9, cacheRead: 5, reasoning: 4 },
  }
}

describe('createGemini keeps the contract of language models', () => {
  let server: FakeServer<GeminiStep | string>
  beforeAll(async () => {
    server = await createFakeGemini(script)
  })
  afterAll(() => server.close())

  const onGemini = (): GeminiModel => createGemini({ model: 'gemini-test', apiKey: 'test-key', baseUrl: server.url })
  const onVertex = (): GeminiModel =>
    createGemini({ model: 'gemini-test', apiKey: 'test-key', vertex: {}, baseUrl: server.url })

  it.each(modelCases(onGemini, { toolRequest }))('on the Gemini API: $name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })

  it.each(modelCases(onVertex, { toolRequest }))('on Vertex AI: $name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })

  it('leaves no call open', async () => {
    await server.whenIdle()
    expect(server.openRequests).toBe(0)
  })
})

const apiKey = process.env['GEMINI_API_KEY']
const model = process.env['GEMINI_MODEL'] ?? 'gemini-2.5-flash'

const live = (): GeminiModel => createGemini({ model, apiKey: apiKey ?? 'none' })

describe.skipIf(apiKey === undefined)('createGemini on the real API (skipped without GEMINI_API_KEY)', () => {
  it.each(modelCases(live, { toolRequest, deterministic: false }))('$name', { timeout: 60_000 }, async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })
})
