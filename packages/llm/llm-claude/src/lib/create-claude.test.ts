import { appendResponse, type ModelRequest, type StreamPart } from '@empire/llm'
import { modelCases } from '@empire/llm/conformance'
import { createFakeClaude, runConformance } from '@empire/test-support'
import { afterAll, describe, expect, it } from 'vitest'
import { contextFromJSON, createContext } from '@empire/context'
import { createClaude } from './create-claude.ts'

const model = 'claude-opus-5-5'
const messages = [{ role: 'user', content: 'Rain in Bern?' }] as const
const weather = {
  name: 'get_weather',
  description: 'The weather of a city.',
  input: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
}

async function toArray(parts: AsyncIterable<StreamPart>): Promise<StreamPart[]> {
  const list: StreamPart[] = []
  for await (const part of parts) list.push(part)
  return list
}

function think(thinking: string): Record<string, unknown> {
  return { type: 'thinking', thinking, signature: 'signed' }
}

describe('createClaude', async () => {
  // Alike for all requests: the cases compare answers whole.
  const headers = { 'request-id': 'req_same' }
  const call = { type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: { city: 'Bern' } }
  const claude = await createFakeClaude((request) => {
    const { tools, messages: asked } = request.json as { tools?: unknown; messages: { content: unknown }[] }
    const isAnswered = JSON.stringify(asked.at(-1)).includes('tool_result')
    const content =
      tools === undefined || isAnswered
        ? [think('Let me think of it.'), { type: 'text', text: 'It rains in Bern.' }]
        : [think('I need the weather.'), call, { ...call, id: 'toolu_2', input: {} }]
    return { headers, content, usage: { input: 9, output: 7, reasoning: 3 } }
  })
  afterAll(() => claude.close())

  runConformance(
    modelCases(() => createClaude({ model, apiKey: 'test-key', baseUrl: claude.url }), {
      toolRequest: { messages, tools: [weather] },
    }),
    { describe, it, title: 'conformance, streamed' },
  )
  runConformance(
    modelCases(() => createClaude({ model, apiKey: 'test-key', baseUrl: claude.url }), {
      request: { messages, maxTokens: 100 },
      toolRequest: { messages, tools: [weather], maxTokens: 100 },
    }),
    { describe, it, title: 'conformance, whole' },
  )
})

const cited = {
  type: 'web_search_result_location',
  cited_text: 'Wet.',
  url: 'https://a.example/',
  encrypted_index: 'e',
}
const citedPage = {
  type: 'page_location',
  cited_text: 'Rain.',
  document_index: 0,
  start_page_number: 1,
  end_page_number: 2,
}

function thoughtOf(text: string) {
  return { type: 'thinking', thinking: text, signature: `signed-${text}` }
}

function callOf(id: string) {
  return { type: 'tool_use', id, name: 'get_weather', input: { city: 'Bern' } }
}

