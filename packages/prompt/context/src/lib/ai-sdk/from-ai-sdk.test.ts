import { generateText, type ModelMessage, tool } from 'ai'
import { MockLanguageModelV4 } from 'ai/test'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createContext } from '../context.ts'
import { type AiSdkHistory, fromAiSdk } from './from-ai-sdk.ts'
import { toAiSdk } from './to-ai-sdk.ts'

const providerOptions = { anthropic: { cacheControl: { type: 'ephemeral' } } }
const reasoning = { type: 'reasoning', text: 'Hm.', providerOptions: { anthropic: { signature: 's' } } }
const result = { type: 'tool-result', toolName: 'look' }

/** Each kind of part there is. */
const history = {
  instructions: [{ role: 'system', content: 'Be brief.', providerOptions }],
  messages: [
    {
      role: 'user',
      content: [
        { type: 'text', text: 'What?', providerOptions },
        { type: 'file', mediaType: 'application/pdf', filename: 'a.pdf', data: { type: 'data', data: 'aGk=' } },
        { type: 'file', mediaType: 'image/png', data: 'https://example.com/a' },
      ],
    },
    {
      role: 'assistant',
      content: [
        reasoning,
        { type: 'text', text: 'Let me look.' },
        ...['a', 'b', 'c'].map((toolCallId) => ({ type: 'tool-call', toolCallId, toolName: 'look', input: {} })),
        reasoning,
      ],
    },
    {
      role: 'tool',
      content: [
        { ...result, toolCallId: 'a', output: { type: 'error-json', value: { no: 1 } } },
        { ...result, toolCallId: 'b', output: { type: 'execution-denied' } },
        { ...result, toolCallId: 'c', output: { type: 'content', value: [{ type: 'text', text: 'x' }] } },
      ],
    },
    { role: 'system', content: 'Hurry.' },
  ],
  allowSystemInMessages: true,
}

/** A history of one part. */
function content(role: string, part: object): object[] {
  return [{ role, content: [part] }]
}

