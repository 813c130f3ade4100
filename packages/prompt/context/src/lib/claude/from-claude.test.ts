import { Anthropic } from '@anthropic-ai/sdk'
import { createFakeClaude } from '@empire/test-support/fake-claude'
import { describe, expect, it } from 'vitest'
import { createContext } from '../context.ts'
import { type ClaudeHistory, fromClaude } from './from-claude.ts'
import { toClaude } from './to-claude.ts'

const thought = { type: 'thinking', thinking: 'Hm.', signature: 's' }
const hidden = { type: 'redacted_thinking', data: 'x' }
const cache_control = { type: 'ephemeral' }
const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'aGk=' } }

/** Each kind of block there is. */
const history = {
  system: [{ type: 'text', text: 'Be brief.', cache_control }],
  messages: [
    {
      role: 'user',
      content: [
        { type: 'text', text: 'What?' },
        image,
        { type: 'image', source: { type: 'url', url: 'https://example.com/cat' } },
        { type: 'document', title: 'A', source: { type: 'url', url: 'https://example.com/a' } },
        { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'é' } },
      ],
    },
    { role: 'system', content: [{ type: 'text', text: 'Hurry.' }] },
    {
      role: 'assistant',
      content: [
        thought,
        hidden,
        { type: 'text', text: 'Let me look.' },
        thought,
        { type: 'tool_use', id: 'a', name: 'look', input: { at: 1 }, caller: { type: 'direct' } },
        { type: 'tool_use', id: 'b', name: 'look', input: {} },
      ],
    },
    {
      role: 'user',
      content: [
        { type: 'tool_result', tool_use_id: 'a', content: [{ type: 'text', text: 'x' }, image], is_error: true },
        { type: 'tool_result', tool_use_id: 'b', content: 'y', cache_control },
      ],
    },
    { role: 'assistant', content: [thought] },
  ],
}

