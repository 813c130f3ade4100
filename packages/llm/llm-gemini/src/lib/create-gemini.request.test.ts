import { createContext } from '@empire/context'
import type { ModelRequest } from '@empire/llm'
import { defineModel } from '@empire/model'
import { createFakeGemini } from '@empire/test-support/fake-gemini'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { createGemini, type GeminiOptions } from './create-gemini.ts'
import { toArray } from './to-array.ts'

const messages = [{ role: 'user', content: 'What is the weather in Bern?' }] as const
const contents = [{ role: 'user', parts: [{ text: 'What is the weather in Bern?' }] }]

const city = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
}
const tools = [{ name: 'get_weather', description: 'The weather of a city.', input: city }] as const
const written = [
  {
    functionDeclarations: [{ name: 'get_weather', description: 'The weather of a city.', parametersJsonSchema: city }],
  },
]

/** What arrives, of a stream and of a whole answer alike. */
async function bodyOf(request: ModelRequest, options: Partial<GeminiOptions> = {}): Promise<unknown> {
  await using server = await createFakeGemini()
  const gemini = createGemini({ model: 'gemini-2.5-flash', apiKey: 'test-key', baseUrl: server.url, ...options })
  await gemini.generate(request)
  await toArray(gemini.stream(request))
  const [whole, streamed] = server.requests
  expect(whole?.json).toEqual(streamed?.json)
  return streamed?.json
}

