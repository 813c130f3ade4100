import { writeFile } from 'node:fs/promises'
import { getEventListeners } from 'node:events'
import { join } from 'node:path'
import { createManualClock } from '@empire/test-support/clock'
import { createFakeGemini } from '@empire/test-support/fake-gemini'
import { createFakeServer } from '@empire/test-support/fake-server'
import { temporaryDirectory } from '@empire/test-support'
import { describe, expect, it } from 'vitest'
import { createGeminiFiles } from './create-gemini-files.ts'
import { toArray } from './to-array.ts'

const file = {
  name: 'files/fake-0',
  url: 'https://generativelanguage.googleapis.com/v1beta/files/fake-0',
  mimeType: 'text/plain',
  state: 'active',
  size: 5,
  expiresAt: Date.parse('2030-01-01T00:00:00Z'),
}

describe('createGeminiFiles', () => {
  it('uploads a blob, shows it and deletes it', async () => {
    await using server = await createFakeGemini(undefined, { apiKey: 'test-key' })
    const files = createGeminiFiles({ apiKey: 'test-key', baseUrl: server.url })
    const blob = new Blob(['Hello'], { type: 'text/plain' })
    expect(await files.upload({ file: blob, title: 'Greeting' })).toEqual({ ...file, title: 'Greeting' })
    expect(await files.get('fake-0')).toMatchObject(file)
    expect(await toArray(files.list())).toMatchObject([file])
    await files.delete('files/fake-0')
    await expect(files.get('fake-0')).rejects.toMatchObject({ code: 'invalid_request', details: { status: 404 } })
    const [start, bytes] = server.requests
    expect(start?.path).toBe('/upload/v1beta/files')
    expect(start?.json).toEqual({ file: { mimeType: 'text/plain', displayName: 'Greeting', sizeBytes: '5' } })
    expect(bytes?.body).toBe('Hello')
  })

  it('uploads the file of a path in pieces', async () => {
    await using folder = await temporaryDirectory()
    const path = join(folder.path, 'long.txt')
    await writeFile(path, 'x'.repeat(20_000_000))
    await using server = await createFakeGemini()
    const files = createGeminiFiles({ apiKey: 'k', baseUrl: server.url })
    expect(await files.upload({ file: path, name: 'long' })).toMatchObject({
      name: 'files/long',
      mimeType: 'text/plain',
      size: 20_000_000,
    })
    expect(server.requests.length).toBeGreaterThan(2)
  })

  it('sends no piece twice when the answer to it is odd', async () => {
    await using server = await createFakeServer(({ headers, url }) =>
      headers['x-goog-upload-command'] === 'start' ? { headers: { 'x-goog-upload-url': url.href } } : { body: {} },
    )
    const files = createGeminiFiles({ apiKey: 'k', baseUrl: server.url })
    await expect(files.upload({ file: new Blob(['Hello']), mimeType: 'text/plain' })).rejects.toMatchObject({
      code: 'invalid_response',
    })
    expect(server.requests).toHaveLength(2)
  })

  it('gives the errors of the API', async () => {
    await using server = await createFakeGemini(undefined, { apiKey: 'right' })
    const files = createGeminiFiles({ apiKey: 'wrong', baseUrl: server.url })
    await expect(files.upload({ file: new Blob(['x'], { type: 'text/plain' }) })).rejects.toMatchObject({
      code: 'authentication',
    })
    await expect(toArray(files.list())).rejects.toMatchObject({ code: 'authentication' })
  })

  it('ends an upload by an abort while it waits for the key', async () => {
    const files = createGeminiFiles({ apiKey: () => new Promise(() => {}), baseUrl: 'http://127.0.0.1:9' })
    const controller = new AbortController()
    const { signal } = controller
    const sending = files.upload({ file: new Blob(['x'], { type: 'text/plain' }) }, { signal })
    const reason = new Error('enough')
    setImmediate(() => controller.abort(reason))
    await expect(sending).rejects.toBe(reason)
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  it.each([new Error('enough'), 'enough'])('throws the reason of an abort untouched: %s', async (reason) => {
    await using server = await createFakeServer(() => new Promise(() => {}))
    const files = createGeminiFiles({ apiKey: 'k', baseUrl: server.url })
    const controller = new AbortController()
    const sending = files.upload({ file: new Blob(['x'], { type: 'text/plain' }) }, { signal: controller.signal })
    const failure = sending.catch((error: unknown) => error)
    await server.whenReceived(1)
    controller.abort(reason)
    expect(await failure).toBe(reason)
    await server.whenIdle()
  })

  it('waits until Google has read a file', async () => {
    const clock = createManualClock()
    const states = ['PROCESSING', 'PROCESSING', 'ACTIVE']
    const raw = { name: 'files/a', uri: 'u', mimeType: 'video/mp4' }
    await using server = await createFakeServer(({ index }) => ({ body: { ...raw, state: states[index] } }))
    const files = createGeminiFiles({ apiKey: 'k', baseUrl: server.url, clock })
    const waiting = files.whenActive('a')
    for (const _ of [1, 2]) {
      await clock.whenWaiting()
      await clock.advance(2000)
    }
    expect(await waiting).toMatchObject({ name: 'files/a', state: 'active' })
    expect(server.requests).toHaveLength(3)
  })

  it('waits no longer for a file that cannot be read, nor after an abort', async () => {
    const raw = { name: 'files/a', uri: 'u', mimeType: 'video/mp4' }
    await using failed = await createFakeServer(() => ({ body: { ...raw, state: 'FAILED' } }))
    await expect(createGeminiFiles({ apiKey: 'k', baseUrl: failed.url }).whenActive('a')).rejects.toMatchObject({
      code: 'invalid_response',
      message: 'Gemini could not read files/a as video/mp4. Check its type and content.',
    })
    await using busy = await createFakeServer(() => ({ body: { ...raw, state: 'PROCESSING' } }))
    const clock = createManualClock()
    const controller = new AbortController()
    const files = createGeminiFiles({ apiKey: 'k', baseUrl: busy.url, clock })
    const waiting = files.whenActive('a', { signal: controller.signal })
    await clock.whenWaiting()
    const reason = new Error('enough')
    controller.abort(reason)
    await expect(waiting).rejects.toBe(reason)
    expect(clock.waiting).toBe(0)
  })

  it.each([
    [{ file: 5 }, 'Expected "file" to be a Blob or the path of a file, got a number (5).'],
    [{ fille: 'a.txt' }, '"input" has no key "fille". Did you mean "file"?'],
    [undefined, '"input" must be an object, got undefined.'],
    [{ file: new Blob([]) }, 'Expected "file" to have content, got an empty one.'],
    [
      { file: new Blob(['x']) },
      'Expected "mimeType", for the file does not say what it is: { file, mimeType: "audio/mpeg" }.',
    ],
  ])('refuses to upload %o', async (input, message) => {
    const files = createGeminiFiles({ apiKey: 'k', baseUrl: 'http://127.0.0.1:9' })
    await expect(files.upload(input as never)).rejects.toThrow(new TypeError(message))
  })

  it('refuses the path of an empty file', async () => {
    await using folder = await temporaryDirectory()
    const path = join(folder.path, 'empty.txt')
    await writeFile(path, '')
    const files = createGeminiFiles({ apiKey: 'k', baseUrl: 'http://127.0.0.1:9' })
    await expect(files.upload({ file: path })).rejects.toMatchObject({
      code: 'invalid_request',
      message: 'The file cannot be sent: it is empty.',
    })
  })

  it('refuses a path without a file, and a name that is none', async () => {
    const files = createGeminiFiles({ apiKey: 'k', baseUrl: 'http://127.0.0.1:9' })
    await expect(files.upload({ file: '/no/such/file.txt' })).rejects.toMatchObject({ code: 'invalid_request' })
    await expect(files.get('../models')).rejects.toThrow(
      new TypeError('Expected "name" to be a name such as "files/abc", got a string ("../models").'),
    )
  })

  it('is not there on Vertex AI', () => {
    expect(() => createGeminiFiles({ apiKey: 'k', vertex: {} })).toThrow(
      expect.objectContaining({ code: 'unsupported', details: { feature: 'files' } }),
    )
  })
})
