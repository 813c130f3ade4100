import { createLiquid } from '@empire/template-liquid'
import { describe, expect, it } from 'vitest'
import { createContext } from '../context.ts'
import { toGemini } from './to-gemini.ts'

const user = createContext().user('Hi')
const called = user.toolCall({ id: 'a', tool: 'look', args: {} })

describe('toGemini', () => {
  it('writes a conversation with pictures, parallel calls and results', () => {
    const context = createContext()
      .system('Be brief.')
      .system('Be kind.')
      .user('What is this?')
      .media({ data: 'aGk=', mimeType: 'image/png' })
      .media({ url: 'gs://bucket/a.mp4' })
      .assistant('Let me look.')
      .toolCall({ id: 'a', tool: 'look', args: { at: 'cat' } })
      .toolCall({ id: 'b', tool: 'listen', args: {} })
      .user('Well?')
      .toolResult({ id: 'b', result: { sound: 'meow' } })
      .toolResult({ id: 'a', result: 'No file.', isError: true })
      .assistant('A cat.')
    expect(toGemini(context)).toEqual({
      systemInstruction: { parts: [{ text: 'Be brief.' }, { text: 'Be kind.' }] },
      contents: [
        {
          role: 'user',
          parts: [
            { text: 'What is this?' },
            { inlineData: { mimeType: 'image/png', data: 'aGk=' } },
            { fileData: { mimeType: 'video/mp4', fileUri: 'gs://bucket/a.mp4' } },
          ],
        },
        {
          role: 'model',
          parts: [
            { text: 'Let me look.' },
            { functionCall: { id: 'a', name: 'look', args: { at: 'cat' } } },
            { functionCall: { id: 'b', name: 'listen', args: {} } },
          ],
        },
        {
          role: 'user',
          parts: [
            { functionResponse: { id: 'a', name: 'look', response: { error: 'No file.' } } },
            { functionResponse: { id: 'b', name: 'listen', response: { sound: 'meow' } } },
            { text: 'Well?' },
          ],
        },
        { role: 'model', parts: [{ text: 'A cat.' }] },
      ],
    })
  })

  it.each<[unknown, object]>([
    [{ a: 1 }, { a: 1 }],
    [{}, {}],
    ['text', { output: 'text' }],
    [[1], { output: [1] }],
    [null, { output: null }],
    [{ output: 1, a: 2 }, { output: { output: 1, a: 2 } }],
    [{ error: 'none' }, { output: { error: 'none' } }],
  ])('writes the result %j as %j', (result, response) => {
    const { contents } = toGemini(called.toolResult({ id: 'a', result }))
    expect(contents[2]?.parts).toEqual([{ functionResponse: { id: 'a', name: 'look', response } }])
  })

  it('writes the text of a result that has a template', () => {
    const context = called.withOptions({ engines: [createLiquid()] }).toolResult({
      id: 'a',
      result: { n: 1 },
      engine: 'liquid',
      template: { inline: 'One {{ of }}' },
      assigns: { of: 'cat' },
    })
    expect(toGemini(context, { assigns: { of: 'dog' } }).contents[2]?.parts[0]?.functionResponse?.response).toEqual({
      output: 'One dog',
    })
  })

  it('signs calls of other models when asked, one for each turn', () => {
    const metadata = { gemini: { thoughtSignature: 'own' } }
    const context = called
      .toolCall({ id: 'b', tool: 'look', args: {} })
      .toolResult({ id: 'a', result: 1 })
      .toolResult({ id: 'b', result: 1 })
      .toolCall({ id: 'c', tool: 'look', args: {}, metadata })
      .toolResult({ id: 'c', result: 1 })
      .assistant('Done.')
    const signatures = toGemini(context, { thoughtSignature: 'skip' }).contents.map(({ parts }) =>
      parts.map(({ thoughtSignature }) => thoughtSignature),
    )
    const none = undefined
    expect(signatures).toEqual([[none], ['skip', none], [none, none], ['own'], [none], [none]])
    expect(JSON.stringify(toGemini(context))).not.toContain('skip')
  })

  it('signs a call of another model behind what Gemini has signed', () => {
    const metadata = { gemini: { thoughtSignature: 'own' } }
    const context = user
      .assistant('Let me see.', { metadata })
      .toolCall({ id: 'a', tool: 'look', args: {} })
      .toolResult({ id: 'a', result: 1 })
    expect(toGemini(context, { thoughtSignature: 'skip' }).contents[1]?.parts).toEqual([
      { text: 'Let me see.', thoughtSignature: 'own' },
      { functionCall: { id: 'a', name: 'look', args: {} }, thoughtSignature: 'skip' },
    ])
  })

  it('takes a signature that stands alone before a call for its own', () => {
    const thoughts = [{ text: '', thoughtSignature: 'own' }]
    const context = user
      .toolCall({ id: 'a', tool: 'look', args: {}, metadata: { gemini: { thoughts } } })
      .toolResult({ id: 'a', result: 1 })
    expect(toGemini(context, { thoughtSignature: 'skip' }).contents[1]?.parts).toEqual([
      ...thoughts,
      { functionCall: { id: 'a', name: 'look', args: {} } },
    ])
  })

  it('writes what only this API knows from metadata.gemini', () => {
    const thoughts = [{ text: 'Hm.', thought: true }]
    const context = user
      .media({ url: 'https://example.com/a.mp4', metadata: { gemini: { videoMetadata: { fps: 1 } } } })
      .assistant('', { metadata: { gemini: { thoughts, thoughtSignature: 's' } } })
    expect(toGemini(context).contents).toEqual([
      {
        role: 'user',
        parts: [
          { text: 'Hi' },
          { fileData: { mimeType: 'video/mp4', fileUri: 'https://example.com/a.mp4' }, videoMetadata: { fps: 1 } },
        ],
      },
      {
        role: 'model',
        parts: [
          { text: 'Hm.', thought: true },
          { text: '', thoughtSignature: 's' },
        ],
      },
    ])
  })

  it('lets the user begin where a call would, if it is told how', () => {
    const cut = createContext().toolCall({ id: 'a', tool: 'look', args: {} }).toolResult({ id: 'a', result: 1 })
    expect(
      toGemini(cut, { opening: 'Go on.' }).contents.map(({ role, parts }) => [role, Object.keys(parts[0]!)]),
    ).toEqual([
      ['user', ['text']],
      ['model', ['functionCall']],
      ['user', ['functionResponse']],
    ])
  })

  it('moves later system messages only when asked', () => {
    const context = user.system('Hurry.')
    expect(() => toGemini(context)).toThrow(
      'messages[1] (system) cannot be sent to Gemini: it takes system messages only before all others. Move it, or pass { hoistSystem: true }.',
    )
    expect(toGemini(context, { hoistSystem: true }).systemInstruction).toEqual({ parts: [{ text: 'Hurry.' }] })
  })

  it.each([
    [
      createContext().toolCall({ id: 'a', tool: 'look', args: {} }).toolResult({ id: 'a', result: 1 }),
      'messages[0] (tool) cannot be sent to Gemini: it wants a call to come behind a turn of the user. Put one before it, or pass { opening: "Go on." }.',
    ],
    [
      user.assistant(' '),
      'messages[1] (assistant) cannot be sent to Gemini: it refuses a turn without text. Leave the message out, or say something.',
    ],
    [
      user.media({ data: 'aGk=', mimeType: 'application/zip' }),
      'messages[1] (media) cannot be sent to Gemini: it takes images, sounds, videos, texts and PDF, and this is application/zip.',
    ],
    [
      user.media({ url: 'data:image/png,hi' }),
      'messages[1] (media) cannot be sent to Gemini: it takes image/png from "data" or an address of a file, and this is a "url" of another kind.',
    ],
    [
      user.assistant('a', { metadata: { gemini: { thoughts: [1] } } }),
      'messages[1] (assistant) cannot be sent to Gemini: its metadata.gemini.thoughts is to be an array of parts.',
    ],
  ])('refuses %#: %s', (context, message) => {
    expect(() => toGemini(context)).toThrow(expect.objectContaining({ code: 'unsupported_message', message }))
  })

  it('begins with an answer that calls nothing', () => {
    expect(toGemini(createContext().assistant('Hello!')).contents).toEqual([
      { role: 'model', parts: [{ text: 'Hello!' }] },
    ])
  })

  it('refuses an option of a wrong type', () => {
    expect(() => toGemini(user, { thoughtSignature: 1 as unknown as string })).toThrow(
      new TypeError('Expected "thoughtSignature" to be a string, got a number (1).'),
    )
  })
})
