import type { ModelRequest } from '@empire/llm'
import { createFakeGemini } from '@empire/test-support/fake-gemini'
import { describe, expect, it } from 'vitest'
import { createGemini, type GeminiOptions } from './create-gemini.ts'
import type { GeminiVertex } from './gemini-connection.ts'
import { toArray } from './to-array.ts'

const request: ModelRequest = { messages: [{ role: 'user', content: 'What is the weather in Bern?' }] }

/** Credentials that need no network. */
function credentials(token: () => Promise<Headers>): GeminiVertex['authOptions'] {
  return { authClient: { getRequestHeaders: token } } as unknown as GeminiVertex['authOptions']
}

/** The address to which a model with these options turns. */
async function addressOf(options: Partial<GeminiOptions>): Promise<string> {
  let address = ''
  const gemini = createGemini({
    model: 'gemini-2.5-flash',
    fetch: async (url) => {
      address = String(url)
      return Response.json({
        candidates: [{ content: { parts: [{ text: 'Rain.' }] }, finishReason: 'STOP' }],
        usageMetadata: {},
      })
    },
    ...options,
  })
  await gemini.generate(request)
  return address
}

describe('createGemini on Vertex AI', () => {
  const authOptions = credentials(async () => new Headers({ authorization: 'Bearer token-1' }))

  it.each([
    [
      { project: 'p', location: 'europe-west4', authOptions },
      'https://europe-west4-aiplatform.googleapis.com/v1beta1/projects/p/locations/europe-west4/publishers/google/models/gemini-2.5-flash:generateContent',
    ],
    [
      { project: 'p', authOptions },
      'https://aiplatform.googleapis.com/v1beta1/projects/p/locations/global/publishers/google/models/gemini-2.5-flash:generateContent',
    ],
    [
      { project: 'p', location: 'eu', authOptions },
      'https://aiplatform.eu.rep.googleapis.com/v1beta1/projects/p/locations/eu/publishers/google/models/gemini-2.5-flash:generateContent',
    ],
  ])('asks %o', async (vertex, address) => {
    expect(await addressOf({ vertex })).toBe(address)
  })

  it('asks without a project in express mode', async () => {
    expect(await addressOf({ vertex: {}, apiKey: 'k' })).toBe(
      'https://aiplatform.googleapis.com/v1beta1/publishers/google/models/gemini-2.5-flash:generateContent',
    )
  })

  it('asks a model by its whole name', async () => {
    const model = 'projects/p/locations/l/endpoints/7'
    expect(await addressOf({ vertex: { project: 'p', authOptions }, model })).toBe(
      'https://aiplatform.googleapis.com/v1beta1/projects/p/locations/l/endpoints/7:generateContent',
    )
  })

  it('proves itself with a token, which it asks for each time', async () => {
    await using server = await createFakeGemini()
    let tokens = 0
    const token = async () => new Headers({ authorization: `Bearer token-${++tokens}` })
    const vertex = { project: 'p', authOptions: credentials(token) }
    const gemini = createGemini({ model: 'gemini-2.5-flash', vertex, baseUrl: server.url })
    await gemini.generate(request)
    await toArray(gemini.stream(request))
    expect(server.requests.map(({ headers }) => headers['authorization'])).toEqual(['Bearer token-1', 'Bearer token-2'])
    expect(server.requests[0]?.headers['x-goog-api-key']).toBeUndefined()
  })

  it('fails without a token', async () => {
    const vertex = { project: 'p', authOptions: credentials(() => Promise.reject(new Error('invalid_grant'))) }
    const gemini = createGemini({ model: 'gemini-2.5-flash', vertex, baseUrl: 'http://127.0.0.1:9' })
    await expect(gemini.generate(request)).rejects.toMatchObject({
      code: 'authentication',
      message: 'Google gave no token. Run "gcloud auth application-default login", or pass "vertex.authOptions".',
    })
  })

  it('ends by an abort while it waits for a token', async () => {
    const vertex = { project: 'p', authOptions: credentials(() => new Promise(() => {})) }
    const gemini = createGemini({ model: 'gemini-2.5-flash', vertex, baseUrl: 'http://127.0.0.1:9' })
    const reason = new Error('enough')
    const controller = new AbortController()
    const counting = gemini.countTokens(request, { signal: controller.signal })
    controller.abort(reason)
    await expect(counting).rejects.toBe(reason)
  })
})
