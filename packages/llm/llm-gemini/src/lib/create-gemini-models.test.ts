import { createFakeGemini } from '@empire/test-support/fake-gemini'
import { createFakeServer } from '@empire/test-support/fake-server'
import { describe, expect, it } from 'vitest'
import { createGeminiModels } from './create-gemini-models.ts'
import { toArray } from './to-array.ts'

describe('createGeminiModels', () => {
  it('ends a list that goes in a circle', async () => {
    await using server = await createFakeServer(() => ({
      body: { models: [{ name: 'models/a' }], nextPageToken: 'x' },
    }))
    await expect(toArray(createGeminiModels({ apiKey: 'k', baseUrl: server.url }).list())).rejects.toMatchObject({
      code: 'invalid_response',
      message: 'Gemini gave the same page of a list again.',
    })
    expect(server.requests).toHaveLength(2)
  })

  it.each([
    [{ pageSize: Number.NaN }, 'Expected "pageSize" to be a positive integer, got a number (NaN).'],
    [{ pagesize: 2 }, '"options" has no key "pagesize". Did you mean "pageSize"?'],
  ])('refuses to list by %o', async (options, message) => {
    const models = createGeminiModels({ apiKey: 'k', baseUrl: 'http://127.0.0.1:9' })
    await expect(toArray(models.list(options as never))).rejects.toThrow(new TypeError(message))
  })

  it('lists and shows models', async () => {
    await using server = await createFakeGemini(undefined, { models: ['gemini-a', 'gemini-b'] })
    const models = createGeminiModels({ apiKey: 'k', baseUrl: server.url })
    const one = {
      id: 'gemini-b',
      title: 'gemini-b',
      inputTokens: 1_048_576,
      outputTokens: 65_536,
      methods: ['generateContent', 'countTokens', 'embedContent'],
    }
    expect(await toArray(models.list())).toEqual([{ ...one, id: 'gemini-a', title: 'gemini-a' }, one])
    expect(await models.get('gemini-b')).toEqual(one)
    await expect(models.get('gemini-c')).rejects.toMatchObject({ code: 'invalid_request', details: { status: 404 } })
  })

  it('reads page by page, as models are pulled', async () => {
    await using server = await createFakeServer(({ url }) => {
      const page = Number(url.searchParams.get('pageToken') ?? 0)
      return {
        body: { models: [{ name: `models/m${page}` }], ...(page < 2 ? { nextPageToken: String(page + 1) } : {}) },
      }
    })
    const models = createGeminiModels({ apiKey: 'k', baseUrl: server.url })
    for await (const { id } of models.list({ pageSize: 1 })) {
      expect(id).toBe('m0')
      break
    }
    expect(server.requests.map(({ url }) => url.search)).toEqual(['?pageSize=1'])
    expect((await toArray(models.list())).map(({ id }) => id)).toEqual(['m0', 'm1', 'm2'])
  })

  it('lists those of Google on Vertex AI', async () => {
    await using server = await createFakeGemini()
    const models = createGeminiModels({ apiKey: 'k', vertex: { project: 'p' }, baseUrl: server.url })
    expect(await toArray(models.list())).toEqual([{ id: 'gemini-fake', methods: [] }])
    expect(server.requests[0]?.path).toBe('/v1beta1/publishers/google/models')
  })
})
