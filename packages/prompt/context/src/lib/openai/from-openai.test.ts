import { createFakeServer } from '@empire/test-support/fake-server'
import OpenAI from 'openai'
import { describe, expect, it } from 'vitest'
import { createContext } from '../context.ts'
import { fromOpenAI } from './from-openai.ts'
import { toOpenAI } from './to-openai.ts'

/** What matters of the messages. */
function describeMessages(messages: readonly object[]): object[] {
  return fromOpenAI(messages).messages.map((message) => ({ ...message, id: undefined }))
}

describe('fromOpenAI', () => {
  it('reads each part as a message', () => {
    expect(
      describeMessages([
        { role: 'developer', content: [{ type: 'text', text: 'Be brief.' }] },
        {
          role: 'user',
          name: 'Ada',
          content: [
            { type: 'text', text: 'What?', prompt_cache_breakpoint: { mode: 'explicit' } },
            { type: 'image_url', image_url: { url: 'https://example.com/cat', detail: 'low' } },
            { type: 'image_url', image_url: { url: 'data:image/gif;base64,aGk=' } },
            { type: 'input_audio', input_audio: { data: 'aGk=', format: 'mp3' } },
            { type: 'file', file: { file_data: 'data:application/pdf;base64,aGk=', filename: 'a.pdf' } },
          ],
        },
        {
          role: 'assistant',
          content: null,
          refusal: null,
          annotations: [],
          tool_calls: [
            { id: 'a', type: 'function', function: { name: 'look', arguments: '' }, extra_content: { x: 1 } },
          ],
        },
        {
          role: 'tool',
          tool_call_id: 'a',
          content: [
            { type: 'text', text: 'a' },
            { type: 'text', text: 'b' },
          ],
        },
        { role: 'assistant', content: 'Well.', refusal: 'No.' },
      ]),
    ).toEqual([
      { role: 'system', raw: 'Be brief.', metadata: { openai: { role: 'developer' } } },
      {
        role: 'user',
        raw: 'What?',
        name: 'Ada',
        metadata: { openai: { prompt_cache_breakpoint: { mode: 'explicit' } } },
      },
      {
        role: 'media',
        raw: 'https://example.com/cat',
        url: 'https://example.com/cat',
        mimeType: 'image/png',
        name: 'Ada',
        metadata: { openai: { detail: 'low' } },
      },
      { role: 'media', raw: '[image/gif, 2 bytes]', data: 'aGk=', size: 2, mimeType: 'image/gif', name: 'Ada' },
      { role: 'media', raw: '[audio/mpeg, 2 bytes]', data: 'aGk=', size: 2, mimeType: 'audio/mpeg', name: 'Ada' },
      {
        role: 'media',
        raw: '[application/pdf, 2 bytes]',
        data: 'aGk=',
        size: 2,
        mimeType: 'application/pdf',
        name: 'Ada',
        metadata: { openai: { filename: 'a.pdf' } },
      },
      {
        role: 'tool',
        raw: '{}',
        callId: 'a',
        tool: 'look',
        args: {},
        metadata: { openai: { extra_content: { x: 1 } } },
      },
      { role: 'tool_result', raw: 'a\nb', callId: 'a', tool: 'look', result: 'a\nb' },
      { role: 'assistant', raw: 'Well.' },
      { role: 'assistant', raw: 'No.', metadata: { openai: { refusal: true } } },
    ])
  })

  it('has the options of the context', () => {
    expect(fromOpenAI([{ role: 'user', content: 'Hi' }], { model: 'gpt-5' })).toMatchObject({
      model: 'gpt-5',
      length: 1,
    })
  })

  it.each<[unknown, string, string]>([
    [{}, 'messages', 'expected an array, got an object.'],
    [[1], 'messages[0]', 'expected an object, got a number (1).'],
    [
      [{ role: 'function', content: '' }],
      'messages[0].role',
      'expected "system", "developer", "user", "assistant" or "tool", got a string ("function").',
    ],
    [[{ role: 'user' }], 'messages[0].content', 'expected an array, got undefined.'],
    [
      [{ role: 'user', content: [{ type: 'video' }] }],
      'messages[0].content[0].type',
      'expected "text", "image_url", "input_audio" or "file", got a string ("video").',
    ],
    [
      [{ role: 'user', content: [{ type: 'file', file: { file_id: 'f' } }] }],
      'messages[0].content[0].file.file_data',
      'expected a string, got undefined.',
    ],
    [
      [{ role: 'user', content: [{ type: 'input_audio', input_audio: { data: '', format: 'toString' } }] }],
      'messages[0].content[0].input_audio.format',
      'expected "wav" or "mp3", got a string ("toString").',
    ],
    [
      [{ role: 'system', content: [{ type: 'image_url' }] }],
      'messages[0].content[0].type',
      'expected "text", got a string ("image_url").',
    ],
    [
      [{ role: 'assistant', content: '', audio: { id: 'a' } }],
      'messages[0].audio',
      'expected nothing; a context has no form for it, got an object.',
    ],
    [
      [{ role: 'assistant', content: '', function_call: {} }],
      'messages[0].function_call',
      'expected nothing; a context has no form for it, only for tool_calls, got an object.',
    ],
    [
      [{ role: 'assistant', tool_calls: [{ type: 'custom', id: 'a', custom: {} }] }],
      'messages[0].tool_calls[0].type',
      'expected "function", got a string ("custom").',
    ],
    [
      [{ role: 'assistant', tool_calls: [{ id: 'a', function: { name: 'look', arguments: '{"a":' } }] }],
      'messages[0].tool_calls[0].function.arguments',
      'expected the JSON of an object, got a string ("{\\"a\\":").',
    ],
    [
      [{ role: 'assistant', tool_calls: [{ id: 'a', function: { name: 'look', arguments: '[]' } }] }],
      'messages[0].tool_calls[0].function.arguments',
      'expected the JSON of an object, got an empty array.',
    ],
  ])('refuses %j', (messages, path, problem) => {
    expect(() => fromOpenAI(messages as object[])).toThrow(
      expect.objectContaining({
        name: 'InvalidHistoryError',
        code: 'invalid_history',
        message: `This history of OpenAI cannot be read: ${path}: ${problem}`,
        details: { vendor: 'OpenAI', path },
      }),
    )
  })

  it('says where a context refused something, and why', () => {
    expect(() => fromOpenAI([{ role: 'tool', tool_call_id: 'a', content: '' }])).toThrow(
      expect.objectContaining({
        message: expect.stringContaining('This history of OpenAI cannot be read: messages[0]: Expected "id" to be'),
        cause: expect.objectContaining({ code: 'tool_call_not_found' }),
      }),
    )
  })

  it('goes on with what the real client was answered', async () => {
    const message = {
      role: 'assistant',
      content: null,
      refusal: null,
      tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Bern"}' } }],
    }
    await using server = await createFakeServer(() => ({
      body: {
        id: 'c',
        object: 'chat.completion',
        created: 0,
        model: 'm',
        choices: [{ index: 0, finish_reason: 'stop', message }],
      },
    }))
    const client = new OpenAI({ apiKey: 'test-key', baseURL: server.url, maxRetries: 0 })
    const context = createContext({ model: 'gpt-5' }).system('Be brief.').user('Rain?')
    const { choices } = await client.chat.completions.create({ model: 'gpt-5', messages: toOpenAI(context) })
    const answered = context
      .concat(fromOpenAI([choices[0]!.message]))
      .toolResult({ id: 'call_1', result: { rain: true } })
    await client.chat.completions.create({ model: 'gpt-5', messages: toOpenAI(answered) })
    expect(server.requests[1]?.json).toEqual({
      model: 'gpt-5',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Rain?' },
        { role: 'assistant', content: null, tool_calls: message.tool_calls },
        { role: 'tool', tool_call_id: 'call_1', content: '{"rain":true}' },
      ],
    })
  })
})
