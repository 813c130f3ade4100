import { createContext } from '@empire/context'
import { appendResponse, type ModelRequest, type ModelResponse, type StreamPart } from '@empire/llm'
import { createFakeGemini, type GeminiStep } from '@empire/test-support/fake-gemini'
import { createFakeServer } from '@empire/test-support/fake-server'
import { describe, expect, it } from 'vitest'
import { createGemini, type GeminiModel } from './create-gemini.ts'
import { toArray } from './to-array.ts'

const request: ModelRequest = { messages: [{ role: 'user', content: 'What is the weather in Bern?' }] }

/** The parts of a streamed answer; a whole one has to say the same. */
async function answer(step: GeminiStep): Promise<{ parts: StreamPart[]; response: ModelResponse }> {
  const same = { responseId: 'r', ...step }
  await using server = await createFakeGemini([same, same])
  const gemini = connect(server.url)
  return { parts: await toArray(gemini.stream(request)), response: await gemini.generate(request) }
}

function connect(baseUrl: string): GeminiModel {
  let calls = 0
  return createGemini({ model: 'gemini-3-pro', apiKey: 'test-key', baseUrl, createId: () => `made_${calls++}` })
}

/** Without what every answer has. */
function content(parts: readonly StreamPart[]): StreamPart[] {
  return parts.filter(({ type }) => type !== 'usage' && type !== 'finish')
}

/** What stands in a piece of the answer is from the first source. */
function support(segment: object) {
  return { segment, groundingChunkIndices: [0] }
}

const grounded: GeminiStep = {
  parts: [{ text: '☔️ Es regnet in Zürich. ' }, { text: 'Morgen nicht.' }],
  candidate: {
    groundingMetadata: {
      webSearchQueries: ['Wetter Zürich'],
      searchEntryPoint: { renderedContent: '<div>' },
      groundingChunks: [
        { web: { uri: 'https://wetter.example/zurich', title: 'Wetter' } },
        { retrievedContext: { uri: 'gs://docs/a.txt', title: 'a.txt', text: 'Tomorrow is dry.' } },
        { maps: { uri: 'https://maps.example/bern', title: 'Bern' } },
      ],
      groundingSupports: [
        { segment: { endIndex: 30, text: '☔️ Es regnet in Zürich.' }, groundingChunkIndices: [0, 1] },
        // Counted otherwise than agreed: the words are believed.
        { segment: { startIndex: 3, endIndex: 9, text: 'Morgen nicht.' }, groundingChunkIndices: [1, 9] },
      ],
    },
  },
}

