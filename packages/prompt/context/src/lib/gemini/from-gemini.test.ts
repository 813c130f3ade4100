import { createFakeGemini } from '@empire/test-support/fake-gemini'
import { GoogleGenAI } from '@google/genai'
import { describe, expect, it } from 'vitest'
import { createContext } from '../context.ts'
import { fromGemini, type GeminiHistory } from './from-gemini.ts'
import { toGemini } from './to-gemini.ts'

const thought = { text: 'Hm.', thought: true }

/** Each kind of part there is. */
const history = {
  systemInstruction: { parts: [{ text: 'Be brief.' }] },
  contents: [
    {
      role: 'user',
      parts: [
        { text: 'What?' },
        { inlineData: { mimeType: 'image/png', data: 'aGk=' }, mediaResolution: { level: 'LOW' } },
        { fileData: { mimeType: 'video/mp4', fileUri: 'https://example.com/a' } },
      ],
    },
    {
      role: 'model',
      parts: [
        thought,
        { functionCall: { id: 'a', name: 'look', args: { at: 1 } }, thoughtSignature: 's' },
        { functionCall: { id: 'b', name: 'look', args: {} } },
      ],
    },
    {
      role: 'user',
      parts: [
        { functionResponse: { id: 'a', name: 'look', response: { error: 'no' } } },
        { functionResponse: { id: 'b', name: 'look', response: { output: 'yes' } } },
      ],
    },
    { role: 'model', parts: [{ text: 'Well.' }, { text: '', thoughtSignature: 't' }, thought] },
  ],
}

function call(name: string): object {
  return { functionCall: { name } }
}

function response(name: string, n: number): object {
  return { functionResponse: { name, response: { n } } }
}

describe('fromGemini', () => {
  it('reads each part as a message, and keeps what only Gemini knows', () => {
    const context = fromGemini(history, { model: 'gemini-3' })
    expect(context.model).toBe('gemini-3')
    expect(context.messages.map((message) => ({ ...message, id: undefined }))).toEqual([
      { role: 'system', raw: 'Be brief.' },
      { role: 'user', raw: 'What?' },
      {
        role: 'media',
        raw: '[image/png, 2 bytes]',
        mimeType: 'image/png',
        data: 'aGk=',
        size: 2,
        metadata: { gemini: { mediaResolution: { level: 'LOW' } } },
      },
      { role: 'media', raw: 'https://example.com/a', mimeType: 'video/mp4', url: 'https://example.com/a' },
      {
        role: 'tool',
        raw: '{"at":1}',
        callId: 'a',
        tool: 'look',
        args: { at: 1 },
        metadata: { gemini: { thoughtSignature: 's', thoughts: [thought] } },
      },
      { role: 'tool', raw: '{}', callId: 'b', tool: 'look', args: {} },
      { role: 'tool_result', raw: 'no', callId: 'a', tool: 'look', result: 'no', isError: true },
      { role: 'tool_result', raw: 'yes', callId: 'b', tool: 'look', result: 'yes' },
      { role: 'assistant', raw: 'Well.' },
      { role: 'assistant', raw: '', metadata: { gemini: { thoughtSignature: 't' } } },
      { role: 'assistant', raw: '', metadata: { gemini: { thoughts: [thought] } } },
    ])
    expect(toGemini(context)).toEqual(history)
  })

  it('pairs calls that have no ids by their names, in order', () => {
    const contents = [
      { parts: [{ text: 'Go.' }] },
      { role: 'model', parts: [call('a'), call('b'), call('a')] },
      { role: 'function', parts: [response('b', 1), response('a', 2), response('a', 3)] },
    ]
    const context = fromGemini({ contents })
    expect(context.messages.flatMap((message) => ('callId' in message ? [message.callId] : []))).toEqual([
      'call_1',
      'call_2',
      'call_3',
      'call_2',
      'call_1',
      'call_3',
    ])
    expect(fromGemini({ contents }).equals(context)).toBe(true)
  })

  it.each<[unknown]>([['Be brief.'], [{ text: 'Be brief.' }], [['Be brief.']], [[{ text: 'Be brief.' }]]])(
    'takes the instruction %j',
    (systemInstruction) => {
      const context = fromGemini({ systemInstruction, contents: [] } as GeminiHistory)
      expect(context.messages).toMatchObject([{ role: 'system', raw: 'Be brief.' }])
    },
  )

  it('takes a signature that comes alone', () => {
    expect(fromGemini({ contents: [{ role: 'model', parts: [{ thoughtSignature: 's' }] }] }).messages).toMatchObject([
      { role: 'assistant', raw: '', metadata: { gemini: { thoughtSignature: 's' } } },
    ])
  })

  it.each<[unknown, string, string]>([
    [{}, 'contents', 'expected an array, got undefined.'],
    [{ contents: [{ role: 'system' }] }, 'contents[0].role', 'expected "user" or "model", got a string ("system").'],
    [{ contents: [{ role: 'user' }] }, 'contents[0].parts', 'expected an array, got undefined.'],
    [
      { contents: [{ role: 'model', parts: [{ executableCode: {} }] }] },
      'contents[0].parts[0]',
      'expected one of text, functionCall, got a string ("executableCode").',
    ],
    [
      { contents: [{ role: 'model', parts: [{ inlineData: {} }] }] },
      'contents[0].parts[0]',
      'expected one of text, functionCall, got a string ("inlineData").',
    ],
    [
      { contents: [{ parts: [{ functionResponse: { name: 'look', response: {} } }] }] },
      'contents[0].parts[0].functionResponse.id',
      'expected a string, got undefined.',
    ],
    [
      { contents: [{ parts: [{ functionResponse: { id: 'a', name: 'look', response: 1 } }] }] },
      'contents[0].parts[0].functionResponse.response',
      'expected an object, got a number (1).',
    ],
    [
      { contents: [{ parts: [{ functionResponse: { id: 'a', name: 'look', parts: [] } }] }] },
      'contents[0].parts[0].functionResponse.parts',
      'expected no media, got an empty array.',
    ],
  ])('refuses %j', (given, path, problem) => {
    expect(() => fromGemini(given as GeminiHistory)).toThrow(
      expect.objectContaining({
        code: 'invalid_history',
        message: `This history of Gemini cannot be read: ${path}: ${problem}`,
        details: { vendor: 'Gemini', path },
      }),
    )
  })

  it('goes on with what the real client was answered', async () => {
    await using server = await createFakeGemini([
      { toolCalls: [{ id: 'c1', name: 'weather', input: { city: 'Bern' } }] },
      { text: 'It rains.' },
    ])
    const client = new GoogleGenAI({ apiKey: 'test-key', httpOptions: { baseUrl: server.url } })
    const ask = async (asked: typeof context) => {
      const { contents, ...config } = toGemini(asked)
      return client.models.generateContent({ model: 'gemini-3', contents, config })
    }
    const context = createContext().system('Be brief.').user('Rain?')
    const { candidates = [] } = await ask(context)
    const answered = context
      .concat(fromGemini({ contents: [candidates[0]?.content ?? {}] }))
      .toolResult({ id: 'c1', result: { rain: true } })
    await ask(answered)
    expect(server.requests[1]?.json).toMatchObject({
      systemInstruction: { parts: [{ text: 'Be brief.' }] },
      contents: [
        { role: 'user', parts: [{ text: 'Rain?' }] },
        { role: 'model', parts: [{ functionCall: { id: 'c1', name: 'weather', args: { city: 'Bern' } } }] },
        { role: 'user', parts: [{ functionResponse: { id: 'c1', name: 'weather', response: { rain: true } } }] },
      ],
    })
  })
})
