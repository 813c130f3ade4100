import { createContext } from '@empire/context'
import { collectResponse, type ModelRequest } from '@empire/llm'
import { createFakeClaude } from '@empire/test-support'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { ClaudeOptions } from './claude-options.ts'
import { createClaude } from './create-claude.ts'

const user = [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }]
const messages = [{ role: 'user', content: 'Hi' }] as const
const newest = 'claude-opus-5-5'
const older = 'claude-sonnet-4-5'
const image = 'iVBORw0KGgo='
const ephemeral = { type: 'ephemeral' }
const city = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }
const tool = { name: 'get_weather', description: 'The weather.', input: city }
const sentTool = { name: 'get_weather', description: 'The weather.', input_schema: city }

type Fixture = readonly [
  feature: string,
  options: Omit<ClaudeOptions, 'apiKey' | 'baseUrl'>,
  request: ModelRequest,
  body: object,
]

const fixtures: readonly Fixture[] = [
  ['text', { model: newest }, { messages }, { model: newest, max_tokens: 128_000, messages: user, stream: true }],
  [
    'a system message',
    { model: newest },
    { messages: [{ role: 'system', content: 'Be brief.' }, ...messages], maxTokens: 9 },
    { model: newest, max_tokens: 9, system: [{ type: 'text', text: 'Be brief.' }], messages: user, stream: true },
  ],
  [
    'a later system message, where the model takes it',
    { model: newest },
    { messages: [...messages, { role: 'system', content: 'Be brief.' }], maxTokens: 9 },
    {
      model: newest,
      max_tokens: 9,
      messages: [...user, { role: 'system', content: [{ type: 'text', text: 'Be brief.' }] }],
      stream: true,
    },
  ],
  [
    'a later system message, where it does not',
    { model: older },
    { messages: [...messages, { role: 'system', content: 'Be brief.' }], maxTokens: 9 },
    { model: older, max_tokens: 9, system: [{ type: 'text', text: 'Be brief.' }], messages: user, stream: true },
  ],
  [
    'an answer to go on with',
    { model: older },
    { messages: [...messages, { role: 'assistant', content: 'Hello' }], maxTokens: 9 },
    {
      model: older,
      max_tokens: 9,
      messages: [...user, { role: 'assistant', content: [{ type: 'text', text: 'Hello' }] }],
      stream: true,
    },
  ],
  [
    'sampling and stop sequences of an older model',
    { model: older },
    { messages, maxTokens: 9, temperature: 0.5, topP: 0.9, topK: 40, stopSequences: ['END'], seed: 7 },
    {
      model: older,
      max_tokens: 9,
      messages: user,
      temperature: 0.5,
      top_k: 40,
      stop_sequences: ['END'],
      stream: true,
    },
  ],
  [
    'a share of probability, where there is no temperature',
    { model: older },
    { messages, maxTokens: 9, topP: 0.9 },
    { model: older, max_tokens: 9, messages: user, top_p: 0.9, stream: true },
  ],
  [
    'no sampling of a newer model',
    { model: newest },
    { messages, maxTokens: 9, temperature: 0.5, topP: 0.9, topK: 40, stopSequences: ['END'] },
    { model: newest, max_tokens: 9, messages: user, stop_sequences: ['END'], stream: true },
  ],
  [
    'images by data and address, a PDF and a text with citations',
    { model: newest },
    {
      messages: createContext()
        .media({ data: image, mimeType: 'image/png' })
        .media({ url: 'https://example.com/a.jpg' })
        .media({ data: 'JVBERi0=', mimeType: 'application/pdf', metadata: { claude: { title: 'Report' } } })
        .media({ data: 'UmFpbg==', mimeType: 'text/plain', metadata: { claude: { citations: { enabled: true } } } })
        .user('Hi'),
      maxTokens: 9,
    },
    {
      model: newest,
      max_tokens: 9,
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: image } },
            { type: 'image', source: { type: 'url', url: 'https://example.com/a.jpg' } },
            {
              title: 'Report',
              type: 'document',
              source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0=' },
            },
            {
              citations: { enabled: true },
              type: 'document',
              source: { type: 'text', media_type: 'text/plain', data: 'Rain' },
            },
            { type: 'text', text: 'Hi' },
          ],
        },
      ],
      stream: true,
    },
  ],
  [
    'files of the Files API, and a PDF by its address',
    { model: newest, betas: ['files-api-2025-04-14'] },
    {
      messages: createContext()
        .media({ url: 'https://api.anthropic.com/v1/files/file_1', mimeType: 'image/png' })
        .media({ url: 'https://api.anthropic.com/v1/files/file_2', mimeType: 'application/pdf' })
        .media({ url: 'https://api.anthropic.com/v1/files/file_3', mimeType: 'text/csv' })
        .media({ url: 'https://example.com/a.pdf' })
        .user('Hi'),
      maxTokens: 9,
    },
    {
      model: newest,
      max_tokens: 9,
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image', source: { type: 'file', file_id: 'file_1' } },
            { type: 'document', source: { type: 'file', file_id: 'file_2' } },
            { type: 'container_upload', file_id: 'file_3' },
            { type: 'document', source: { type: 'url', url: 'https://example.com/a.pdf' } },
            { type: 'text', text: 'Hi' },
          ],
        },
      ],
      stream: true,
    },
  ],
  [
    'the opening of the user before an answer that a summary is',
    { model: newest, opening: 'Go on.' },
    { messages: createContext().assistant('They said hello.').user('Hi'), maxTokens: 9 },
    {
      model: newest,
      max_tokens: 9,
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'Go on.' }] },
        { role: 'assistant', content: [{ type: 'text', text: 'They said hello.' }] },
        ...user,
      ],
      stream: true,
    },
  ],
  [
    'thoughts between calls, by the beta for older models',
    { model: older, betas: ['interleaved-thinking-2025-05-14'] },
    { messages, maxTokens: 5000, reasoning: { budget: 2000 }, tools: [tool] },
    {
      model: older,
      max_tokens: 5000,
      messages: user,
      tools: [sentTool],
      thinking: { type: 'enabled', budget_tokens: 2000 },
      stream: true,
    },
  ],
  [
    'three marks for the cache where a tool of the server has one',
    { model: 'some-model', serverTools: [{ type: 'bash_20250124', name: 'bash', cache_control: ephemeral }] },
    {
      messages: [0, 1, 2, 3, 4].map((turn) => ({ role: turn % 2 === 0 ? 'user' : 'assistant', content: String(turn) })),
      maxTokens: 9,
      cacheBreakpoints: [0, 1, 2, 3, 4],
    },
    {
      model: 'some-model',
      max_tokens: 9,
      messages: [
        { role: 'user', content: [{ cache_control: ephemeral, type: 'text', text: '0' }] },
        { role: 'assistant', content: [{ type: 'text', text: '1' }] },
        { role: 'user', content: [{ type: 'text', text: '2' }] },
        { role: 'assistant', content: [{ cache_control: ephemeral, type: 'text', text: '3' }] },
        { role: 'user', content: [{ cache_control: ephemeral, type: 'text', text: '4' }] },
      ],
      tools: [{ type: 'bash_20250124', name: 'bash', cache_control: ephemeral }],
      stream: true,
    },
  ],
  [
    'tools',
    { model: newest },
    { messages, maxTokens: 9, tools: [tool, { name: 'now', input: z.object({ zone: z.string().optional() }) }] },
    {
      model: newest,
      max_tokens: 9,
      messages: user,
      tools: [sentTool, { name: 'now', input_schema: { type: 'object', properties: { zone: { type: 'string' } } } }],
      stream: true,
    },
  ],
  ...(
    [
      ['auto', { type: 'auto' }],
      ['none', { type: 'none' }],
      ['required', { type: 'any' }],
      [{ tool: 'get_weather' }, { type: 'tool', name: 'get_weather' }],
    ] as const
  ).map(([toolChoice, tool_choice]): Fixture => [
    `the choice ${JSON.stringify(toolChoice)}`,
    { model: newest },
    { messages, maxTokens: 9, tools: [tool], toolChoice },
    { model: newest, max_tokens: 9, messages: user, tools: [sentTool], tool_choice, stream: true },
  ]),
  [
    'no choice without tools',
    { model: newest },
    { messages, maxTokens: 9, toolChoice: 'auto' },
    { model: newest, max_tokens: 9, messages: user, stream: true },
  ],
  [
    'calls and results of tools',
    { model: newest },
    {
      messages: createContext()
        .user('Hi')
        .toolCall({ id: 'a', tool: 'get_weather', args: { city: 'Bern' } })
        .toolResult({ id: 'a', result: 'No such city.', isError: true }),
      maxTokens: 9,
      tools: [tool],
    },
    {
      model: newest,
      max_tokens: 9,
      messages: [
        ...user,
        { role: 'assistant', content: [{ type: 'tool_use', id: 'a', name: 'get_weather', input: { city: 'Bern' } }] },
        {
          role: 'user',
          content: [{ type: 'tool_result', tool_use_id: 'a', content: 'No such city.', is_error: true }],
        },
      ],
      tools: [sentTool],
      stream: true,
    },
  ],
  [
    'tools of the server',
    { model: newest, serverTools: [{ type: 'web_search_20260318', name: 'web_search', max_uses: 3 }] },
    { messages, maxTokens: 9, tools: [tool] },
    {
      model: newest,
      max_tokens: 9,
      messages: user,
      tools: [sentTool, { type: 'web_search_20260318', name: 'web_search', max_uses: 3 }],
      stream: true,
    },
  ],
  [
    'a form of the answer',
    { model: newest },
    { messages, maxTokens: 9, output: { schema: z.object({ city: z.string(), degrees: z.number().max(60) }) } },
    {
      model: newest,
      max_tokens: 9,
      messages: user,
      output_config: {
        format: {
          type: 'json_schema',
          schema: {
            type: 'object',
            properties: { city: { type: 'string' }, degrees: { type: 'number' } },
            required: ['city', 'degrees'],
            additionalProperties: false,
          },
        },
      },
      stream: true,
    },
  ],
  [
    'a budget of thoughts',
    { model: older },
    { messages, maxTokens: 5000, reasoning: { budget: 2000 }, temperature: 0.5 },
    {
      model: older,
      max_tokens: 5000,
      messages: user,
      thinking: { type: 'enabled', budget_tokens: 2000 },
      stream: true,
    },
  ],
  [
    'an effort of thoughts, and the form of the answer',
    { model: newest },
    { messages, maxTokens: 5000, reasoning: { effort: 'high' }, output: { schema: city } },
    {
      model: newest,
      max_tokens: 5000,
      messages: user,
      thinking: { type: 'adaptive', display: 'summarized' },
      output_config: {
        effort: 'high',
        format: { type: 'json_schema', schema: { ...city, additionalProperties: false } },
      },
      stream: true,
    },
  ],
  [
    'marks for the cache',
    { model: 'some-model', cacheTtl: '1h' },
    {
      messages: [{ role: 'system', content: 'Rules.' }, ...messages],
      maxTokens: 9,
      cacheBreakpoints: [0],
    },
    {
      model: 'some-model',
      max_tokens: 9,
      system: [{ cache_control: { ...ephemeral, ttl: '1h' }, type: 'text', text: 'Rules.' }],
      messages: user,
      stream: true,
    },
  ],
  [
    'names before the texts',
    { model: newest, names: 'prefix' },
    { messages: createContext().user('Hi', { name: 'Ada' }), maxTokens: 9 },
    {
      model: newest,
      max_tokens: 9,
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Ada: Hi' }] }],
      stream: true,
    },
  ],
  [
    'fields of the vendor, which win, and none of others',
    { model: newest, maxOutputTokens: 500 },
    { messages, vendor: { claude: { service_tier: 'auto', max_tokens: 7 }, gemini: { safetySettings: [] } } },
    { model: newest, max_tokens: 7, messages: user, service_tier: 'auto', stream: true },
  ],
]

