import { createLiquid } from '@empire/template-liquid'
import { describe, expect, it } from 'vitest'
import { createContext } from '../context.ts'
import { toAiSdk } from './to-ai-sdk.ts'

const called = createContext().user('Hi').toolCall({ id: 'a', tool: 'look', args: {} })

describe('toAiSdk', () => {
  it('writes a conversation with pictures, parallel calls and results', () => {
    const context = createContext()
      .system('Be brief.')
      .system('Be kind.')
      .user('What is this?')
      .media({ data: 'aGk=', mimeType: 'image/png' })
      .media({ url: 'https://example.com/a.mp4' })
      .assistant('Let me look.')
      .toolCall({ id: 'a', tool: 'look', args: { at: 'cat' } })
      .toolCall({ id: 'b', tool: 'listen', args: {} })
      .user('Well?')
      .toolResult({ id: 'b', result: { sound: 'meow' } })
      .toolResult({ id: 'a', result: 'No file.', isError: true })
      .assistant('A cat.')
    expect(toAiSdk(context)).toEqual({
      instructions: [
        { role: 'system', content: 'Be brief.' },
        { role: 'system', content: 'Be kind.' },
      ],
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is this?' },
            { type: 'file', mediaType: 'image/png', data: { type: 'data', data: 'aGk=' } },
            { type: 'file', mediaType: 'video/mp4', data: 'https://example.com/a.mp4' },
          ],
        },
        {
          role: 'assistant',
          content: [
            { type: 'text', text: 'Let me look.' },
            { type: 'tool-call', toolCallId: 'a', toolName: 'look', input: { at: 'cat' } },
            { type: 'tool-call', toolCallId: 'b', toolName: 'listen', input: {} },
          ],
        },
        {
          role: 'tool',
          content: [
            {
              type: 'tool-result',
              toolCallId: 'a',
              toolName: 'look',
              output: { type: 'error-text', value: 'No file.' },
            },
            {
              type: 'tool-result',
              toolCallId: 'b',
              toolName: 'listen',
              output: { type: 'json', value: { sound: 'meow' } },
            },
          ],
        },
        { role: 'user', content: [{ type: 'text', text: 'Well?' }] },
        { role: 'assistant', content: [{ type: 'text', text: 'A cat.' }] },
      ],
    })
  })

  it('says when there are later system messages, or moves them', () => {
    const context = createContext().user('a').system('b')
    expect(toAiSdk(context)).toEqual({
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'a' }] },
        { role: 'system', content: 'b' },
      ],
      allowSystemInMessages: true,
    })
    expect(toAiSdk(context, { hoistSystem: true })).toEqual({
      instructions: [{ role: 'system', content: 'b' }],
      messages: [{ role: 'user', content: [{ type: 'text', text: 'a' }] }],
    })
  })

  it.each([
    ['text', false, { type: 'text', value: 'text' }],
    [{ a: 1 }, true, { type: 'error-json', value: { a: 1 } }],
    [null, false, { type: 'json', value: null }],
  ])('writes the result %j, failed: %s', (result, isError, output) => {
    const metadata = { aiSdk: { output: 'content' } }
    expect(toAiSdk(called.toolResult({ id: 'a', result, isError, metadata })).messages.at(-1)).toMatchObject({
      content: [{ output }],
    })
  })

  it('writes the text of a result that has a template', () => {
    const context = called
      .withOptions({ engines: [createLiquid()] })
      .toolResult({ id: 'a', result: { n: 1 }, engine: 'liquid', template: { inline: 'One {{ of }}' } })
    expect(toAiSdk(context, { assigns: { of: 'dog' } }).messages.at(-1)).toMatchObject({
      content: [{ output: { type: 'text', value: 'One dog' } }],
    })
  })

  it('writes what only the SDK knows from metadata.aiSdk', () => {
    const providerOptions = { anthropic: { cacheControl: { type: 'ephemeral' } } }
    const reasoning = [{ type: 'reasoning', text: 'Hm.' }]
    const context = createContext()
      .system('a', { metadata: { aiSdk: { providerOptions } } })
      .media({ data: 'aGk=', mimeType: 'application/pdf', metadata: { aiSdk: { filename: 'a.pdf' } } })
      .assistant('', { metadata: { aiSdk: { reasoning } } })
      .toolCall({ id: 'a', tool: 'look', args: {}, metadata: { aiSdk: { providerOptions } } })
      .toolResult({ id: 'a', result: 'No.', isError: true, metadata: { aiSdk: { output: 'execution-denied' } } })
    expect(toAiSdk(context)).toEqual({
      instructions: [{ role: 'system', content: 'a', providerOptions }],
      messages: [
        {
          role: 'user',
          content: [
            { type: 'file', mediaType: 'application/pdf', filename: 'a.pdf', data: { type: 'data', data: 'aGk=' } },
          ],
        },
        {
          role: 'assistant',
          content: [...reasoning, { type: 'tool-call', toolCallId: 'a', toolName: 'look', input: {}, providerOptions }],
        },
        {
          role: 'tool',
          content: [
            {
              type: 'tool-result',
              toolCallId: 'a',
              toolName: 'look',
              output: { type: 'execution-denied', reason: 'No.' },
            },
          ],
        },
      ],
    })
  })

  it.each([
    [
      createContext().media({ url: 'file:///a.png' }),
      'messages[0] (media) cannot be sent to the AI SDK: it takes image/png from "data" or a web address, and this is a "url" of another kind.',
    ],
    [
      createContext().assistant('a', { metadata: { aiSdk: { reasoning: ['Hm.'] } } }),
      'messages[0] (assistant) cannot be sent to the AI SDK: its metadata.aiSdk.reasoning is to be an array of reasoning parts.',
    ],
    [
      createContext().user('a', { name: 'Ada' }),
      'messages[0] (user) cannot be sent to the AI SDK: there is no field for its name. Pass "names" in the options: "prefix" to write it before the text, "omit" to leave it out.',
    ],
  ])('refuses %#: %s', (context, message) => {
    expect(() => toAiSdk(context)).toThrow(expect.objectContaining({ code: 'unsupported_message', message }))
  })
})
