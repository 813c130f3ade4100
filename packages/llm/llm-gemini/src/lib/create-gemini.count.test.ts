import { createFakeGemini } from '@empire/test-support/fake-gemini'
import { describe, expect, it } from 'vitest'
import { createGemini } from './create-gemini.ts'

const messages = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: 'What is the weather in Bern?' },
] as const
const body = {
  systemInstruction: { parts: [{ text: 'Be brief.' }] },
  contents: [{ role: 'user', parts: [{ text: 'What is the weather in Bern?' }] }],
}

function limitOf(model: string): number | undefined {
  return createGemini({ model, apiKey: 'k' }).maxOutputTokens
}

describe('countTokens', () => {
  it('counts the whole request', async () => {
    await using server = await createFakeGemini()
    const gemini = createGemini({ model: 'gemini-2.5-flash', apiKey: 'k', baseUrl: server.url })
    expect(await gemini.countTokens({ messages })).toBe(11)
    const [request] = server.requests
    expect(request?.path).toBe('/v1beta/models/gemini-2.5-flash:countTokens')
    expect(request?.json).toEqual({ generateContentRequest: { model: 'models/gemini-2.5-flash', ...body } })
  })

  it('counts on Vertex AI', async () => {
    await using server = await createFakeGemini()
    const gemini = createGemini({ model: 'gemini-2.5-flash', apiKey: 'k', vertex: {}, baseUrl: server.url })
    expect(await gemini.countTokens({ messages })).toBe(11)
    const [request] = server.requests
    expect(request?.path).toBe('/v1beta1/publishers/google/models/gemini-2.5-flash:countTokens')
    expect(request?.json).toEqual(body)
  })

  it('sends Vertex AI nothing that it cannot count', async () => {
    await using server = await createFakeGemini()
    const gemini = createGemini({
      model: 'gemini-2.5-flash',
      apiKey: 'k',
      vertex: {},
      baseUrl: server.url,
      cachedContent: 'cachedContents/abc',
      safetySettings: [{ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'OFF' }],
    })
    const tools = [{ name: 'now', input: { type: 'object' } }]
    await gemini.countTokens({ messages, tools, toolChoice: 'required', maxTokens: 9 })
    expect(server.requests[0]?.json).toEqual({
      ...body,
      tools: [{ functionDeclarations: [{ name: 'now' }] }],
      generationConfig: { maxOutputTokens: 9 },
    })
  })

  it('refuses a wrong request, and passes an abort on', async () => {
    const gemini = createGemini({ model: 'gemini-2.5-flash', apiKey: 'k', baseUrl: 'http://127.0.0.1:9' })
    await expect(gemini.countTokens({ messages: [] })).rejects.toMatchObject({ code: 'invalid_request' })
    const reason = new Error('enough')
    await expect(gemini.countTokens({ messages }, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  })

  it('knows how much a model writes at most', () => {
    expect(['gemini-2.5-flash', 'models/gemini-3-pro-preview', 'gemini-2.0-flash'].map(limitOf)).toEqual([
      65_536, 65_536, 8192,
    ])
    expect(['gemini-2.5-flash-image', 'gemini-flash-latest', 'gemma-3'].map(limitOf)).toEqual([
      undefined,
      undefined,
      undefined,
    ])
    expect(createGemini({ model: 'x', apiKey: 'k', maxOutputTokens: 9 }).maxOutputTokens).toBe(9)
  })
})