describe('an answer of createClaude', () => {
  const request: ModelRequest = { messages, maxTokens: 100 }

  it.each([
    ['streamed', { messages }],
    ['whole', request],
  ])('has text, thoughts, usage and finish: %s', async (_, asked) => {
    await using claude = await createFakeClaude([
      {
        thinking: 'Hm, Bern.',
        text: 'It rains.',
        usage: { input: 5, output: 9, cacheRead: 7, cacheWrite: 2, reasoning: 4 },
      },
    ])
    const answer = await createClaude({ model, apiKey: 'test-key', baseUrl: claude.url }).generate(asked)
    const thought = { type: 'thinking', thinking: 'Hm, Bern.', signature: 'fake-signature-0' }
    expect(answer).toEqual({
      text: 'It rains.',
      reasoning: [{ text: 'Hm, Bern.', signature: 'fake-signature-0', vendor: { claude: { thinking: [thought] } } }],
      toolCalls: [],
      citations: [],
      media: [],
      usage: {
        input: 5,
        cacheRead: 7,
        cacheWrite: 2,
        output: 5,
        reasoning: 4,
        vendor: expect.objectContaining({ input_tokens: 5, output_tokens: 9, cache_read_input_tokens: 7 }),
      },
      finish: { reason: 'stop', vendorReason: 'end_turn', model, requestId: 'req_fake_0' },
    })
  })

  it('keeps thoughts with their signatures for the next turn', async () => {
    await using claude = await createFakeClaude([
      { thinking: 'I need it.', toolCalls: [{ id: 'toolu_1', name: 'get_weather', input: { city: 'Bern' } }] },
      'It rains.',
    ])
    const asked = createContext().user('Rain in Bern?')
    const claudeModel = createClaude({ model, apiKey: 'test-key', baseUrl: claude.url })
    const answer = await claudeModel.generate({ messages: asked, tools: [weather] })
    const next = appendResponse(asked, answer).toolResult({ id: 'toolu_1', result: { rain: true } })
    await claudeModel.generate({ messages: next, tools: [weather] })
    expect(claude.requests[1]?.json).toMatchObject({
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'Rain in Bern?' }] },
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'I need it.', signature: 'fake-signature-0' },
            { type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: { city: 'Bern' } },
          ],
        },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: '{"rain":true}' }] },
      ],
    })
  })

  it.each([
    ['streamed', { messages }],
    ['whole', request],
  ])('passes what server tools did on, and back with the next turn: %s', async (_, asked) => {
    const called = { type: 'server_tool_use', id: 's', name: 'web_search', input: { query: 'rain' } }
    const found = { type: 'web_search_tool_result', tool_use_id: 's', content: [{ type: 'web_search_result' }] }
    const hidden = { type: 'redacted_thinking', data: 'x' }
    await using claude = await createFakeClaude([
      { content: [hidden, called, found, { type: 'text', text: 'It rains.' }], stopReason: 'pause_turn' },
      'So it is.',
    ])
    const claudeModel = createClaude({ model, apiKey: 'test-key', baseUrl: claude.url })
    const answer = await claudeModel.generate(asked)
    expect(answer.finish).toMatchObject({ reason: 'other', vendorReason: 'pause_turn' })
    const context = appendResponse(createContext().user('Rain in Bern?'), answer)
    expect((await claudeModel.generate({ messages: context })).text).toBe('So it is.')
    expect(claude.requests[1]?.json).toMatchObject({
      messages: [{}, { role: 'assistant', content: [hidden, called, found, { type: 'text', text: 'It rains.' }] }],
    })
  })

  it.each([
    [
      'thoughts between calls, which the API refuses elsewhere',
      [thoughtOf('a'), callOf('1'), thoughtOf('b'), callOf('2')],
      [thoughtOf('a'), callOf('1'), thoughtOf('b'), callOf('2')],
    ],
    [
      'thoughts between texts and calls',
      [
        thoughtOf('a'),
        { type: 'text', text: 'I look. ' },
        thoughtOf('b'),
        callOf('1'),
        { type: 'text', text: 'And: ' },
        callOf('2'),
      ],
      [
        thoughtOf('a'),
        { type: 'text', text: 'I look. ' },
        thoughtOf('b'),
        callOf('1'),
        { type: 'text', text: 'And: ' },
        callOf('2'),
      ],
    ],
    [
      'a search and a run of code between texts, and the citations of the search only',
      [
        { type: 'text', text: 'I search. ' },
        { type: 'server_tool_use', id: 's', name: 'web_search', input: { query: 'rain' } },
        {
          type: 'web_search_tool_result',
          tool_use_id: 's',
          content: [{ type: 'web_search_result', encrypted_content: 'x' }],
        },
        { type: 'text', text: 'It rains', citations: [cited, citedPage] },
        { type: 'text', text: ' ' },
        { type: 'server_tool_use', id: 'c', name: 'bash_code_execution', input: { command: 'ls' } },
        {
          type: 'bash_code_execution_tool_result',
          tool_use_id: 'c',
          content: { type: 'bash_code_execution_result', stdout: '' },
        },
        callOf('1'),
      ],
      [
        { type: 'text', text: 'I search. ' },
        { type: 'server_tool_use', id: 's', name: 'web_search', input: { query: 'rain' } },
        {
          type: 'web_search_tool_result',
          tool_use_id: 's',
          content: [{ type: 'web_search_result', encrypted_content: 'x' }],
        },
        { type: 'text', text: 'It rains', citations: [cited] },
        { type: 'server_tool_use', id: 'c', name: 'bash_code_execution', input: { command: 'ls' } },
        {
          type: 'bash_code_execution_tool_result',
          tool_use_id: 'c',
          content: { type: 'bash_code_execution_result', stdout: '' },
        },
        callOf('1'),
      ],
    ],
    [
      'the citations of a search before all text',
      [
        { type: 'web_search_tool_result', tool_use_id: 's', content: [] },
        { type: 'text', text: 'It rains.', citations: [cited] },
        callOf('1'),
      ],
      [
        { type: 'web_search_tool_result', tool_use_id: 's', content: [] },
        { type: 'text', text: 'It rains.', citations: [cited] },
        callOf('1'),
      ],
    ],
    [
      'who made a call, if it was a program',
      [
        { ...callOf('1'), caller: { type: 'code_execution_20260120', tool_id: 's' } },
        { ...callOf('2'), caller: { type: 'direct' } },
      ],
      [{ ...callOf('1'), caller: { type: 'code_execution_20260120', tool_id: 's' } }, callOf('2')],
    ],
  ])('comes back with the next turn in its order, streamed and whole: %s', async (_, content, expected) => {
    for (const maxTokens of [undefined, 5000]) {
      await using claude = await createFakeClaude([{ content }, 'Done.'])
      const claudeModel = createClaude({ model, apiKey: 'test-key', baseUrl: claude.url })
      const asked = createContext().user('Rain?')
      const answer = await claudeModel.generate({ messages: asked, maxTokens })
      let next = appendResponse(asked, answer)
      for (const { id } of answer.toolCalls) next = next.toolResult({ id, result: 'yes' })
      await claudeModel.generate({ messages: contextFromJSON(JSON.parse(JSON.stringify(next))) })
      const { length } = answer.toolCalls
      expect(claude.requests[1]?.json).toMatchObject({
        messages: [
          { role: 'user' },
          { role: 'assistant', content: expected },
          ...(length === 0 ? [] : [{ role: 'user' }]),
        ],
      })
    }
  })

  it('shows the frames of server tools as raw parts', async () => {
    const found = { type: 'web_search_tool_result', tool_use_id: 's', content: [] }
    await using claude = await createFakeClaude([{ content: [found] }])
    const parts = await toArray(createClaude({ model, apiKey: 'test-key', baseUrl: claude.url }).stream({ messages }))
    expect(parts.filter(({ type }) => type === 'raw')).toEqual([
      {
        type: 'raw',
        vendor: 'claude',
        frame: { type: 'content_block_start', index: 0, content_block: found },
      },
    ])
  })

  it.each([
    ['streamed', { messages }],
    ['whole', request],
  ])('says which piece of it a citation is for: %s', async (_, asked) => {
    const page = {
      type: 'page_location',
      cited_text: 'Rain.',
      document_index: 0,
      document_title: 'Report',
      start_page_number: 1,
      end_page_number: 2,
    }
    const web = {
      type: 'web_search_result_location',
      cited_text: 'Wet.',
      title: null,
      url: 'https://a.example/',
      encrypted_index: 'e',
    }
    await using claude = await createFakeClaude([
      {
        content: [
          { type: 'text', text: 'I say: ' },
          { type: 'text', text: 'it rains', citations: [page, web] },
          { type: 'text', text: '.' },
        ],
      },
    ])
    const answer = await createClaude({ model, apiKey: 'test-key', baseUrl: claude.url }).generate(asked)
    expect(answer.text).toBe('I say: it rains.')
    expect(answer.citations).toEqual([
      { text: 'Rain.', title: 'Report', start: 7, end: 15, vendor: page },
      { text: 'Wet.', url: 'https://a.example/', start: 7, end: 15, vendor: web },
    ])
  })

  it.each([
    ['end_turn', 'stop'],
    ['stop_sequence', 'stop'],
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['tool_use', 'tool-calls'],
    ['refusal', 'content-filter'],
    ['pause_turn', 'other'],
    ['something_new', 'other'],
  ])('that stops with %s finishes with %s', async (stopReason, reason) => {
    await using claude = await createFakeClaude([{ text: 'Well.', stopReason }])
    const { finish } = await createClaude({ model, apiKey: 'test-key', baseUrl: claude.url }).generate(request)
    expect(finish).toMatchObject({ reason, vendorReason: stopReason })
  })

  it.each([
    ['the stop sequence', { stopReason: 'stop_sequence', stopSequence: 'END' }, { stop_sequence: 'END' }],
    [
      'why Claude refuses',
      { stopReason: 'refusal', stopDetails: { type: 'refusal', category: 'cyber', explanation: 'No.' } },
      { stop_details: { type: 'refusal', category: 'cyber', explanation: 'No.' } },
    ],
    ['where its programs ran', { container: { id: 'container_1' } }, { container: { id: 'container_1' } }],
  ])('says %s, streamed and whole', async (_, step, vendor) => {
    await using claude = await createFakeClaude([
      { text: 'Well.', ...step },
      { text: 'Well.', ...step },
    ])
    const claudeModel = createClaude({ model, apiKey: 'test-key', baseUrl: claude.url })
    expect((await claudeModel.generate({ messages })).finish.vendor).toEqual(vendor)
    expect((await claudeModel.generate(request)).finish.vendor).toEqual(vendor)
  })

  it('is fetched whole where it is short, and streamed where it may be long', async () => {
    await using claude = await createFakeClaude()
    const claudeModel = createClaude({ model, apiKey: 'test-key', baseUrl: claude.url })
    for (const maxTokens of [21_333, 21_334]) await claudeModel.generate({ messages, maxTokens })
    expect(claude.requests.map(({ json }) => (json as { stream?: boolean }).stream)).toEqual([undefined, true])
  })

  it('leaves the connection to the next call', async () => {
    await using claude = await createFakeClaude()
    const claudeModel = createClaude({ model, apiKey: 'test-key', baseUrl: claude.url })
    for (let call = 0; call < 9; call++) await toArray(claudeModel.stream({ messages }))
    // The next call may begin before the end of the body has come.
    expect(claude.openSockets).toBeLessThanOrEqual(2)
  })

  it('closes the connection when it is left at its first part', async () => {
    const headers = {
      'anthropic-ratelimit-requests-remaining': '3',
      'anthropic-ratelimit-requests-reset': '2020-01-01T00:00:00Z',
    }
    await using claude = await createFakeClaude([{ text: 'a b c', headers, fault: { type: 'stall', at: 1 } }])
    const claudeModel = createClaude({ model, apiKey: 'test-key', baseUrl: claude.url })
    for await (const part of claudeModel.stream({ messages })) if (part.type === 'limits') break
    await claude.whenIdle()
    expect(claude.requests[0]?.outcome).toBe('client-left')
  })

  it('closes the connection when it is left early', async () => {
    await using claude = await createFakeClaude([{ text: 'a b c', fault: { type: 'endless-stream', at: 4 } }])
    const claudeModel = createClaude({ model, apiKey: 'test-key', baseUrl: claude.url })
    for await (const part of claudeModel.stream({ messages })) if (part.type === 'text-delta') break
    await claude.whenIdle()
    expect(claude.requests[0]?.outcome).toBe('client-left')
  })
})