describe('fromClaude', () => {
  it('reads each block as a message, and keeps what only Claude knows', () => {
    const context = fromClaude(history, { model: 'claude-opus-5-5' })
    expect(context.model).toBe('claude-opus-5-5')
    expect(context.messages.map((message) => ({ ...message, id: undefined }))).toEqual([
      { role: 'system', raw: 'Be brief.', metadata: { claude: { cache_control } } },
      { role: 'user', raw: 'What?' },
      { role: 'media', raw: '[image/png, 2 bytes]', mimeType: 'image/png', data: 'aGk=', size: 2 },
      { role: 'media', raw: 'https://example.com/cat', mimeType: 'image/png', url: 'https://example.com/cat' },
      {
        role: 'media',
        raw: 'https://example.com/a',
        mimeType: 'application/pdf',
        url: 'https://example.com/a',
        metadata: { claude: { title: 'A' } },
      },
      { role: 'media', raw: '[text/plain, 2 bytes]', mimeType: 'text/plain', data: 'w6k=', size: 2 },
      { role: 'system', raw: 'Hurry.' },
      { role: 'assistant', raw: 'Let me look.', metadata: { claude: { thinking: [thought, hidden] } } },
      {
        role: 'tool',
        raw: '{"at":1}',
        callId: 'a',
        tool: 'look',
        args: { at: 1 },
        metadata: { claude: { caller: { type: 'direct' }, thinking: [thought] } },
      },
      { role: 'tool', raw: '{}', callId: 'b', tool: 'look', args: {} },
      {
        role: 'tool_result',
        raw: JSON.stringify([{ type: 'text', text: 'x' }, image]),
        callId: 'a',
        tool: 'look',
        result: [{ type: 'text', text: 'x' }, image],
        isError: true,
        metadata: { claude: { blocks: true } },
      },
      {
        role: 'tool_result',
        raw: 'y',
        callId: 'b',
        tool: 'look',
        result: 'y',
        metadata: { claude: { cache_control } },
      },
      { role: 'assistant', raw: '', metadata: { claude: { thinking: [thought] } } },
    ])
    expect(toClaude(context)).toEqual(history)
  })

  it('keeps what the tools of the API did with the message behind it', () => {
    const called = { type: 'server_tool_use', id: 's', name: 'web_search', input: { query: 'rain' } }
    const found = { type: 'web_search_tool_result', tool_use_id: 's', content: [] }
    const content = [{ type: 'text', text: 'Let me see.' }, called, found, { type: 'text', text: 'It rains.' }]
    const messages = [
      { role: 'user', content: [{ type: 'text', text: 'Rain?' }] },
      { role: 'assistant', content },
    ]
    const context = fromClaude({ messages })
    expect(context.messages[2]?.metadata).toEqual({ claude: { thinking: [called, found] } })
    expect(toClaude(context)).toEqual({ messages })
  })

  it('keeps files of the Files API by their addresses', () => {
    const source = { type: 'file', file_id: 'file_1' }
    const content = [
      { type: 'image', source },
      { type: 'document', title: 'Report', source },
      { type: 'container_upload', file_id: 'file_1' },
    ]
    const messages = [{ role: 'user', content }]
    const context = fromClaude({ messages })
    expect(context.messages[0]).toMatchObject({ url: 'https://api.anthropic.com/v1/files/file_1' })
    expect(toClaude(context)).toEqual({ messages })
  })

  it('takes texts in place of blocks', () => {
    const messages = [
      { role: 'user', content: 'a' },
      { role: 'assistant', content: [{ type: 'tool_use', id: 'a', name: 'look', input: {} }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', content: [{ type: 'text', text: 'x' }] }] },
      { role: 'assistant', content: 'b' },
    ]
    const context = fromClaude({ system: 'Be brief.', messages })
    expect(context.messages.map(({ raw }) => raw)).toEqual(['Be brief.', 'a', '{}', 'x', 'b'])
    expect(context.messages[3]).toMatchObject({ result: 'x' })
  })

  it.each<[unknown, string, string]>([
    [[], 'history', 'expected an object, got an empty array.'],
    [{}, 'messages', 'expected an array, got undefined.'],
    [
      { messages: [{ role: 'tool' }] },
      'messages[0].role',
      'expected "user", "assistant" or "system", got a string ("tool").',
    ],
    [{ messages: [], system: [{ type: 'image' }] }, 'system[0].type', 'expected "text", got a string ("image").'],
    [
      { messages: [{ role: 'user', content: [{ type: 'search_result' }] }] },
      'messages[0].content[0].type',
      'expected "text", "image", "document", "container_upload" or "tool_result", got a string ("search_result").',
    ],
    [
      { messages: [{ role: 'user', content: [{ type: 'image', source: { type: 'text', data: 'x' } }] }] },
      'messages[0].content[0].source.type',
      'expected "base64", "url" or "file", got a string ("text").',
    ],
    [
      { messages: [{ role: 'assistant', content: [{ type: 'image' }] }] },
      'messages[0].content[0].type',
      'expected "text", "tool_use", "thinking" or "redacted_thinking", got a string ("image").',
    ],
    [
      { messages: [{ role: 'assistant', content: [{ type: 'tool_use', id: 'a', name: 'look', input: '{}' }] }] },
      'messages[0].content[0].input',
      'expected an object, got a string.',
    ],
  ])('refuses %j', (given, path, problem) => {
    expect(() => fromClaude(given as ClaudeHistory)).toThrow(
      expect.objectContaining({
        code: 'invalid_history',
        message: `This history of Claude cannot be read: ${path}: ${problem}`,
        details: { vendor: 'Claude', path },
      }),
    )
  })

  it('goes on with what the real client was answered', async () => {
    await using claude = await createFakeClaude([
      { text: 'Let me see.', toolCalls: [{ id: 'toolu_1', name: 'weather', input: { city: 'Bern' } }] },
      { text: 'It rains.' },
    ])
    const client = new Anthropic({ apiKey: 'test-key', baseURL: claude.url, maxRetries: 0 })
    const settings = { model: 'claude-opus-5-5', max_tokens: 99 }
    const context = createContext().system('Be brief.').user('Rain?')
    const answer = await client.messages.create({ ...settings, ...toClaude(context) })
    const answered = context
      .concat(fromClaude({ messages: [answer] }))
      .toolResult({ id: 'toolu_1', result: { rain: true } })
    await client.messages.create({ ...settings, ...toClaude(answered) })
    expect(claude.requests[1]?.json).toEqual({
      ...settings,
      system: [{ type: 'text', text: 'Be brief.' }],
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'Rain?' }] },
        {
          role: 'assistant',
          content: [
            { type: 'text', text: 'Let me see.' },
            expect.objectContaining({ type: 'tool_use', id: 'toolu_1', name: 'weather', input: { city: 'Bern' } }),
          ],
        },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: '{"rain":true}' }] },
      ],
    })
  })
})