describe('a request of createClaude', () => {
  let claude: Awaited<ReturnType<typeof createFakeClaude>>
  beforeAll(async () => {
    claude = await createFakeClaude()
  })
  afterAll(() => claude.close())

  it.each(fixtures)('sends %s', async (_, options, request, body) => {
    const model = createClaude({ ...options, apiKey: 'test-key', baseUrl: claude.url })
    await collectResponse(model.stream(request))
    const sent = claude.requests.at(-1)
    expect(sent?.json).toEqual(body)
    expect(sent?.path).toBe('/v1/messages')
    expect(sent?.headers).toMatchObject({
      authorization: 'Bearer test-key',
      // Sampling is refused from the next one on, which is that of the SDK.
      'anthropic-version': 'temperature' in body || 'top_p' in body ? '2023-06-01' : '2026-10-21',
    })
    expect(sent?.headers['anthropic-beta']).toBe(options.betas?.join(','))
  })

  it('sends beta headers, and the key that a function gives each time', async () => {
    const keys = ['one', 'two']
    const model = createClaude({
      model: newest,
      apiKey: async () => keys.shift() ?? '',
      baseUrl: claude.url,
      betas: ['context-1m-2025-08-07', 'other'],
    })
    await model.generate({ messages, maxTokens: 9 })
    await model.generate({ messages, maxTokens: 9 })
    const headers = claude.requests.slice(-2).map(({ headers: sent }) => sent)
    expect(headers).toMatchObject([{ authorization: 'Bearer one' }, { authorization: 'Bearer two' }])
    expect(headers[0]?.['anthropic-beta']).toBe('context-1m-2025-08-07,other')
  })

  it.each([
    [
      { messages: createContext().media({ data: 'aGk=', mimeType: 'audio/wav' }) },
      'invalid_request',
      'messages[0]',
      'messages[0] (media) cannot be sent to Claude: it takes images (JPEG, PNG, GIF, WebP), PDF and plain text, and this is audio/wav.',
    ],
    [
      { messages, tools: [tool, { name: 'b', input: { type: 'array' } }] },
      'invalid_request',
      'tools[1].input',
      '"tools[1].input" of the request cannot be written for Claude: The schema has no Claude tool input form: at the root, Claude tool input wants an object, got the type "array". Put it into a property of an object.',
    ],
    [
      { messages, maxTokens: 2000, reasoning: { budget: 2000 } },
      'invalid_request',
      'reasoning.budget',
      '"reasoning.budget" of the request must be 0, or from 1024 to less than the 2000 tokens of the answer, got 2000: Claude counts its thoughts as a part of the answer.',
    ],
  ])('refuses %#', async (request, code, path, message) => {
    const count = claude.requests.length
    const model = createClaude({ model: older, apiKey: 'test-key', baseUrl: claude.url })
    await expect(model.generate(request)).rejects.toMatchObject({ code, message, details: { path } })
    await expect(model.countTokens(request)).rejects.toMatchObject({ code, message, details: { path } })
    expect(claude.requests).toHaveLength(count)
  })

  it('refuses a form of the answer that an old model does not keep to', async () => {
    const model = createClaude({ model: 'claude-3-7-sonnet-20250219', apiKey: 'test-key', baseUrl: claude.url })
    expect(model.capabilities?.structuredOutput).toBe(false)
    await expect(model.generate({ messages, output: { schema: city } })).rejects.toMatchObject({
      code: 'unsupported',
      message:
        'claude-3-7-sonnet-20250219 cannot keep to the form of "output". Take a newer model, or ask for JSON in words.',
      details: { feature: 'output', path: 'output' },
    })
  })

  it('counts tokens of what has input tokens', async () => {
    const model = createClaude({ model: newest, apiKey: 'test-key', baseUrl: claude.url })
    const count = await model.countTokens({
      messages: [{ role: 'system', content: 'Rules.' }, ...messages],
      tools: [tool],
      toolChoice: 'required',
      output: { schema: city },
      reasoning: { effort: 'low' },
      maxTokens: 5000,
      stopSequences: ['END'],
      vendor: { claude: { service_tier: 'auto' } },
    })
    expect(count).toBeGreaterThan(0)
    const sent = claude.requests.at(-1)
    expect(sent?.path).toBe('/v1/messages/count_tokens')
    expect(sent?.json).toEqual({
      model: newest,
      system: [{ type: 'text', text: 'Rules.' }],
      messages: user,
      tools: [sentTool],
      tool_choice: { type: 'any' },
      thinking: { type: 'adaptive', display: 'summarized' },
      output_config: {
        effort: 'low',
        format: { type: 'json_schema', schema: { ...city, additionalProperties: false } },
      },
    })
  })
})