describe('createGemini sends', () => {
  it('a text to the model, whole and streamed', async () => {
    await using server = await createFakeGemini()
    const gemini = createGemini({ model: 'gemini-2.5-flash', apiKey: 'test-key', baseUrl: `${server.url}/` })
    await gemini.generate({ messages })
    await toArray(gemini.stream({ messages }))
    expect(server.requests.map(({ method, url, json }) => [method, url.pathname + url.search, json])).toEqual([
      ['POST', '/v1beta/models/gemini-2.5-flash:generateContent', { contents }],
      ['POST', '/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse', { contents }],
    ])
    expect(server.requests[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      'x-goog-api-key': 'test-key',
    })
  })

  it('system messages as the instruction', async () => {
    expect(
      await bodyOf({
        messages: [
          { role: 'system', content: 'Be brief.' },
          ...messages,
          { role: 'assistant', content: 'Rain.' },
          { role: 'user', content: 'And tomorrow?' },
        ],
      }),
    ).toEqual({
      systemInstruction: { parts: [{ text: 'Be brief.' }] },
      contents: [
        ...contents,
        { role: 'model', parts: [{ text: 'Rain.' }] },
        { role: 'user', parts: [{ text: 'And tomorrow?' }] },
      ],
    })
  })

  it('later system messages before all others, if that is asked for', async () => {
    const late = [...messages, { role: 'system', content: 'Be brief.' }] as const
    expect(await bodyOf({ messages: late }, { hoistSystem: true })).toEqual({
      systemInstruction: { parts: [{ text: 'Be brief.' }] },
      contents,
    })
  })

  it('images, sounds, files and addresses', async () => {
    const context = createContext()
      .user('What is this?')
      .media({ mimeType: 'image/png', data: 'aGk=' })
      .media({ mimeType: 'audio/mpeg', data: 'aGk=' })
      .media({ mimeType: 'application/pdf', url: 'https://generativelanguage.googleapis.com/v1beta/files/abc' })
      .media({ mimeType: 'video/mp4', url: 'https://www.youtube.com/watch?v=abc' })
    expect(await bodyOf({ messages: context })).toEqual({
      contents: [
        {
          role: 'user',
          parts: [
            { text: 'What is this?' },
            { inlineData: { mimeType: 'image/png', data: 'aGk=' } },
            { inlineData: { mimeType: 'audio/mpeg', data: 'aGk=' } },
            {
              fileData: {
                mimeType: 'application/pdf',
                fileUri: 'https://generativelanguage.googleapis.com/v1beta/files/abc',
              },
            },
            { fileData: { mimeType: 'video/mp4', fileUri: 'https://www.youtube.com/watch?v=abc' } },
          ],
        },
      ],
    })
  })

  it('parameters', async () => {
    expect(
      await bodyOf({
        messages,
        temperature: 0,
        topP: 0.9,
        topK: 40,
        maxTokens: 100,
        stopSequences: ['END'],
        seed: 7,
      }),
    ).toEqual({
      contents,
      generationConfig: {
        temperature: 0,
        topP: 0.9,
        topK: 40,
        maxOutputTokens: 100,
        stopSequences: ['END'],
        seed: 7,
      },
    })
  })

  it('tools, by JSON Schema or zod', async () => {
    expect(await bodyOf({ messages, tools })).toEqual({ contents, tools: written })
    const input = z.strictObject({ city: z.string() })
    expect(await bodyOf({ messages, tools: [{ ...tools[0], input }] })).toEqual({ contents, tools: written })
  })

  it('tools without arguments as functions without parameters', async () => {
    const bare = { name: 'now', input: { type: 'object', properties: {} } }
    expect(await bodyOf({ messages, tools: [bare] })).toEqual({
      contents,
      tools: [{ functionDeclarations: [{ name: 'now' }] }],
    })
  })

  it.each([
    ['auto', { mode: 'AUTO' }],
    ['none', { mode: 'NONE' }],
    ['required', { mode: 'ANY' }],
    [{ tool: 'get_weather' }, { mode: 'ANY', allowedFunctionNames: ['get_weather'] }],
  ] as const)('the choice of a tool: %o', async (toolChoice, functionCallingConfig) => {
    expect(await bodyOf({ messages, tools, toolChoice })).toEqual({
      contents,
      tools: written,
      toolConfig: { functionCallingConfig },
    })
  })

  it('no choice where there is nothing to choose', async () => {
    expect(await bodyOf({ messages, toolChoice: 'auto' })).toEqual({ contents })
    expect(await bodyOf({ messages, toolChoice: 'required' })).toEqual({
      contents,
      toolConfig: { functionCallingConfig: { mode: 'ANY' } },
    })
  })

  it('calls and results of tools', async () => {
    const context = createContext()
      .user('What is the weather in Bern?')
      .toolCall({ id: 'one', tool: 'get_weather', args: { city: 'Bern' } })
      .toolResult({ id: 'one', result: 'rain' })
    const call = { functionCall: { id: 'one', name: 'get_weather', args: { city: 'Bern' } } }
    const answer = {
      role: 'user',
      parts: [{ functionResponse: { id: 'one', name: 'get_weather', response: { output: 'rain' } } }],
    }
    expect(await bodyOf({ messages: context, tools })).toEqual({
      contents: [...contents, { role: 'model', parts: [call] }, answer],
      tools: written,
    })
    expect(await bodyOf({ messages: context, tools }, { model: 'gemini-3-pro-preview' })).toEqual({
      contents: [
        ...contents,
        { role: 'model', parts: [{ ...call, thoughtSignature: 'skip_thought_signature_validator' }] },
        answer,
      ],
      tools: written,
    })
  })

  it('the form of the answer: JSON Schema, zod, or a model', async () => {
    const form = { type: 'object', properties: { sky: { enum: ['clear', 'grey'] } }, required: ['sky'] }
    const sky = z.object({ sky: z.enum(['clear', 'grey']) })
    const expected = {
      contents,
      generationConfig: {
        responseMimeType: 'application/json',
        responseJsonSchema: {
          type: 'object',
          properties: { sky: { type: 'string', enum: ['clear', 'grey'] } },
          required: ['sky'],
        },
      },
    }
    expect(await bodyOf({ messages, output: { schema: form } })).toEqual(expected)
    expect(await bodyOf({ messages, output: { schema: sky } })).toMatchObject(expected)
    const weather = defineModel('Weather', { sky: z.enum(['clear', 'grey']) })
    expect(await bodyOf({ messages, output: { schema: weather } })).toMatchObject(expected)
  })

  it('the form of the answer by any schema that says itself in JSON Schema', async () => {
    const schema = {
      '~standard': {
        version: 1,
        vendor: 'mine',
        validate: (value: unknown) => ({ value }),
        jsonSchema: { input: ({ target }: { target: string }) => ({ type: 'string', description: target }) },
      },
    } as const
    expect(await bodyOf({ messages, output: { schema } })).toEqual({
      contents,
      generationConfig: {
        responseMimeType: 'application/json',
        responseJsonSchema: { type: 'string', description: 'draft-2020-12' },
      },
    })
  })

  it.each([
    ['gemini-2.5-flash', { budget: 0 }, { thinkingBudget: 0 }],
    ['gemini-2.5-flash', { budget: 512 }, { thinkingBudget: 512, includeThoughts: true }],
    ['gemini-2.5-flash', { effort: 'low' }, { thinkingBudget: 1024, includeThoughts: true }],
    ['gemini-2.5-flash', { effort: 'medium' }, { thinkingBudget: 8192, includeThoughts: true }],
    ['gemini-2.5-flash', { effort: 'high' }, { thinkingBudget: 24_576, includeThoughts: true }],
    ['gemini-3-pro-preview', { effort: 'low' }, { thinkingLevel: 'LOW', includeThoughts: true }],
    ['gemini-flash-latest', { effort: 'high' }, { thinkingLevel: 'HIGH', includeThoughts: true }],
  ] as const)('thinking: %s %o', async (model, reasoning, thinkingConfig) => {
    expect(await bodyOf({ messages, reasoning }, { model })).toEqual({ contents, generationConfig: { thinkingConfig } })
  })

  it('nothing for thinking to models that cannot', async () => {
    for (const model of ['gemini-1.5-pro', 'models/gemini-2.0-flash']) {
      expect(await bodyOf({ messages, reasoning: { effort: 'low' } }, { model })).toEqual({ contents })
      expect(await bodyOf({ messages, reasoning: { budget: 0 } }, { model })).toEqual({ contents })
    }
  })

  it('nothing for thinking that says nothing', async () => {
    expect(await bodyOf({ messages, reasoning: {} })).toEqual({ contents })
  })

  it('safety settings and a cached content', async () => {
    const safetySettings = [{ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'BLOCK_ONLY_HIGH' }] as const
    expect(await bodyOf({ messages }, { safetySettings, cachedContent: 'cachedContents/abc' })).toEqual({
      contents,
      safetySettings,
      cachedContent: 'cachedContents/abc',
    })
  })

  it('fields of the vendor, which win', async () => {
    const body = await bodyOf({
      messages,
      tools,
      temperature: 1,
      reasoning: { budget: 100 },
      vendor: {
        gemini: {
          tools: [{ googleSearch: {} }],
          generationConfig: {
            temperature: 0.5,
            thinkingConfig: { includeThoughts: false },
            responseModalities: ['TEXT'],
          },
          labels: { team: 'weather' },
        },
        claude: { service_tier: 'auto' },
      },
    })
    expect(body).toEqual({
      contents,
      tools: [...written, { googleSearch: {} }],
      generationConfig: {
        temperature: 0.5,
        thinkingConfig: { thinkingBudget: 100, includeThoughts: false },
        responseModalities: ['TEXT'],
      },
      labels: { team: 'weather' },
    })
  })

  it('headers that are asked for, and the version', async () => {
    await using server = await createFakeGemini()
    const headers = { 'x-team': 'weather' }
    const gemini = createGemini({ model: 'gemini-x', apiKey: 'k', baseUrl: server.url, apiVersion: 'v1', headers })
    await gemini.generate({ messages })
    expect(server.requests[0]?.path).toBe('/v1/models/gemini-x:generateContent')
    expect(server.requests[0]?.headers['x-team']).toBe('weather')
  })

  it('the key of the moment', async () => {
    await using server = await createFakeGemini()
    let key = 'one'
    const gemini = createGemini({ model: 'gemini-x', apiKey: () => key, baseUrl: server.url })
    await gemini.generate({ messages })
    key = 'two'
    await gemini.generate({ messages })
    expect(server.requests.map(({ headers }) => headers['x-goog-api-key'])).toEqual(['one', 'two'])
  })

  it('over the fetch that it is given', async () => {
    await using server = await createFakeGemini()
    const urls: string[] = []
    const gemini = createGemini({
      model: 'gemini-x',
      apiKey: 'k',
      fetch: (url, init) => {
        urls.push(String(url))
        return fetch(String(url).replace('https://generativelanguage.googleapis.com', server.url), init)
      },
    })
    await gemini.generate({ messages })
    expect(urls).toEqual(['https://generativelanguage.googleapis.com/v1beta/models/gemini-x:generateContent'])
  })
})

