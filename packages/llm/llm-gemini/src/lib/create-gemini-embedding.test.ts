import { createFakeGemini } from '@empire/test-support/fake-gemini'
import { createFakeServer } from '@empire/test-support/fake-server'
import { describe, expect, it } from 'vitest'
import { createGeminiEmbedding, type GeminiEmbeddingOptions } from './create-gemini-embedding.ts'

const model = 'gemini-embedding-001'

function lengthOf(vector: readonly number[] = []): number {
  return Math.hypot(...vector)
}

describe('createGeminiEmbedding', () => {
  it('embeds one text', async () => {
    await using server = await createFakeGemini()
    const embedding = createGeminiEmbedding({ model, apiKey: 'k', baseUrl: server.url })
    const { vectors, usage } = await embedding.embed(['rain'])
    expect(vectors.map(({ length }) => length)).toEqual([768])
    expect(usage).toBeUndefined()
    expect(server.requests.map(({ path, json }) => [path, json])).toEqual([
      ['/v1beta/models/gemini-embedding-001:embedContent', { content: { parts: [{ text: 'rain' }] } }],
    ])
  })

  it('embeds many texts at once, shorter and for a purpose', async () => {
    await using server = await createFakeGemini()
    const embedding = createGeminiEmbedding({ model, apiKey: 'k', baseUrl: server.url })
    const { vectors } = await embedding.embed(['rain', 'sun'], { dimensions: 8, purpose: 'document' })
    expect(vectors.map(({ length }) => length)).toEqual([8, 8])
    const settings = { taskType: 'RETRIEVAL_DOCUMENT', outputDimensionality: 8 }
    expect(server.requests.map(({ path, json }) => [path, json])).toEqual([
      [
        '/v1beta/models/gemini-embedding-001:batchEmbedContents',
        {
          requests: [
            { model: 'models/gemini-embedding-001', content: { parts: [{ text: 'rain' }] }, ...settings },
            { model: 'models/gemini-embedding-001', content: { parts: [{ text: 'sun' }] }, ...settings },
          ],
        },
      ],
    ])
  })

  it.each([
    ['query', 'RETRIEVAL_QUERY'],
    [undefined, 'CLUSTERING'],
  ] as const)('says that %s is %s', async (purpose, taskType) => {
    await using server = await createFakeGemini()
    const embedding = createGeminiEmbedding({ model, apiKey: 'k', baseUrl: server.url, taskType: 'CLUSTERING' })
    await embedding.embed(['rain'], { purpose })
    expect(server.requests[0]?.json).toMatchObject({ taskType })
  })

  it('takes any number of texts, in their order', async () => {
    await using server = await createFakeGemini()
    const embedding = createGeminiEmbedding({ model, apiKey: 'k', baseUrl: server.url, dimensions: 16 })
    const texts = Array.from({ length: 201 }, (_, index) => `text ${index}`)
    const { vectors } = await embedding.embed(texts)
    expect(server.requests.map(({ path }) => path.replace(/.*:/, ''))).toEqual([
      'batchEmbedContents',
      'batchEmbedContents',
      'embedContent',
    ])
    expect(vectors).toHaveLength(201)
    const alone = await embedding.embed(['text 150'])
    expect(vectors[150]).toEqual(alone.vectors[0])
    expect(embedding).toMatchObject({ id: model, dimensions: 16, maxTexts: 100 })
  })

  it('asks nothing for no texts', async () => {
    const embedding = createGeminiEmbedding({ model, apiKey: 'k', baseUrl: 'http://127.0.0.1:9' })
    expect(await embedding.embed([])).toEqual({ vectors: [] })
  })

  it('brings shortened vectors to length 1, and leaves whole ones as they are', async () => {
    await using server = await createFakeServer(() => ({
      body: { embedding: { values: [3, 4] }, usageMetadata: { promptTokenCount: 2 } },
    }))
    const embedding = createGeminiEmbedding({ model, apiKey: 'k', baseUrl: server.url })
    expect(await embedding.embed(['rain'])).toEqual({ vectors: [[3, 4]], usage: { input: 2 } })
    const { vectors } = await embedding.embed(['rain'], { dimensions: 2 })
    expect(lengthOf(vectors[0])).toBeCloseTo(1, 12)
  })

  it('leaves a vector of nothing as it is', async () => {
    await using server = await createFakeServer(() => ({ body: { embedding: { values: [0, 0] } } }))
    const embedding = createGeminiEmbedding({ model, apiKey: 'k', baseUrl: server.url, dimensions: 2 })
    expect((await embedding.embed([''])).vectors).toEqual([[0, 0]])
  })

  it.each([
    [['a', 'b'], { embeddings: [{ values: [1] }] }, 'Expected vectors for 2 texts from Gemini, but others came.'],
    [
      ['a', 'b'],
      { embeddings: [{ values: [1] }, { values: [1, 2] }] },
      'Expected vectors of one length from Gemini, but others came.',
    ],
    [['a'], {}, 'Expected vectors for 1 texts from Gemini, but others came.'],
    [
      ['a'],
      { embedding: { values: 'text' } },
      'Gemini sent "embedding.values" in another form than agreed: Invalid input: expected array, received string. The client may be too old for this API.',
    ],
  ])('refuses an answer for %j of %j', async (texts, body, message) => {
    await using server = await createFakeServer(() => ({ body }))
    const embedding = createGeminiEmbedding({ model, apiKey: 'k', baseUrl: server.url })
    await expect(embedding.embed(texts)).rejects.toMatchObject({ code: 'invalid_response', message })
  })

  it('embeds on Vertex AI by "predict", and counts', async () => {
    await using server = await createFakeGemini()
    const vertex = {}
    const old = createGeminiEmbedding({ model: 'text-embedding-005', apiKey: 'k', vertex, baseUrl: server.url })
    const { vectors, usage } = await old.embed(['rain', 'sun'], { dimensions: 8, purpose: 'query' })
    expect(vectors.map(({ length }) => length)).toEqual([8, 8])
    expect(usage).toEqual({ input: 2 })
    expect(server.requests.map(({ path, json }) => [path, json])).toEqual([
      [
        '/v1beta1/publishers/google/models/text-embedding-005:predict',
        {
          instances: [
            { content: 'rain', task_type: 'RETRIEVAL_QUERY' },
            { content: 'sun', task_type: 'RETRIEVAL_QUERY' },
          ],
          parameters: { outputDimensionality: 8 },
        },
      ],
    ])
  })

  it('embeds one by one on Vertex AI with models that take no more', async () => {
    await using server = await createFakeGemini()
    const connection = { apiKey: 'k', vertex: {}, baseUrl: server.url }
    await createGeminiEmbedding({ model, ...connection }).embed(['rain', 'sun'])
    await createGeminiEmbedding({ model: 'gemini-embedding-2', ...connection }).embed(['rain', 'sun'], {
      dimensions: 8,
    })
    expect(server.requests.map(({ path, json }) => [path.replace(/.*models\//, ''), json])).toEqual([
      ['gemini-embedding-001:predict', { instances: [{ content: 'rain' }] }],
      ['gemini-embedding-001:predict', { instances: [{ content: 'sun' }] }],
      [
        'gemini-embedding-2:embedContent',
        { content: { parts: [{ text: 'rain' }] }, embedContentConfig: { outputDimensionality: 8 } },
      ],
      [
        'gemini-embedding-2:embedContent',
        { content: { parts: [{ text: 'sun' }] }, embedContentConfig: { outputDimensionality: 8 } },
      ],
    ])
  })

  it.each([
    ['text', {}, 'Expected "texts" to be an array of strings.'],
    [[5], {}, 'Expected "texts" to be an array of strings.'],
    [['a'], { purpose: 'x' }, 'Expected "purpose" to be "query" or "document", got a string ("x").'],
    [['a'], { dimension: 5 }, '"options" has no key "dimension". Did you mean "dimensions"?'],
  ])('refuses to embed %j with %j', async (texts, options, message) => {
    const embedding = createGeminiEmbedding({
      model: 'gemini-embedding-001',
      apiKey: 'k',
      baseUrl: 'http://127.0.0.1:9',
    })
    await expect(embedding.embed(texts as never, options as never)).rejects.toThrow(new TypeError(message))
  })

  it('refuses vectors of another length than it asked for', async () => {
    await using server = await createFakeServer(() => ({ body: { embedding: { values: [1, 2, 3] } } }))
    const embedding = createGeminiEmbedding({ model: 'embedding-001', apiKey: 'k', baseUrl: server.url, dimensions: 2 })
    await expect(embedding.embed(['a'])).rejects.toMatchObject({
      code: 'invalid_response',
      message: 'Expected vectors of 2 numbers from Gemini, but others came.',
    })
  })

  it('throws the reason of an abort, before and between the requests', async () => {
    await using server = await createFakeGemini()
    const reason = new Error('enough')
    const controller = new AbortController()
    const embedding = createGeminiEmbedding({
      model,
      apiKey: 'k',
      baseUrl: server.url,
      maxTexts: 1,
      fetch: async (url, init) => {
        const response = await fetch(url, init)
        controller.abort(reason)
        return response
      },
    })
    await expect(embedding.embed(['a', 'b'], { signal: controller.signal })).rejects.toBe(reason)
    await expect(embedding.embed(['a'], { signal: controller.signal })).rejects.toBe(reason)
    expect(server.requests).toHaveLength(1)
  })

  it.each([
    [{ dimensions: 0 }, 'Expected "dimensions" to be a positive integer, got a number (0).'],
    [{ maxTexts: 1.5 }, 'Expected "maxTexts" to be a positive integer, got a number (1.5).'],
    [{ dimension: 8 }, '"options" has no key "dimension". Did you mean "dimensions"?'],
  ])('refuses %o', (options, message) => {
    expect(() => createGeminiEmbedding({ model, apiKey: 'k', ...options } as GeminiEmbeddingOptions)).toThrow(
      new TypeError(message),
    )
  })
})
