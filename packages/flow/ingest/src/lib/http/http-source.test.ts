import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { functionSink } from '../function-sink.ts'
import { createMemoryState } from '../create-memory-state.ts'
import { ingest } from '../ingest.ts'
import { httpSource } from './http-source.ts'
import { failure, type Pages, read, site, textOf } from './http-source.site.test.ts'

describe('httpSource', () => {
  it('gives the content with its media type, its version and where it was', async () => {
    const { url } = await site({
      '/a': { body: 'Hello.', headers: { 'content-type': 'text/markdown; charset=utf-8', etag: '"1"' } },
    })
    const content = await read(httpSource([`${url}/a#part`]))
    expect(await textOf(content)).toBe('Hello.')
    expect(content).toMatchObject({
      mediaType: 'text/markdown; charset=utf-8',
      version: 'etag "1"',
      metadata: { url: `${url}/a` },
    })
  })

  it('takes the extension where the server does not know the type', async () => {
    const { url } = await site({
      '/a.md': { body: Buffer.from('x'), headers: { 'content-type': 'application/octet-stream' } },
    })
    expect((await read(httpSource([`${url}/a.md?v=1`])))?.mediaType).toBe('text/markdown')
  })

  it('asks under the condition that it has changed', async () => {
    const { url, server } = await site({
      '/a': ({ headers }) =>
        headers['if-none-match'] === '"1"' ? { status: 304 } : { body: 'x', headers: { etag: '"1"' } },
    })
    const source = httpSource([`${url}/a`])
    const { version } = (await read(source))!
    expect(await read(source, version)).toBeUndefined()
    expect(server.requests.at(-1)?.headers['if-none-match']).toBe('"1"')
  })

  it.each([
    ['Sat, 01 Jan 2028 10:00:05 GMT', 'modified Sat, 01 Jan 2028 10:00:03 GMT'],
    // It may be written again within the second, and have the same time.
    ['Sat, 01 Jan 2028 10:00:03 GMT', undefined],
  ])('goes by Last-Modified where it can be trusted: seen %s', async (date, version) => {
    const modified = 'Sat, 01 Jan 2028 10:00:03 GMT'
    const { url, server } = await site({ '/a': { body: 'x', headers: { 'last-modified': modified, date } } })
    const source = httpSource([`${url}/a`])
    expect((await read(source))?.version).toBe(version)
    await read(source, version)
    expect(server.requests.at(-1)?.headers['if-modified-since']).toBe(version && modified)
  })

  it('costs one short answer for each page in a second run, and removes what is gone', async () => {
    const pages: Pages = {}
    for (let count = 0; count < 20; count++) {
      pages[`/${count}`] = ({ headers }) =>
        headers['if-none-match'] === undefined
          ? { body: `Page ${count}.`, headers: { etag: `"${count}"` } }
          : { status: 304 }
    }
    const { url } = await site(pages)
    const source = httpSource(Object.keys(pages).map((path) => url + path))
    const state = createMemoryState()
    const sink = functionSink(async (_document, chunks) => {
      for await (const chunk of chunks) expect(chunk.text).toContain('Page')
    })
    expect(await ingest({ source, sink, state })).toMatchObject({ indexed: 20 })
    pages['/3'] = { status: 410 }
    expect(await ingest({ source, sink, state })).toMatchObject({ unchanged: 19, skipped: 1 })
    expect(await state.get('http', `${url}/3`)).toBeUndefined()
  })

  it.each([
    [404, 'gone', false, true, 'the server does not have it any more (status 404).'],
    [410, 'gone', false, true, 'the server does not have it any more (status 410).'],
    [401, 'refused', false, false, 'the server refuses it (status 401). Check "headers".'],
    [429, 'too_many_requests', true, false, 'the server asks for fewer requests (status 429).'],
    [503, 'server_failed', true, false, 'the server failed (status 503).'],
    [418, 'unreadable', false, false, 'expected content, got status 418.'],
  ])('says what status %i means', async (status, code, retryable, skipped, reason) => {
    const { url } = await site({ '/a': { status } })
    const error = await failure(read(httpSource([`${url}/a`])))
    expect(error.message).toBe(`${url}/a: ${reason}`)
    expect(error).toMatchObject({ code, retryable, skipped })
  })

  it('refuses what is too large, announced or not, and is not fooled by compression', async () => {
    const { url } = await site({
      '/announced': { body: 'x'.repeat(2_000) },
      '/streamed': { chunks: ['x'.repeat(800), 'x'.repeat(800)] },
      '/packed': { body: gzipSync(Buffer.alloc(100_000)), headers: { 'content-encoding': 'gzip' } },
    })
    for (const path of ['/announced', '/streamed', '/packed']) {
      const error = await failure(read(httpSource([url + path], { maxBytes: 1_000 })))
      expect(error.message).toBe(`${url}${path}: more than the 1000 bytes that "maxBytes" allows.`)
      expect(error.retryable).toBe(false)
    }
  })

  it('refuses misuse', () => {
    expect(() => httpSource(['file:///etc/passwd'])).toThrow(
      new TypeError(
        'Expected "urls" to be URLs that begin with http:// or https://, got a string ("file:///etc/passwd").',
      ),
    )
    expect(() => httpSource(['https://me:secret@site.test/'])).toThrow(
      new TypeError('Expected "urls" to have no user or password in the URL for site.test. Use "headers".'),
    )
    expect(() => httpSource([], { header: {} } as never)).toThrow(
      new TypeError('"options" has no key "header". Did you mean "headers"?'),
    )
    expect(() => httpSource([], { retry: { attempt: 1 } as never })).toThrow(
      new TypeError('"retry" has no key "attempt". Did you mean "attempts"?'),
    )
    expect(() => httpSource([], { retry: { attempts: 0 } })).toThrow(
      new TypeError('Expected "retry.attempts" to be a whole number from 1, got a number (0).'),
    )
    expect(() => httpSource([], { sitemaps: 'https://site.test/sitemap.xml' as never })).toThrow(
      new TypeError('Expected "sitemaps" to be an array of URLs, got a string ("https://site.test/sitemap.xml").'),
    )
    expect(() => httpSource([], { robots: 'false' as never })).toThrow(
      new TypeError('Expected "robots" to be true or false, got a string ("false").'),
    )
    expect(() => httpSource([], { userAgent: '007' })).toThrow(
      new TypeError(
        'Expected "userAgent" to begin with a token of letters, "_" and "-", as "my-crawler/1.0", got a string ("007").',
      ),
    )
  })
})

describe('httpSource and odd answers', () => {
  it('refuses that nothing has changed, where nobody asked', async () => {
    const { url } = await site({ '/a': { status: 304 } })
    const error = await failure(read(httpSource([`${url}/a`])))
    expect(error.message).toBe(`${url}/a: status 304 (not modified), though nothing was said of an earlier version.`)
  })

  it('takes an empty ETag for none', async () => {
    const { url } = await site({ '/a': { body: 'a', headers: { etag: '' } } })
    expect((await read(httpSource([`${url}/a`])))?.version).toBeUndefined()
  })

  it.each([{ status: 503 }, { status: 302, headers: { location: '/b' } }])(
    'leaves no body open that it does not read: %j',
    async (reply) => {
      const chunks = Array.from({ length: 200 }, () => Buffer.alloc(65_536))
      const { url, server } = await site({ '/a': { ...reply, chunks }, '/b': { status: 404 } })
      await failure(read(httpSource([`${url}/a`], { robots: false })))
      await server.whenIdle()
      expect(server.openRequests).toBe(0)
    },
  )
})