describe('createGemini refuses', () => {
  const gemini = createGemini({ model: 'gemini-2.5-flash', apiKey: 'test-key', baseUrl: 'http://127.0.0.1:9' })

  it('a system message behind others', async () => {
    await expect(
      gemini.generate({ messages: [...messages, { role: 'system', content: 'Be brief.' }] }),
    ).rejects.toMatchObject({
      code: 'invalid_request',
      message:
        'messages[1] (system) cannot be sent to Gemini: it takes system messages only before all others. Move it, or pass { hoistSystem: true }.',
      details: { path: 'messages[1]', reason: 'system_position' },
    })
  })

  it('a schema that has no form there', async () => {
    const schema = { type: 'object', properties: { a: { $ref: '#/$defs/none' } } }
    await expect(gemini.generate({ messages, output: { schema } })).rejects.toMatchObject({
      code: 'invalid_request',
      details: { path: 'output.schema' },
    })
    await expect(
      gemini.generate({
        messages,
        tools: [
          { name: 'a', input: city },
          { name: 'b', input: schema },
        ],
      }),
    ).rejects.toMatchObject({ code: 'invalid_request', details: { path: 'tools[1].input' } })
  })

  it('a schema that cannot say itself', async () => {
    const schema = { '~standard': { version: 1, vendor: 'mine', validate: (value: unknown) => ({ value }) } } as const
    await expect(gemini.generate({ messages, output: { schema } })).rejects.toMatchObject({
      message:
        '"output.schema" of the request cannot be written for Gemini: Expected a schema that can be written as JSON Schema, got an object. Pass the JSON Schema document instead.',
    })
  })
})

