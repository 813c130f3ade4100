import { createFakeGemini } from '@empire/test-support/fake-gemini'
import { describe, expect, it } from 'vitest'
import { createGemini } from './create-gemini.ts'
import { createGeminiCaches } from './create-gemini-caches.ts'
import { toArray } from './to-array.ts'

const messages = [
  { role: 'system', content: 'Answer from the manual.' },
  { role: 'user', content: 'The manual: …' },
] as const
const expiresAt = Date.parse('2030-01-01T00:00:00Z')

describe('createGeminiCaches', () => {
  it('takes the names of projects with a domain, and refuses what it does not know', async () => {
    await using server = await createFakeGemini()
    const caches = createGeminiCaches({ apiKey: 'k', baseUrl: server.url })
    const name = 'projects/example.com:p/locations/eu/cachedContents/5'
    await expect(caches.get(name)).rejects.toMatchObject({ code: 'invalid_request', details: { status: 404 } })
    const input = { model: 'gemini-x', request: { messages: [{ role: 'user', content: 'x' }] }, tll: 5 } as never
    await expect(caches.create(input)).rejects.toThrow(new TypeError('"input" has no key "tll". Did you mean "ttl"?'))
  })

  it('keeps messages and tools, which a model then reads', async () => {
    await using server = await createFakeGemini()
    const connection = { apiKey: 'k', baseUrl: server.url }
    const caches = createGeminiCaches(connection)
    const tools = [{ name: 'now', input: { type: 'object' } }]
    const request = { messages, tools, toolChoice: 'auto' } as const
    const cache = await caches.create({ model: 'gemini-2.5-flash', request, ttl: 600, title: 'Manual' })
    expect(cache).toEqual({
      name: 'cachedContents/fake-0',
      model: 'gemini-2.5-flash',
      title: 'Manual',
      tokens: 11,
      expiresAt,
    })
    expect(server.requests[0]?.path).toBe('/v1beta/cachedContents')
    expect(server.requests[0]?.json).toEqual({
      model: 'models/gemini-2.5-flash',
      systemInstruction: { parts: [{ text: 'Answer from the manual.' }] },
      contents: [{ role: 'user', parts: [{ text: 'The manual: …' }] }],
      tools: [{ functionDeclarations: [{ name: 'now' }] }],
      toolConfig: { functionCallingConfig: { mode: 'AUTO' } },
      ttl: '600s',
      displayName: 'Manual',
    })
    const gemini = createGemini({ model: cache.model, cachedContent: cache.name, ...connection })
    await gemini.generate({ messages: [{ role: 'user', content: 'Page 7?' }] })
    expect(server.requests[1]?.json).toEqual({
      contents: [{ role: 'user', parts: [{ text: 'Page 7?' }] }],
      cachedContent: 'cachedContents/fake-0',
    })
  })

  it('shows, extends, lists and deletes', async () => {
    await using server = await createFakeGemini()
    const caches = createGeminiCaches({ apiKey: 'k', baseUrl: server.url })
    for (const title of ['a', 'b', 'c'])
      await caches.create({ model: 'gemini-2.5-flash', request: { messages }, title })
    expect(await caches.get('fake-1')).toMatchObject({ title: 'b' })
    expect(await caches.extend('fake-1', 60)).toMatchObject({ title: 'b' })
    const { method, url, json } = server.requests.at(-1) ?? {}
    expect([method, url?.search, json]).toEqual(['PATCH', '?updateMask=ttl', { ttl: '60s' }])
    await caches.delete('cachedContents/fake-0')
    const titles = (await toArray(caches.list({ pageSize: 1 }))).map(({ title }) => title)
    expect(titles).toEqual(['b', 'c'])
  })

  it('keeps them in a project of Vertex AI', async () => {
    await using server = await createFakeGemini()
    const vertex = {
      project: 'p',
      authOptions: {
        authClient: { getRequestHeaders: async () => new Headers({ authorization: 'Bearer t' }) },
      } as never,
    }
    const caches = createGeminiCaches({ vertex, baseUrl: server.url })
    const cache = await caches.create({ model: 'gemini-2.5-flash', request: { messages } })
    expect(cache).toMatchObject({
      name: 'projects/p/locations/global/cachedContents/fake-0',
      model: 'gemini-2.5-flash',
    })
    expect(server.requests[0]?.json).toMatchObject({
      model: 'projects/p/locations/global/publishers/google/models/gemini-2.5-flash',
    })
    expect(await caches.get(cache.name)).toEqual(cache)
  })

  it('refuses what it does not keep', async () => {
    const caches = createGeminiCaches({ apiKey: 'k', baseUrl: 'http://127.0.0.1:9' })
    await expect(
      caches.create({ model: 'gemini-2.5-flash', request: { messages, temperature: 1, seed: 1 } }),
    ).rejects.toMatchObject({
      code: 'invalid_request',
      message:
        'A cache of Gemini keeps messages and tools, and not temperature, seed. Set that in the requests that use it.',
    })
    await expect(caches.create({ model: 'gemini-2.5-flash', request: { messages }, ttl: 0 })).rejects.toThrow(
      new TypeError('Expected "ttl" to be a positive integer, got a number (0).'),
    )
  })
})
