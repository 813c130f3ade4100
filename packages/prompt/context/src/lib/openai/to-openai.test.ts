import { createLiquid } from '@empire/template-liquid'
import { describe, expect, it } from 'vitest'
import { type Context, createContext } from '../context.ts'
import type { WireOptions } from '../wire/wire-options.ts'
import { toOpenAI } from './to-openai.ts'

const png = { mimeType: 'image/png', data: 'aGk=' }

describe('toOpenAI', () => {
  it('writes a conversation with pictures, parallel calls and results', () => {
    const context = createContext()
      .system('Be brief.')
      .user('What is this?')
      .media({ url: 'https://example.com/cat.png' })
      .assistant('Let me look.')
      .toolCall({ id: 'a', tool: 'look', args: { at: 'cat' } })
      .toolCall({ id: 'b', tool: 'listen', args: {} })
      .toolResult({ id: 'b', result: { sound: 'meow' } })
      .toolResult({ id: 'a', result: 'No file.', isError: true })
      .assistant('A cat.')
    expect(toOpenAI(context)).toEqual([
      { role: 'system', content: 'Be brief.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is this?' },
          { type: 'image_url', image_url: { url: 'https://example.com/cat.png' } },
        ],
      },
      {
        role: 'assistant',
        content: 'Let me look.',
        tool_calls: [
          { type: 'function', id: 'a', function: { name: 'look', arguments: '{"at":"cat"}' } },
          { type: 'function', id: 'b', function: { name: 'listen', arguments: '{}' } },
        ],
      },
      { role: 'tool', tool_call_id: 'a', content: 'Error: No file.' },
      { role: 'tool', tool_call_id: 'b', content: '{"sound":"meow"}' },
      { role: 'assistant', content: 'A cat.' },
    ])
  })

  it('keeps calls apart that were made one after the other', () => {
    const context = createContext()
      .user('Look twice.')
      .toolCall({ id: 'a', tool: 'look', args: {} })
      .toolResult({ id: 'a', result: 1 })
      .toolCall({ id: 'a', tool: 'look', args: {} })
      .toolResult({ id: 'a', result: null })
    const call = { type: 'function', id: 'a', function: { name: 'look', arguments: '{}' } }
    expect(toOpenAI(context).slice(1)).toEqual([
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'tool', tool_call_id: 'a', content: '1' },
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'tool', tool_call_id: 'a', content: 'null' },
    ])
  })

  it('puts results behind their calls, before what was said meanwhile', () => {
    const context = createContext()
      .toolCall({ id: 'a', tool: 'look', args: {} })
      .system('Hurry.')
      .user('And?')
      .toolResult({ id: 'a', result: 'A cat.' })
    expect(toOpenAI(context).map(({ role }) => role)).toEqual(['assistant', 'tool', 'system', 'user'])
  })

  it('leaves empty texts out where there is more', () => {
    expect(toOpenAI(createContext().user('').user('a').user('').assistant('').user(''))).toEqual([
      { role: 'user', content: 'a' },
      { role: 'assistant', content: '' },
      { role: 'user', content: '' },
    ])
  })

  it('renders templates with the assigns of the call', () => {
    const context = createContext({ engines: [createLiquid()] })
      .user('Hi {{ name }}', { engine: 'liquid', assigns: { name: 'Ada' } })
      .toolCall({ id: 'a', tool: 'look', args: { at: 1 } })
      .toolResult({ id: 'a', result: [1, 2], engine: 'liquid', template: { inline: 'Dear {{ name }}: two' } })
    expect(toOpenAI(context, { assigns: { name: 'Bob' } }).map(({ content }) => content)).toEqual([
      'Hi Bob',
      null,
      'Dear Bob: two',
    ])
  })

  it('joins neighbours of one name, whom media and calls follow', () => {
    const context = createContext()
      .user('a', { name: 'Ada' })
      .media(png)
      .user('b', { name: 'Ada' })
      .user('c', { name: 'Bob' })
      .user('d')
      .toolCall({ tool: 'look', args: {}, id: 'a' })
      .assistant('e', { name: 'Eve' })
      .toolResult({ id: 'a', result: '' })
    expect(
      toOpenAI(context).map((message) => [
        message.role,
        'name' in message ? message.name : undefined,
        Array.isArray(message.content) ? message.content.length : message.content,
      ]),
    ).toEqual([
      ['user', 'Ada', 3],
      ['user', 'Bob', 'c'],
      ['user', undefined, 'd'],
      ['assistant', 'Eve', 'e'],
      ['tool', undefined, ''],
    ])
  })

  it.each<[WireOptions, object[]]>([
    [
      { names: 'prefix' },
      [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Ada: a' },
            { type: 'text', text: 'b' },
          ],
        },
      ],
    ],
    [
      { names: 'omit' },
      [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'a' },
            { type: 'text', text: 'b' },
          ],
        },
      ],
    ],
  ])('writes names as %j says', (options, messages) => {
    expect(toOpenAI(createContext().user('a', { name: 'Ada' }).user('b'), options)).toEqual(messages)
  })

  it('moves later system messages only when asked', () => {
    const context = createContext().system('a').user('b').system('c')
    expect(toOpenAI(context).map(({ role }) => role)).toEqual(['system', 'user', 'system'])
    expect(toOpenAI(context, { hoistSystem: true })).toEqual([
      {
        role: 'system',
        content: [
          { type: 'text', text: 'a' },
          { type: 'text', text: 'c' },
        ],
      },
      { role: 'user', content: 'b' },
    ])
  })

  it('writes what only this API knows from metadata.openai', () => {
    const cached = { prompt_cache_breakpoint: { mode: 'explicit' } }
    const context = createContext()
      .system('a', { metadata: { openai: { role: 'developer' } } })
      .user('b', { metadata: { openai: cached } })
      .media({ ...png, metadata: { openai: { detail: 'low' } } })
      .media({ data: 'aGk=', mimeType: 'application/pdf', metadata: { openai: { filename: 'a.pdf' } } })
      .assistant('No.', { metadata: { openai: { refusal: true } } })
    expect(toOpenAI(context)).toEqual([
      { role: 'developer', content: 'a' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'b', ...cached },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,aGk=', detail: 'low' } },
          { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,aGk=' } },
        ],
      },
      { role: 'assistant', content: [{ type: 'refusal', refusal: 'No.' }] },
    ])
  })

  it.each([
    ['audio/wav', { type: 'input_audio', input_audio: { data: 'aGk=', format: 'wav' } }],
    ['Audio/MPEG; rate=8', { type: 'input_audio', input_audio: { data: 'aGk=', format: 'mp3' } }],
    [
      'application/pdf',
      { type: 'file', file: { filename: 'document.pdf', file_data: 'data:application/pdf;base64,aGk=' } },
    ],
  ])('takes %s', (mimeType, part) => {
    expect(toOpenAI(createContext().media({ data: 'aGk=', mimeType }))).toEqual([{ role: 'user', content: [part] }])
  })

  it.each([
    [
      { data: 'aGk=', mimeType: 'video/mp4' },
      'media_type',
      'it takes images (PNG, JPEG, WebP, GIF), PDF, WAV and MP3, and this is video/mp4.',
    ],
    [
      { url: 'https://example.com/a.pdf' },
      'media_source',
      'it takes application/pdf from "data", and this is a "url" of another kind.',
    ],
    [
      { url: 'file:///a.png' },
      'media_source',
      'it takes image/png from "data" or a web address, and this is a "url" of another kind.',
    ],
    [{ ...png, metadata: { openai: 1 } }, 'metadata', 'its metadata.openai is to be an object of fields.'],
  ])('refuses %j', (medium, reason, problem) => {
    expect(() => toOpenAI(createContext().user('a').media(medium))).toThrow(
      expect.objectContaining({
        name: 'UnsupportedMessageError',
        code: 'unsupported_message',
        message: `messages[1] (media) cannot be sent to OpenAI: ${problem}`,
        details: { vendor: 'OpenAI', messageIndex: 1, role: 'media', reason },
      }),
    )
  })

  const called = createContext().toolCall({ id: 'a', tool: 'look', args: {} })
  it.each([
    [
      called,
      'call_unanswered',
      'messages[0] (tool) cannot be sent to OpenAI: the call of "look" has no result. Add it before the assistant speaks again: context.toolResult({ id: "a", result }).',
    ],
    [
      called.assistant('Wait.').user('Yes?').assistant('Hm.').toolResult({ id: 'a', result: 1 }),
      'call_unanswered',
      'messages[0] (tool) cannot be sent to OpenAI: the call of "look" has no result. Add it before the assistant speaks again: context.toolResult({ id: "a", result }).',
    ],
    [
      called.toolResult({ id: 'a', result: 1 }).slice(1),
      'result_without_call',
      'messages[0] (tool_result) cannot be sent to OpenAI: the turn before it has no call with the id "a". Put it behind its call, before the assistant speaks again.',
    ],
    [
      called.toolResult({ id: 'a', result: 1, name: 'Ada' }),
      'name',
      'messages[1] (tool_result) cannot be sent to OpenAI: there is no field for its name. Pass "names" in the options: "prefix" to write it before the text, "omit" to leave it out.',
    ],
    [
      createContext().user('Hi', { name: 'Ada Lovelace' }),
      'name',
      'messages[0] (user) cannot be sent to OpenAI: its name has to match /^[^\\s<|\\\\/>]{1,64}$/. Pass "names" in the options: "prefix" to write it before the text, "omit" to leave it out.',
    ],
  ])('refuses names, calls and results: %#', (context, reason, message) => {
    expect(() => toOpenAI(context)).toThrow(
      expect.objectContaining({ code: 'unsupported_message', message, details: expect.objectContaining({ reason }) }),
    )
  })

  it('refuses calls of one id in one turn, and a second result', () => {
    const pair = called.toolResult({ id: 'a', result: 1 })
    const [call, result] = pair.messages as [(typeof pair.messages)[number], (typeof pair.messages)[number]]
    expect(() => toOpenAI(createContext().withMessages([call, call, result]))).toThrow(
      'messages[1] (tool) cannot be sent to OpenAI: the id "a" is that of messages[0] too. Give each call an id of its own.',
    )
    expect(() => toOpenAI(createContext().withMessages([call, result, result]))).toThrow(
      'messages[2] (tool_result) cannot be sent to OpenAI: messages[1] is the result of the call with the id "a" already. Keep one of them.',
    )
  })

  it.each<[unknown, string]>([
    [null, 'Expected "options" to be an object, got null.'],
    [{ hoistSystems: true }, '"options" has no key "hoistSystems". Did you mean "hoistSystem"?'],
    [{ hoistSystem: 1 }, 'Expected "hoistSystem" to be a boolean, got a number (1).'],
    [{ opening: ' ' }, 'Expected "opening" to be a text that is not blank, got a string (" ").'],
    [{ names: 'drop' }, 'Expected "names" to be "prefix" or "omit", got a string ("drop").'],
  ])('refuses the options %j', (options, message) => {
    expect(() => toOpenAI(createContext(), options as WireOptions)).toThrow(new TypeError(message))
  })

  it.each<[unknown, string]>([
    [undefined, 'Expected "context" to be a context, such as createContext() makes, got undefined.'],
    [
      [{ role: 'user', content: 'Hi' }],
      'Expected "context" to be a context, such as createContext() makes, got an array.',
    ],
  ])('refuses %j in place of a context', (history, message) => {
    expect(() => toOpenAI(history as Context)).toThrow(new TypeError(message))
  })

  it('takes arguments of any depth', () => {
    let deep: object = {}
    for (let depth = 0; depth < 20_000; depth++) deep = { deep }
    const context = createContext()
      .toolCall({ id: 'a', tool: 'look', args: { deep } })
      .toolResult({ id: 'a', result: deep })
    expect(JSON.stringify(toOpenAI(context)).length).toBeGreaterThan(200_000)
  })
})