/** What a TypeError says of the options. */
function refusal(options: object): string {
  try {
    createGemini(options as GeminiOptions)
  } catch (error) {
    return error instanceof TypeError ? error.message : 'another error'
  }
  return 'accepted'
}

describe('createGemini refuses options', () => {
  it.each([
    [
      { model: 'gemini-x' },
      'Expected "apiKey" or "vertex". Get a key at https://aistudio.google.com/apikey and pass it, for example from process.env.GEMINI_API_KEY.',
    ],
    [
      { model: 'x', apiKey: '' },
      'Expected "apiKey" to be a text of letters, digits and signs, or a function that gives one.',
    ],
    [
      { model: 'x', apiKey: 'two\nlines' },
      'Expected "apiKey" to be a text of letters, digits and signs, or a function that gives one.',
    ],
    [
      { model: 'x', apiKey: 'k', headers: { 'x-y': 'two\nlines' } },
      'Expected "headers" to be an object of strings, got an object.',
    ],
    [{ model: '', apiKey: 'k' }, 'Expected "model" to be a name such as "gemini-2.5-flash", got a string ("").'],
    [
      { model: '../x', apiKey: 'k' },
      'Expected "model" to be a name such as "gemini-2.5-flash", got a string ("../x").',
    ],
    [
      { model: 'a/../x', apiKey: 'k' },
      'Expected "model" to be a name such as "gemini-2.5-flash", got a string ("a/../x").',
    ],
    [{ model: 'x?y', apiKey: 'k' }, 'Expected "model" to be a name such as "gemini-2.5-flash", got a string ("x?y").'],
    [{ apiKey: 'k' }, 'Expected "model" to be a name such as "gemini-2.5-flash", got undefined.'],
    [{ model: 'x', apikey: 'k' }, '"options" has no key "apikey". Did you mean "apiKey"?'],
    [
      { model: 'x', apiKey: 'k', baseUrl: 'localhost' },
      'Expected "baseUrl" to be an http or https address, got a string ("localhost").',
    ],
    [
      { model: 'x', apiKey: 'k', apiVersion: 'v1/..' },
      'Expected "apiVersion" to be a version such as "v1beta", got a string ("v1/..").',
    ],
    [{ model: 'x', apiKey: 'k', headers: { a: 1 } }, 'Expected "headers" to be an object of strings, got an object.'],
    [{ model: 'x', apiKey: 'k', fetch: 'fetch' }, 'Expected "fetch" to be a function, got a string ("fetch").'],
    [
      { model: 'x', vertex: {} },
      'Expected "vertex.project": without an "apiKey", Vertex AI wants to know the project.',
    ],
    [{ model: 'x', vertex: 'europe' }, 'Expected "vertex" to be { project, location }, got a string ("europe").'],
    [{ model: 'x', vertex: { projekt: 'p' } }, '"vertex" has no key "projekt". Did you mean "project"?'],
    [
      { model: 'x', apiKey: 'k', safetySettings: [{ category: 'x' }] },
      'Expected "safetySettings" to be an array of { category, threshold }.',
    ],
    [
      { model: 'x', apiKey: 'k', cachedContent: '../x' },
      'Expected "cachedContent" to be a name such as "cachedContents/abc", got a string ("../x").',
    ],
    [{ model: 'x', apiKey: 'k', hoistSystem: 'yes' }, 'Expected "hoistSystem" to be a boolean, got a string ("yes").'],
    [{ model: 'x', apiKey: 'k', names: 'drop' }, 'Expected "names" to be "prefix" or "omit", got a string ("drop").'],
    [
      { model: 'x', apiKey: 'k', opening: ' ' },
      'Expected "opening" to be a text that is not blank, got a string (" ").',
    ],
    [{ model: 'x', apiKey: 'k', createId: 5 }, 'Expected "createId" to be a function, got a number (5).'],
    [
      { model: 'x', apiKey: 'k', maxOutputTokens: -1 },
      'Expected "maxOutputTokens" to be a positive integer, got a number (-1).',
    ],
    [
      { model: 'x', vertex: { project: 'p', location: 'a/b' } },
      'Expected "vertex.location" to be a name, got a string ("a/b").',
    ],
  ])('%o', (options, message) => {
    expect(refusal(options)).toBe(message)
  })

  it('that are no object', () => {
    expect(refusal(null as never)).toBe('"options" must be an object, got null.')
  })
})