describe('fromAiSdk', () => {
  it('reads each part as a message, and keeps what only the SDK knows', () => {
    const context = fromAiSdk(history, { model: 'any' })
    expect(context.model).toBe('any')
    expect(context.messages.map((message) => ({ ...message, id: undefined, raw: undefined }))).toEqual([
      { role: 'system', metadata: { aiSdk: { providerOptions } } },
      { role: 'user', metadata: { aiSdk: { providerOptions } } },
      { role: 'media', mimeType: 'application/pdf', data: 'aGk=', size: 2, metadata: { aiSdk: { filename: 'a.pdf' } } },
      { role: 'media', mimeType: 'image/png', url: 'https://example.com/a' },
      { role: 'assistant', metadata: { aiSdk: { reasoning: [reasoning] } } },
      { role: 'tool', callId: 'a', tool: 'look', args: {} },
      { role: 'tool', callId: 'b', tool: 'look', args: {} },
      { role: 'tool', callId: 'c', tool: 'look', args: {} },
      { role: 'assistant', metadata: { aiSdk: { reasoning: [reasoning] } } },
      { role: 'tool_result', callId: 'a', tool: 'look', result: { no: 1 }, isError: true },
      {
        role: 'tool_result',
        callId: 'b',
        tool: 'look',
        result: null,
        isError: true,
        metadata: { aiSdk: { output: 'execution-denied' } },
      },
      {
        role: 'tool_result',
        callId: 'c',
        tool: 'look',
        result: [{ type: 'text', text: 'x' }],
        metadata: { aiSdk: { output: 'content' } },
      },
      { role: 'system' },
    ])
    expect(toAiSdk(context)).toEqual(history)
  })

  it('takes an array, texts in place of parts, and options of whole messages', () => {
    const context = fromAiSdk([
      { role: 'user', content: 'a', providerOptions },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'b' },
          { type: 'text', text: 'c', providerOptions: { openai: { x: 1 } } },
        ],
        providerOptions,
      },
    ])
    expect(context.messages.map(({ raw, metadata }) => [raw, metadata])).toEqual([
      ['a', { aiSdk: { providerOptions } }],
      ['b', undefined],
      ['c', { aiSdk: { providerOptions: { ...providerOptions, openai: { x: 1 } } } }],
    ])
    expect(fromAiSdk({ system: 'Be brief.', messages: [] }).messages).toMatchObject([
      { role: 'system', raw: 'Be brief.' },
    ])
  })

  it.each<[object, object]>([
    [
      { type: 'file', mediaType: 'a/b', data: new Uint8Array([104, 105]) },
      { mimeType: 'a/b', data: 'aGk=' },
    ],
    [
      { type: 'file', mediaType: 'a/b', data: new Uint8Array([104, 105]).buffer },
      { mimeType: 'a/b', data: 'aGk=' },
    ],
    [
      { type: 'file', mediaType: 'a/b', data: { type: 'data', data: Buffer.from('hi') } },
      { mimeType: 'a/b', data: 'aGk=' },
    ],
    [
      { type: 'file', mediaType: 'text/plain', data: { type: 'text', text: 'hi' } },
      { mimeType: 'text/plain', data: 'aGk=' },
    ],
    [
      { type: 'file', mediaType: 'a/b', data: { type: 'url', url: new URL('https://example.com/a') } },
      { mimeType: 'a/b', url: 'https://example.com/a' },
    ],
    [
      { type: 'image', image: new URL('https://example.com/a.gif') },
      { mimeType: 'image/gif', url: 'https://example.com/a.gif' },
    ],
    [
      { type: 'image', image: 'data:image/gif;base64,aGk=' },
      { mimeType: 'image/gif', data: 'aGk=' },
    ],
    [
      { type: 'image', image: '/9j/aGk=' },
      { mimeType: 'image/jpeg', data: '/9j/aGk=' },
    ],
    [
      { type: 'file', mediaType: 'image/*', data: 'R0lGODdh' },
      { mimeType: 'image/gif', data: 'R0lGODdh' },
    ],
    [
      { type: 'image', image: 'aGk=' },
      { mimeType: 'image/png', data: 'aGk=' },
    ],
  ])('takes the medium %o', (part, medium) => {
    expect(fromAiSdk([{ role: 'user', content: [part] }]).messages).toMatchObject([{ role: 'media', ...medium }])
  })

  it.each<[unknown, string, string]>([
    [1, 'history', 'expected an object, got a number (1).'],
    [{}, 'messages', 'expected an array, got undefined.'],
    [
      [{ role: 'data' }],
      'messages[0].role',
      'expected "system", "user", "assistant" or "tool", got a string ("data").',
    ],
    [
      content('user', { type: 'reasoning', text: '' }),
      'messages[0].content[0].type',
      'expected "text", "file" or "image", got a string ("reasoning").',
    ],
    [
      content('user', { type: 'file', mediaType: 'audio', data: 'aGk=' }),
      'messages[0].content[0].mediaType',
      'expected a whole media type such as "audio/wav", got a string ("audio").',
    ],
    [
      content('user', { type: 'file', mediaType: 'a/b', data: { type: 'reference', reference: { openai: 'f' } } }),
      'messages[0].content[0].data',
      'expected bytes, base64, an address or a text, got an object.',
    ],
    [
      content('assistant', { type: 'tool-call', toolCallId: 'a', toolName: 'b', input: {}, providerExecuted: true }),
      'messages[0].content[0].providerExecuted',
      'expected a call that the provider did not make itself, got a boolean (true).',
    ],
    [
      content('assistant', { type: 'tool-result' }),
      'messages[0].content[0].type',
      'expected "text", "reasoning" or "tool-call", got a string ("tool-result").',
    ],
    [
      content('tool', { type: 'tool-approval-response' }),
      'messages[0].content[0].type',
      'expected "tool-result", got a string ("tool-approval-response").',
    ],
    [
      content('tool', { type: 'tool-result', output: { type: 'media' } }),
      'messages[0].content[0].output.type',
      'expected "text", "json", "error-text", "error-json", "execution-denied" or "content", got a string ("media").',
    ],
  ])('refuses %j', (given, path, problem) => {
    expect(() => fromAiSdk(given as AiSdkHistory)).toThrow(
      expect.objectContaining({
        code: 'invalid_history',
        message: `This history of the AI SDK cannot be read: ${path}: ${problem}`,
        details: { vendor: 'the AI SDK', path },
      }),
    )
  })

  it('goes on with what the SDK has done', async () => {
    const usage = {
      inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
      outputTokens: { total: 1, text: 1, reasoning: 0 },
    }
    const call = { type: 'tool-call' as const, toolCallId: 'c1', toolName: 'weather', input: '{"city":"Bern"}' }
    const model = new MockLanguageModelV4({
      supportedUrls: { 'image/*': [/./] },
      doGenerate: [
        { content: [call], finishReason: { unified: 'tool-calls', raw: undefined }, usage, warnings: [] },
        {
          content: [{ type: 'text', text: 'Ok.' }],
          finishReason: { unified: 'stop', raw: undefined },
          usage,
          warnings: [],
        },
      ],
    })
    const tools = {
      weather: tool({ inputSchema: z.object({ city: z.string() }), execute: () => Promise.resolve({ rain: true }) }),
    }
    const context = createContext()
      .system('Be brief.')
      .user('Rain?')
      .media({ url: 'https://example.com/sky.png' })
      .media({ data: 'aGk=', mimeType: 'image/png' })
      .system('Hurry.')
    const answer = await generateText({ model, tools, ...toAiSdk(context) })
    const answered = context.concat(fromAiSdk(answer.response.messages satisfies ModelMessage[]))
    await generateText({ model, tools, ...toAiSdk(answered) })
    expect(model.doGenerateCalls[1]?.prompt).toMatchObject([
      { role: 'system', content: 'Be brief.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Rain?' },
          { type: 'file', mediaType: 'image/png', data: { type: 'url', url: new URL('https://example.com/sky.png') } },
          { type: 'file', mediaType: 'image/png', data: { type: 'data', data: 'aGk=' } },
        ],
      },
      { role: 'system', content: 'Hurry.' },
      { role: 'assistant', content: [{ type: 'tool-call', toolCallId: 'c1', input: { city: 'Bern' } }] },
      {
        role: 'tool',
        content: [{ type: 'tool-result', toolCallId: 'c1', output: { type: 'json', value: { rain: true } } }],
      },
    ])
  })
})