describe('createGemini reads', () => {
  it('a text in pieces', async () => {
    const { parts, response } = await answer({
      text: ['It ', '', 'rains.'],
      usage: { input: 12, output: 9, cacheRead: 5, reasoning: 4 },
    })
    expect(parts).toEqual([
      { type: 'text-start' },
      { type: 'text-delta', text: 'It ' },
      {
        type: 'usage',
        usage: {
          input: 12,
          cacheRead: 5,
          cacheWrite: 0,
          output: 0,
          reasoning: 0,
          vendor: expect.objectContaining({ promptTokenCount: 17 }),
        },
      },
      { type: 'text-delta', text: 'rains.' },
      {
        type: 'usage',
        usage: {
          input: 12,
          cacheRead: 5,
          cacheWrite: 0,
          output: 5,
          reasoning: 4,
          vendor: {
            promptTokenCount: 17,
            promptTokensDetails: [{ modality: 'TEXT', tokenCount: 17 }],
            cachedContentTokenCount: 5,
            candidatesTokenCount: 5,
            thoughtsTokenCount: 4,
            totalTokenCount: 26,
          },
        },
      },
      { type: 'text-end' },
      { type: 'finish', reason: 'stop', vendorReason: 'STOP', model: 'gemini-3-pro', requestId: 'r' },
    ])
    expect(response).toMatchObject({ text: 'It rains.', finish: { reason: 'stop', requestId: 'r' } })
  })

  it('thoughts before the text', async () => {
    const { parts, response } = await answer({ thinking: ['Clouds. ', 'Rain.'], text: ['It rains.'] })
    expect(content(parts)).toEqual([
      { type: 'reasoning-start' },
      { type: 'reasoning-delta', text: 'Clouds. ' },
      { type: 'reasoning-delta', text: 'Rain.' },
      { type: 'reasoning-end' },
      { type: 'text-start' },
      { type: 'text-delta', text: 'It rains.' },
      { type: 'text-end' },
    ])
    expect(response.reasoning).toEqual([{ text: 'Clouds. Rain.' }])
  })

  it('parallel calls of tools, and gives an id to one without', async () => {
    const { parts, response } = await answer({
      parts: [
        { functionCall: { id: 'one', name: 'get_weather', args: { city: 'Bern' } } },
        { functionCall: { name: 'now' } },
      ],
    })
    expect(content(parts)).toEqual([
      { type: 'tool-call-start', id: 'one', name: 'get_weather' },
      { type: 'tool-call-delta', id: 'one', text: '{"city":"Bern"}' },
      { type: 'tool-call-end', id: 'one', name: 'get_weather', input: { city: 'Bern' } },
      { type: 'tool-call-start', id: 'made_0', name: 'now' },
      { type: 'tool-call-delta', id: 'made_0', text: '{}' },
      { type: 'tool-call-end', id: 'made_0', name: 'now', input: {} },
    ])
    expect(response.finish).toMatchObject({ reason: 'tool-calls', vendorReason: 'STOP' })
  })

  it('calls of one id as two, and keys of arguments whatever they are called', async () => {
    const args = JSON.parse('{ "__proto__": { "a": 1 }, "constructor": 2 }') as Record<string, unknown>
    const { response } = await answer({
      parts: [{ functionCall: { id: 'same', name: 'a', args } }, { functionCall: { id: 'same', name: 'a' } }],
    })
    expect(response.toolCalls.map(({ id, input }) => [id, JSON.stringify(input)])).toEqual([
      ['same', '{"__proto__":{"a":1},"constructor":2}'],
      [expect.stringMatching(/^made_/), '{}'],
    ])
  })

  it('arguments that are no object as another form than agreed', async () => {
    const step = { parts: [{ functionCall: { name: 'a', args: [1] } }] }
    await using server = await createFakeGemini([step, step])
    await expect(connect(server.url).generate(request)).rejects.toMatchObject({
      code: 'invalid_response',
      details: { path: 'candidates[0].content.parts[0].functionCall.args' },
    })
  })

  it('a call whose arguments come in pieces, as Vertex AI streams them', async () => {
    await using server = await createFakeGemini([
      {
        parts: [
          { functionCall: { id: 'one', name: 'get_weather', willContinue: true }, thoughtSignature: 'c2ln' },
          {
            functionCall: {
              partialArgs: [{ jsonPath: '$.city', stringValue: 'Be', willContinue: true }],
              willContinue: true,
            },
          },
          { functionCall: { partialArgs: [{ jsonPath: '$.city', stringValue: 'rn' }], willContinue: true } },
          { functionCall: {} },
          { functionCall: { id: 'two', name: 'now' } },
          { functionCall: { id: 'three', name: 'later', args: { days: 1 }, willContinue: true } },
        ],
      },
    ])
    const parts = content(await toArray(connect(server.url).stream(request)))
    expect(parts.filter(({ type }) => type.startsWith('tool'))).toEqual([
      { type: 'tool-call-start', id: 'one', name: 'get_weather' },
      { type: 'tool-call-delta', id: 'one', text: '{"city":"Bern"}' },
      { type: 'tool-call-end', id: 'one', name: 'get_weather', input: { city: 'Bern' } },
      { type: 'tool-call-start', id: 'two', name: 'now' },
      { type: 'tool-call-delta', id: 'two', text: '{}' },
      { type: 'tool-call-end', id: 'two', name: 'now', input: {} },
      { type: 'tool-call-start', id: 'three', name: 'later' },
      { type: 'tool-call-delta', id: 'three', text: '{"days":1}' },
      { type: 'tool-call-end', id: 'three', name: 'later', input: { days: 1 } },
    ])
  })

  it('a piece of a call that has not begun as it is', async () => {
    const { parts } = await answer({ parts: [{ functionCall: { args: {} } }, { text: 'Hm.' }] })
    expect(content(parts)[0]).toEqual({
      type: 'raw',
      vendor: 'gemini',
      frame: { candidates: [{ content: { parts: [{ functionCall: { args: {} } }] } }] },
    })
  })

  it('pictures', async () => {
    const { parts, response } = await answer({
      parts: [{ text: 'Here:' }, { inlineData: { mimeType: 'image/png', data: 'aGk=' } }],
    })
    expect(content(parts).slice(2)).toEqual([
      { type: 'text-end' },
      { type: 'media', mimeType: 'image/png', data: 'aGk=' },
    ])
    expect(response.media).toEqual([{ mimeType: 'image/png', data: 'aGk=' }])
  })

  it('no draft of a picture as one', async () => {
    const draft = { inlineData: { mimeType: 'image/png', data: 'ZHJhZnQ=' }, thought: true }
    const { parts, response } = await answer({
      parts: [draft, { inlineData: { mimeType: 'image/png', data: 'aGk=' } }],
    })
    expect(response.media).toEqual([{ mimeType: 'image/png', data: 'aGk=' }])
    expect(content(parts)[0]).toEqual({
      type: 'raw',
      vendor: 'gemini',
      frame: { candidates: [{ content: { parts: [draft] } }] },
    })
  })

  it('further answers, which only "vendor" can ask for, as they are', async () => {
    const second = { index: 1, content: { parts: [{ text: 'Sun.' }] }, finishReason: 'STOP' }
    const candidates = [{ content: { parts: [{ text: 'Rain.' }] }, finishReason: 'STOP' }, second]
    await using server = await createFakeServer(() => ({
      events: [{ data: JSON.stringify({ candidates, usageMetadata: {} }) }],
    }))
    const parts = await toArray(connect(server.url).stream(request))
    expect(parts.filter(({ type }) => type === 'text-delta')).toEqual([{ type: 'text-delta', text: 'Rain.' }])
    expect(parts).toContainEqual({ type: 'raw', vendor: 'gemini', frame: { candidates: [second] } })
  })

  it('a text that has more to it', async () => {
    const { parts, response } = await answer({ parts: [{ text: 'It rains.', speechMetadata: { style: 'sad' } }] })
    expect(response.text).toBe('It rains.')
    expect(parts).toContainEqual({
      type: 'raw',
      vendor: 'gemini',
      frame: { candidates: [{ content: { parts: [{ speechMetadata: { style: 'sad' } }] } }] },
    })
  })

  it('sources, with their places in the text', async () => {
    const { response, parts } = await answer(grounded)
    const { text, citations } = response
    expect(citations.map(({ title, url, text: words, start, end }) => [title, url, words, start, end])).toEqual([
      ['Wetter', 'https://wetter.example/zurich', undefined, 0, 23],
      ['a.txt', 'gs://docs/a.txt', 'Tomorrow is dry.', 0, 23],
      ['a.txt', 'gs://docs/a.txt', 'Tomorrow is dry.', 24, 37],
      ['Bern', 'https://maps.example/bern', undefined, undefined, undefined],
    ])
    expect(text.slice(0, 23)).toBe('☔️ Es regnet in Zürich.')
    expect(text.slice(24, 37)).toBe('Morgen nicht.')
    expect(parts.filter(({ type }) => type === 'raw')).toEqual([
      { type: 'raw', vendor: 'gemini', frame: { candidates: [grounded.candidate] } },
    ])
  })

  it.each(['citations', 'citationSources'])('what the model recites: %s', async (field) => {
    const source = { startIndex: 3, endIndex: 9, uri: 'https://a.example', title: 'A', license: 'MIT' }
    const { response } = await answer({ text: 'It rains.', candidate: { citationMetadata: { [field]: [source] } } })
    expect(response.citations).toEqual([
      { url: 'https://a.example', title: 'A', start: 3, end: 9, vendor: { citation: source } },
    ])
  })

  it('places that are counted in a part of the answer', async () => {
    const chunk = { web: { uri: 'https://a.example', title: 'A' } }
    const { parts, response } = await answer({
      parts: [
        { text: 'Grüße. ' },
        { text: 'A thought.', thought: true },
        { text: 'Es regnet. ' },
        { executableCode: { code: 'rain()' } },
        { text: 'Es regnet.' },
      ],
      candidate: {
        groundingMetadata: {
          groundingChunks: [chunk],
          groundingSupports: [
            support({ partIndex: 2, endIndex: 10, text: 'Es regnet.' }),
            support({ partIndex: 4, endIndex: 10, text: 'Es regnet.' }),
            support({ partIndex: 4, startIndex: 3, endIndex: 9 }),
            // Behind the end of its part, and without words: nobody knows where.
            support({ partIndex: 2, startIndex: 3, endIndex: 15 }),
            // Counted in the whole after all, as the words show.
            support({ partIndex: 2, startIndex: 9, endIndex: 19, text: 'Es regnet.' }),
            support({ partIndex: 40, endIndex: 8, text: 'Grüße.' }),
          ],
        },
      },
    })
    expect(response.text).toBe('Grüße. Es regnet. Es regnet.')
    expect(response.citations.map(({ start, end }) => [start, end])).toEqual([
      [7, 17],
      [18, 28],
      [21, 27],
      [undefined, undefined],
      [7, 17],
      [0, 6],
    ])
    expect(parts.flatMap((part) => (part.type === 'citation' ? [part.citation] : []))).toEqual(response.citations)
  })

  it('sources that come before the last frame, a part at a time', async () => {
    const chunk = { web: { uri: 'https://a.example', title: 'A' } }
    const source = { startIndex: 3, endIndex: 9, uri: 'https://b.example' }
    const candidates = [
      {
        content: { parts: [{ text: 'It rains.' }] },
        groundingMetadata: { groundingChunks: [chunk] },
        citationMetadata: { citations: [source] },
      },
      {
        groundingMetadata: {
          groundingSupports: [{ segment: { endIndex: 2, text: 'It' }, groundingChunkIndices: [0] }],
        },
        citationMetadata: { citations: [source, { ...source, uri: 'https://c.example' }] },
      },
      { groundingMetadata: {}, citationMetadata: {}, finishReason: 'STOP' },
    ]
    await using server = await createFakeServer(() => ({
      events: candidates.map((candidate) => ({ data: JSON.stringify({ candidates: [candidate], usageMetadata: {} }) })),
    }))
    const parts = await toArray(connect(server.url).stream(request))
    expect(
      parts.flatMap((part) => (part.type === 'citation' ? [[part.citation.url, part.citation.start]] : [])),
    ).toEqual([
      ['https://a.example', 0],
      ['https://b.example', 3],
      ['https://c.example', 3],
    ])
  })

  it.each([
    ['STOP', 'stop'],
    ['MAX_TOKENS', 'length'],
    ['SAFETY', 'content-filter'],
    ['RECITATION', 'content-filter'],
    ['PROHIBITED_CONTENT', 'content-filter'],
    ['SPII', 'content-filter'],
    ['BLOCKLIST', 'content-filter'],
    ['IMAGE_SAFETY', 'content-filter'],
    ['MALFORMED_FUNCTION_CALL', 'other'],
    ['A_WORD_OF_TOMORROW', 'other'],
  ])('the end %s as %s', async (finishReason, reason) => {
    const { response } = await answer({ text: 'It', finishReason })
    expect(response.finish).toMatchObject({ reason, vendorReason: finishReason })
  })

  it('an answer of nothing', async () => {
    const { parts, response } = await answer({ finishReason: 'MAX_TOKENS' })
    expect(content(parts)).toEqual([])
    expect(response).toMatchObject({ text: '', finish: { reason: 'length' } })
  })

  it('a request that was refused', async () => {
    const step = { blockReason: 'PROHIBITED_CONTENT', responseId: 'r', usage: { input: 7, output: 0 } }
    await using server = await createFakeGemini([step, step])
    const gemini = connect(server.url)
    const error = {
      code: 'content_filtered',
      message: 'Gemini refused the request: PROHIBITED_CONTENT. Change what it asks for.',
      retryable: false,
      details: { blockReason: 'PROHIBITED_CONTENT', requestId: 'r', usage: { input: 7, output: 0 } },
    }
    await expect(gemini.generate(request)).rejects.toMatchObject(error)
    await expect(toArray(gemini.stream(request))).rejects.toMatchObject(error)
  })

  it('why a request was refused, without the key', async () => {
    const promptFeedback = { blockReason: 'SAFETY', blockReasonMessage: 'Not test-key.', safetyRatings: ['test-key'] }
    await using server = await createFakeServer(() => ({ body: { promptFeedback } }))
    await expect(connect(server.url).generate(request)).rejects.toMatchObject({
      code: 'content_filtered',
      message: 'Gemini refused the request: SAFETY (Not [redacted]). Change what it asks for.',
      details: {
        blockReason: 'SAFETY',
        body: {
          promptFeedback: {
            blockReason: 'SAFETY',
            blockReasonMessage: 'Not [redacted].',
            safetyRatings: ['[redacted]'],
          },
        },
      },
    })
  })

  it('what it does not know as it is', async () => {
    const tool = { executableCode: { language: 'PYTHON', code: 'print(1)' } }
    const { parts, response } = await answer({
      parts: [tool, { text: 'One.' }],
      candidate: { avgLogprobs: -0.1, urlContextMetadata: { urlMetadata: [] } },
    })
    expect(parts.filter(({ type }) => type === 'raw')).toEqual([
      { type: 'raw', vendor: 'gemini', frame: { candidates: [{ content: { parts: [tool] } }] } },
      {
        type: 'raw',
        vendor: 'gemini',
        frame: { candidates: [{ avgLogprobs: -0.1, urlContextMetadata: { urlMetadata: [] } }] },
      },
    ])
    expect(response.text).toBe('One.')
  })
})

