import { GoogleGenAI } from '@google/genai'
import { describe, expect, it } from 'vitest'
import { createFakeGemini } from './create-fake-gemini.ts'

const model = 'gemini-test'
const contents = 'What is the weather in Bern?'

/** The vendor's SDK as it comes. */
function connect(baseUrl: string): GoogleGenAI {
  return new GoogleGenAI({ apiKey: 'test-key', httpOptions: { baseUrl } })
}

function post(url: string, headers: Record<string, string>): Promise<Response> {
  return fetch(url, { method: 'POST', headers: { 'x-goog-api-key': 'k', ...headers }, body: '{}' })
}

describe('createFakeGemini', () => {
  it('keeps files', async () => {
    await using gemini = await createFakeGemini()
    const { files } = connect(gemini.url)
    const file = await files.upload({ file: new Blob(['x'.repeat(9_000_000)], { type: 'text/plain' }) })
    expect(file).toMatchObject({ name: 'files/fake-0', mimeType: 'text/plain', sizeBytes: '9000000', state: 'ACTIVE' })
    expect(await files.get({ name: 'fake-0' })).toMatchObject({ uri: file.uri })
    const names: unknown[] = []
    for await (const { name } of await files.list()) names.push(name)
    expect(names).toEqual(['files/fake-0'])
    await files.delete({ name: 'fake-0' })
    await expect(files.get({ name: 'fake-0' })).rejects.toMatchObject({ status: 404 })
  })

  it('refuses pieces of a file that do not follow each other', async () => {
    await using gemini = await createFakeGemini()
    const begun = await post(`${gemini.url}/upload/v1beta/files`, { 'x-goog-upload-command': 'start' })
    const url = begun.headers.get('x-goog-upload-url') ?? ''
    const piece = { 'x-goog-upload-command': 'upload', 'x-goog-upload-offset': '7' }
    expect((await post(url, piece)).status).toBe(400)
    expect((await post(`${gemini.url}/upload/v1beta/files?upload_id=other`, piece)).status).toBe(404)
  })

  it('keeps cached contents', async () => {
    await using gemini = await createFakeGemini()
    const { caches } = connect(gemini.url)
    const cache = await caches.create({ model, config: { contents, displayName: 'Weather', ttl: '60s' } })
    expect(cache).toMatchObject({ displayName: 'Weather', usageMetadata: { totalTokenCount: 8 } })
    const name = cache.name ?? ''
    expect(await caches.update({ name, config: { ttl: '90s' } })).toMatchObject({ displayName: 'Weather' })
    await caches.delete({ name })
    await expect(caches.get({ name })).rejects.toMatchObject({ status: 404 })
  })

  it('answers batches that come as a file by a file', async () => {
    await using gemini = await createFakeGemini(['It rains.'])
    const { batches, files } = connect(gemini.url)
    const lines = ['a', 'b'].map((key) =>
      JSON.stringify({ key, request: { contents: [{ parts: [{ text: contents }] }] } }),
    )
    const { name: src = '' } = await files.upload({ file: new Blob([lines.join('\n')], { type: 'application/jsonl' }) })
    const { name = '' } = await batches.create({ model, src })
    const { fileName = '' } = (await batches.get({ name })).dest ?? {}
    const answer = await fetch(`${gemini.url}/v1beta/${fileName}:download?alt=media`, {
      headers: { 'x-goog-api-key': 'k' },
    })
    const results = (await answer.text())
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line))
    expect(results).toMatchObject([
      { key: 'a', response: { candidates: [{ content: { parts: [{ text: 'It rains.' }] } }] } },
      { key: 'b', response: { modelVersion: model } },
    ])
  })

  it('answers batches', async () => {
    await using gemini = await createFakeGemini(['It rains.'])
    const { batches } = connect(gemini.url)
    const { name = '', state } = await batches.create({ model, src: [{ contents }, { contents }] })
    expect(state).toBe('JOB_STATE_PENDING')
    const done = await batches.get({ name })
    expect(done.state).toBe('JOB_STATE_SUCCEEDED')
    expect(
      done.dest?.inlinedResponses?.map(({ response }) => response?.candidates?.[0]?.content?.parts?.[0]?.text),
    ).toEqual(['It rains.', 'It rains.'])
    await batches.cancel({ name })
    expect((await batches.get({ name })).state).toBe('JOB_STATE_CANCELLED')
  })
})