/** The turn of the model in a request that goes on from its answer. */
async function replay(parts: GeminiStep['parts'] = []): Promise<unknown> {
  await using server = await createFakeGemini([{ parts }, 'Done.'])
  const gemini = connect(server.url)
  const asked = createContext().user('What is the weather in Bern?')
  const response = await gemini.generate({ messages: asked })
  let context = appendResponse(asked, response)
  for (const { id } of response.toolCalls) context = context.toolResult({ id, result: 'rain' })
  await gemini.generate({ messages: context.user('Thanks.') })
  const body = server.requests.at(-1)?.json as { contents: { role: string; parts: unknown[] }[] } | undefined
  return body?.contents.find(({ role }) => role === 'model')?.parts
}

describe('createGemini sends back what Gemini has signed', () => {
  it('calls', async () => {
    const parts = [
      { functionCall: { id: 'one', name: 'get_weather', args: { city: 'Bern' } }, thoughtSignature: 'c2ln' },
      { functionCall: { id: 'two', name: 'get_weather', args: { city: 'Basel' } } },
    ]
    expect(await replay(parts)).toEqual(parts)
  })

  it('each call with its own', async () => {
    const parts = [
      { text: 'Let me see.' },
      { functionCall: { id: 'one', name: 'a', args: {} }, thoughtSignature: 'b25l' },
      { functionCall: { id: '__proto__', name: 'b', args: {} }, thoughtSignature: 'dHdv' },
    ]
    expect(await replay(parts)).toEqual(parts)
  })

  it('texts', async () => {
    expect(await replay([{ text: 'It ' }, { text: 'rains.', thoughtSignature: 'c2ln' }])).toEqual([
      { text: 'It rains.', thoughtSignature: 'c2ln' },
    ])
  })

  it('a signature that comes alone behind a text', async () => {
    expect(await replay([{ text: 'It rains.' }, { text: '', thoughtSignature: 'c2ln' }])).toEqual([
      { text: 'It rains.', thoughtSignature: 'c2ln' },
    ])
  })

  it('a signature that comes alone before a call', async () => {
    const parts = [{ text: '', thoughtSignature: 'c2ln' }, { functionCall: { id: 'one', name: 'a', args: {} } }]
    expect(await replay(parts)).toEqual(parts)
  })

  it('thoughts, if they are signed', async () => {
    const signed = { text: 'Clouds.', thought: true, thoughtSignature: 'c2ln' }
    expect(await replay([signed, { text: 'It rains.' }])).toEqual([signed, { text: 'It rains.' }])
    expect(await replay([{ text: 'Clouds.', thought: true }, { text: 'It rains.' }])).toEqual([{ text: 'It rains.' }])
  })

  it('what its own tools did', async () => {
    const tool = [
      { executableCode: { language: 'PYTHON', code: 'print(1)' }, thoughtSignature: 'c2ln' },
      { codeExecutionResult: { outcome: 'OUTCOME_OK', output: '1' } },
    ]
    expect(await replay([...tool, { text: 'One.' }])).toEqual([...tool, { text: 'One.' }])
  })

  it('pictures, if they are signed', async () => {
    const picture = { inlineData: { mimeType: 'image/png', data: 'aGk=' }, thoughtSignature: 'c2ln' }
    expect(await replay([picture, { text: 'There.' }])).toEqual([picture, { text: 'There.' }])
  })
})
