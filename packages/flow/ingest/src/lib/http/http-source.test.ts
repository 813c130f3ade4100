import { gzipSync } from 'node:zlib'
import { createFakeServer, createManualClock, type FakeReply, type FakeRequest } from '@empire/test-support'
import { afterEach, describe, expect, it } from 'vitest'
import { functionSink } from '../function-sink.ts'
import { createMemoryState } from '../create-memory-state.ts'
import { ingest } from '../ingest.ts'
import { IngestError } from '../ingest-error.ts'
import type { Source, SourceContent, SourceItem } from '../source.ts'
import { httpSource } from './http-source.ts'

type Pages = Record<string, FakeReply | ((request: FakeRequest) => FakeReply)>

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A site without robots.txt, unless it is one of its pages. */
async function site(pages: Pages) {
  const server = await createFakeServer((request) => {
    const page = pages[request.path] ?? { status: 404 }
    return typeof page === 'function' ? page(request) : page
  })
  closing.push(() => server.close())
  const asked = () => server.requests.map(({ path }) => path)
  return { server, url: server.url, asked }
}

async function list(source: Source): Promise<SourceItem[]> {
  const items: SourceItem[] = []
  for await (const item of source.items()) items.push(item)
  return items
}

async function read(source: Source, version?: string): Promise<SourceContent | undefined> {
  const [item] = await list(source)
  return item!.read({ version })
}

async function textOf(content: SourceContent | undefined): Promise<string> {
  return Buffer.from(await bytes(content)).toString()
}

async function bytes(content: SourceContent | undefined): Promise<Uint8Array> {
  if (content!.bytes instanceof Uint8Array) return content!.bytes
  const pieces: Uint8Array[] = []
  for await (const piece of content!.bytes) pieces.push(piece)
  return Buffer.concat(pieces)
}

async function failure(work: Promise<unknown>): Promise<IngestError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!IngestError.isInstance(error)) throw error
  return error as IngestError
}

/** Never waits, and notes how long it should have. */
function hastyClock() {
  const waits: number[] = []
  let now = 1_000_000
  return {
    waits,
    now: () => now,
    async sleep(ms: number, { signal }: { signal?: AbortSignal | undefined } = {}) {
      // A time-out: of a request that is answered at once.
      if (ms === 30_000)
        return new Promise<void>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
      waits.push(ms)
      now += ms
    },
  }
}

const urlset = (...locations: string[]): string =>
  `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${locations
    .map((location) => `<url><loc> ${location} </loc><image:loc>http://other.test/i.png</image:loc></url>`)
    .join('')}</urlset>`
const sitemapIndex = (...locations: string[]): string =>
  `<sitemapindex>${locations.map((location) => `<sitemap><loc>${location}</loc></sitemap>`).join('')}</sitemapindex>`

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

  it('leaves a host alone for as long as it asks, and does not wait for one that asks for too long', async () => {
    const answers: FakeReply[] = [
      { status: 503, headers: { 'retry-after': '20' } },
      { body: 'b' },
      { status: 429, headers: { 'retry-after': '3600' } },
    ]
    const { url, asked } = await site({ '/a': () => answers.shift()! })
    const clock = hastyClock()
    const source = httpSource([`${url}/a`], { robots: false, clock })
    expect((await failure(read(source))).details).toMatchObject({ retryAfter: 20_000 })
    expect(await textOf(await read(source))).toBe('b')
    expect(clock.waits).toEqual([20_000])
    await failure(read(source))
    const refused = await failure(read(source))
    expect(refused.message).toBe(`${url}/a: the server asked to be left alone for another 3600 s.`)
    expect(refused.retryable).toBe(true)
    expect(asked()).toHaveLength(3)
  })

  it('is tried again by ingest, after the time that the server asks for', async () => {
    const answers: FakeReply[] = [{ status: 429, headers: { 'retry-after': '2' } }, { body: 'Now.' }]
    const { url } = await site({ '/a': () => answers.shift()! })
    const clock = hastyClock()
    const source = httpSource([`${url}/a`], { robots: false, clock })
    const report = await ingest({
      source,
      clock,
      sink: functionSink(async (_, chunks) => {
        for await (const { text } of chunks) expect(text).toBe('Now.')
      }),
    })
    expect(report).toMatchObject({ indexed: 1 })
    expect(clock.waits).toContain(2_000)
  })

  it('says that a network failed, and that it may work later', async () => {
    const { url, server } = await site({})
    await server.close()
    const error = await failure(read(httpSource([`${url}/a`], { robots: false })))
    expect(error).toMatchObject({ code: 'unreachable', retryable: true })
    expect(error.message).toContain(`${url}/a: cannot be fetched: connect ECONNREFUSED`)
  })

  it('gives up on a server that says nothing', async () => {
    const server = await createFakeServer(() => ({ body: 'x' }), [{ fault: { type: 'stall' } }])
    closing.push(() => server.close())
    const clock = createManualClock()
    const reading = failure(read(httpSource([server.url], { robots: false, clock, timeout: 5_000 })))
    await server.whenReceived(1)
    for (let time = 0; time < 3; time++) await clock.advance(5_000)
    const error = await reading
    expect(error).toMatchObject({ code: 'unreachable', retryable: true })
    await server.whenIdle()
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
    expect(() => httpSource([], { userAgent: '007' })).toThrow(
      new TypeError(
        'Expected "userAgent" to begin with a token of letters, "_" and "-", as "my-crawler/1.0", got a string ("007").',
      ),
    )
  })
})

describe('httpSource and large bodies', () => {
  const large = Buffer.from(Uint8Array.from({ length: 3_000_000 }, (_, index) => (index * 31 + (index >> 8)) % 256))

  it('holds no connection until the rest is wanted, and then asks for that alone', async () => {
    const { url, server } = await site({
      '/a': ({ headers }) => {
        const start = Number(/^bytes=(\d+)-$/.exec(headers['range'] ?? '')?.[1] ?? -1)
        if (start < 0) return { body: large, headers: { etag: '"1"' } }
        return {
          status: 206,
          body: large.subarray(start),
          headers: { 'content-range': `bytes ${start}-${large.length - 1}/${large.length}` },
        }
      },
    })
    const content = await read(httpSource([`${url}/a`], { robots: false }))
    await server.whenIdle()
    expect(server.requests).toHaveLength(1)
    expect(Buffer.compare(await bytes(content), large)).toBe(0)
    expect(server.requests[1]?.headers).toMatchObject({ 'if-range': '"1"', 'accept-encoding': 'identity' })
    expect(server.requests).toHaveLength(2)
  })

  it('goes on by ranges where a body was cut', async () => {
    let cuts = 0
    const server = await createFakeServer(
      ({ headers }) => {
        const start = Number(/^bytes=(\d+)-$/.exec(headers['range'] ?? '')?.[1] ?? -1)
        if (start < 0) return { body: large, headers: { etag: '"1"' } }
        return {
          status: 206,
          body: large.subarray(start),
          headers: { 'content-range': `bytes ${start}-${large.length - 1}/${large.length}` },
        }
      },
      ({ headers }) => (headers['range'] !== undefined && ++cuts <= 3 ? { fault: { type: 'socket-cut' } } : {}),
    )
    closing.push(() => server.close())
    const clock = hastyClock()
    const content = await read(httpSource([server.url], { robots: false, clock }))
    expect(Buffer.compare(await bytes(content), large)).toBe(0)
    expect(cuts).toBe(4)
    expect(clock.waits).toHaveLength(3)
  })

  it('reads it anew where there are no ranges, if it begins in the same way', async () => {
    let body = large
    const { url } = await site({ '/a': () => ({ body }) })
    const source = httpSource([`${url}/a`])
    expect(Buffer.compare(await bytes(await read(source)), large)).toBe(0)
    const content = await read(source)
    body = Buffer.from(large)
    body[10] = 99
    const error = await failure(bytes(content))
    expect(error).toMatchObject({ code: 'changed_while_read', retryable: true })
  })

  it('leaves nothing open when it is left in the middle', async () => {
    const { url, server } = await site({
      '/a': { chunks: Array.from({ length: 300 }, () => large.subarray(0, 65_536)) },
    })
    const content = await read(httpSource([`${url}/a`], { robots: false }))
    let pieces = 0
    for await (const piece of content!.bytes as AsyncIterable<Uint8Array>) if (piece.length > 0 && ++pieces === 3) break
    await server.whenIdle()
    expect(server.openRequests).toBe(0)
  })
})

describe('httpSource and headers', () => {
  it('asks for them for each request, and never tells another origin or an error', async () => {
    const other = await site({ '/b': { body: 'there' }, '/forbidden': { status: 403 } })
    const { url, server } = await site({
      '/a': { status: 302, headers: { location: `${other.url}/b` } },
      '/b': { status: 301, headers: { location: '/c' } },
      '/c': ({ headers }) => (headers['authorization'] === 'Bearer key-2' ? { body: 'here' } : { status: 401 }),
    })
    let keys = 0
    const headers = (): Record<string, string> => ({ authorization: `Bearer key-${keys++}` })
    const source = httpSource([`${url}/a`, `${url}/b`], { headers, userAgent: 'Our-Bot/2' })
    const [first, second] = await list(source)
    expect(await textOf(await first!.read())).toBe('there')
    expect(await textOf(await second!.read())).toBe('here')
    expect(other.server.requests.map((request) => request.headers['authorization'])).toEqual([undefined, undefined])
    expect(server.requests[0]?.path).toBe('/robots.txt')
    expect(server.requests[0]?.headers['authorization']).toBeUndefined()
    expect(new Set(server.requests.map((request) => request.headers['user-agent']))).toEqual(new Set(['Our-Bot/2']))

    const refused = await failure(
      read(httpSource([`${url}/c`], { headers: { authorization: 'Bearer sk-very-secret-key-12345' } })),
    )
    expect(JSON.stringify(refused) + refused.stack).not.toContain('very-secret')
  })

  it('does not tell a header that HTTP does not allow', async () => {
    const { url } = await site({})
    const reading = read(httpSource([url], { headers: { authorization: 'Bearer very\nsecret' }, robots: false }))
    await expect(reading).rejects.toThrow(
      new TypeError('Expected "headers" to have names and values that HTTP allows, got another "authorization".'),
    )
  })

  it('keeps the URL that was asked for, not the signed one behind it', async () => {
    const { url } = await site({
      '/a': { status: 302, headers: { location: '/b?X-Amz-Signature=0123456789abcdef' } },
      '/b': { body: 'b' },
    })
    expect((await read(httpSource([`${url}/a`])))?.metadata).toEqual({ url: `${url}/a` })
  })

  it('follows five redirects, and no more', async () => {
    const { url, server } = await site({
      '/r': ({ url: { searchParams } }) => {
        const left = Number(searchParams.get('left'))
        return left === 0 ? { body: 'end' } : { status: 302, headers: { location: `?left=${left - 1}` } }
      },
      '/odd': { status: 302, headers: { location: 'ftp://site.test/' } },
    })
    expect(await textOf(await read(httpSource([`${url}/r?left=5`], { robots: false })))).toBe('end')
    const many = await failure(read(httpSource([`${url}/r?left=6`], { robots: false })))
    expect(many.message).toBe(`${url}/r?left=6: redirected more than 5 times.`)
    const odd = await failure(read(httpSource([`${url}/odd`], { robots: false })))
    expect(odd.message).toBe(`${url}/odd: redirected (status 302) to no URL of HTTP.`)
    await server.whenIdle()
  })
})

describe('httpSource and robots.txt', () => {
  it('skips what it forbids, also behind a redirect, and asks for it once', async () => {
    const { url, asked } = await site({
      '/robots.txt': { body: 'user-agent: empire-ingest\ndisallow: /private' },
      '/a': { body: 'a' },
      '/b': { status: 302, headers: { location: '/private/b' } },
    })
    const [a, b, secret] = await list(httpSource([`${url}/a`, `${url}/b`, `${url}/private/c`]))
    expect(await textOf(await a!.read())).toBe('a')
    for (const item of [b, secret]) {
      const error = await failure(item!.read())
      expect(error).toMatchObject({ code: 'disallowed_by_robots', skipped: true })
      expect(error.message).toBe(`${item!.path}: skipped, robots.txt of ${new URL(url).host} does not allow it.`)
    }
    expect(asked()).toEqual(['/robots.txt', '/a', '/b'])
  })

  it.each([404, 403])('allows all where it is refused with status %i', async (status) => {
    const { url } = await site({ '/robots.txt': { status }, '/a': { body: 'a' } })
    expect(await textOf(await read(httpSource([`${url}/a`])))).toBe('a')
  })

  it.each([500, 429])('allows nothing while it fails with status %i, which may succeed later', async (status) => {
    const { url, asked } = await site({ '/robots.txt': { status }, '/a': { body: 'a' } })
    const error = await failure(read(httpSource([`${url}/a`], { clock: hastyClock() })))
    expect(error).toMatchObject({ code: 'robots_unreachable', path: `${url}/a`, retryable: true, skipped: false })
    expect(error.message).toContain(
      `${url}/a: nothing is allowed, for robots.txt of ${new URL(url).host} cannot be read: ${url}/robots.txt: the server `,
    )
    expect(asked()).toEqual(['/robots.txt', '/robots.txt', '/robots.txt'])
  })

  it('follows its redirects to other hosts, five times', async () => {
    const other = await site({ '/r': { body: 'user-agent: *\ndisallow: /' } })
    const { url } = await site({ '/robots.txt': { status: 301, headers: { location: `${other.url}/r` } } })
    expect((await failure(read(httpSource([`${url}/a`])))).code).toBe('disallowed_by_robots')
    const circle = await site({
      '/robots.txt': { status: 301, headers: { location: '/robots.txt' } },
      '/a': { body: 'a' },
    })
    expect(await textOf(await read(httpSource([`${circle.url}/a`])))).toBe('a')
    expect(circle.asked()).toHaveLength(7)
  })

  it('is read up to 500 KiB', async () => {
    const fill = `${'#'.repeat(1023)}\n`
    const { url } = await site({
      '/robots.txt': { body: `user-agent: *\ndisallow: /near\n${fill.repeat(500)}\ndisallow: /far\n` },
      '/far': { body: 'far' },
    })
    const [far, near] = await list(httpSource([`${url}/far`, `${url}/near`]))
    expect(await textOf(await far!.read())).toBe('far')
    expect((await failure(near!.read())).code).toBe('disallowed_by_robots')
  })

  it('counts for a day; an old one counts on while there is no new one', async () => {
    const pages: Pages = { '/robots.txt': { body: 'user-agent: *\ndisallow: /a' } }
    const { url, asked } = await site(pages)
    const clock = hastyClock()
    const [item] = await list(httpSource([`${url}/a`], { clock }))
    await failure(item!.read())
    await clock.sleep(23 * 3_600_000)
    await failure(item!.read())
    expect(asked()).toHaveLength(1)
    await clock.sleep(2 * 3_600_000)
    pages['/robots.txt'] = { status: 500 }
    expect((await failure(item!.read())).code).toBe('disallowed_by_robots')
    expect(asked()).toHaveLength(4)
  })

  it('says how long to wait between two requests; the option may ask for more', async () => {
    const pages: Pages = { '/robots.txt': { body: 'user-agent: *\ncrawl-delay: 2' } }
    for (const path of ['/a', '/b', '/c']) pages[path] = { body: path }
    const { url } = await site(pages)
    for (const [delay, expected] of [
      [0, 2_000],
      [5_000, 5_000],
    ] as const) {
      const clock = hastyClock()
      const items = await list(
        httpSource(
          ['/a', '/b', '/c'].map((path) => url + path),
          { clock, delay },
        ),
      )
      for (const item of items) await item.read()
      // After robots.txt itself, only the option is known.
      expect(clock.waits).toEqual(delay === 0 ? [expected, expected] : [expected, expected, expected])
    }
  })
})

describe('httpSource and hosts', () => {
  it('has no more requests under way than it may', async () => {
    let most = 0
    const { url, server } = await site({})
    const source = httpSource(
      Array.from({ length: 10 }, (_, index) => `${url}/${index}`),
      {
        robots: false,
        concurrency: 3,
        async fetch(...request) {
          most = Math.max(most, server.openRequests)
          return fetch(...request)
        },
      },
    )
    await Promise.allSettled((await list(source)).map((item) => item.read()))
    expect(server.requests).toHaveLength(10)
    expect(most).toBeLessThanOrEqual(3)
  })

  it('stops waiting for its turn when aborted, and leaves no listener', async () => {
    const { url } = await site({ '/robots.txt': { body: 'user-agent: *\ncrawl-delay: 60' }, '/a': { body: 'a' } })
    const [item] = await list(httpSource([`${url}/a`]))
    await item!.read()
    const controller = new AbortController()
    const waiting = item!.read({ signal: controller.signal })
    const reason = new Error('enough')
    controller.abort(reason)
    await expect(waiting).rejects.toBe(reason)
  })
})

describe('httpSource and sitemaps', () => {
  it('lists their pages once, from indexes and gzip too', async () => {
    const pages: Pages = {}
    const { url } = await site(pages)
    pages['/sitemap.xml'] = { body: sitemapIndex(`${url}/one.xml`, `${url}/two.xml.gz`) }
    pages['/one.xml'] = { body: urlset(`${url}/a?x=1&amp;y=2`, `${url}/b`, `${url}/private`) }
    pages['/two.xml.gz'] = { body: gzipSync(urlset(`<![CDATA[${url}/c]]>`, `${url}/b#again`)) }
    const source = httpSource([`${url}/b`], {
      sitemaps: [`${url}/sitemap.xml`],
      match: ({ pathname }) => pathname !== '/private',
    })
    expect((await list(source)).map(({ id }) => id)).toEqual([`${url}/b`, `${url}/a?x=1&y=2`, `${url}/c`])
  })

  it('fails the listing where the sitemap that was named cannot be read whole', async () => {
    const pages: Pages = {}
    const { url } = await site(pages)
    const source = httpSource([], { sitemaps: [`${url}/sitemap.xml`], clock: hastyClock() })
    expect((await failure(list(source))).code).toBe('gone')
    pages['/sitemap.xml'] = { body: urlset(`${url}/a`).slice(0, -9) }
    expect((await failure(list(source))).message).toBe(`${url}/sitemap.xml: the sitemap ends within "urlset".`)
    pages['/sitemap.xml'] = { body: '<urlset>'.repeat(200_000) }
    expect((await failure(list(source))).message).toBe(
      `${url}/sitemap.xml: elements lie more than 64 deep in the sitemap.`,
    )
    pages['/sitemap.xml'] = { body: '<html>Welcome</html>' }
    expect((await failure(list(source))).message).toBe(
      `${url}/sitemap.xml: expected a sitemap, with "urlset" or "sitemapindex" around it.`,
    )
  })

  it('takes one that an index names and that fails for an item, behind which all may be', async () => {
    const pages: Pages = {}
    const { url } = await site(pages)
    pages['/sitemap.xml'] = { body: sitemapIndex(`${url}/one.xml`, `${url}/two.xml`) }
    pages['/two.xml'] = { body: urlset(`${url}/a`, 'mailto:me') }
    const items = await list(httpSource([], { sitemaps: [`${url}/sitemap.xml`] }))
    expect(items.map(({ id }) => id)).toEqual([`${url}/one.xml`, `${url}/a`, `${url}/two.xml#mailto:me`])
    expect(items[0]!.hides?.(`${url}/old`)).toBe(true)
    expect((await failure(items[0]!.read())).code).toBe('gone')
    expect((await failure(items[2]!.read())).message).toBe(
      `${url}/two.xml: the sitemap names "mailto:me", which is no URL of HTTP.`,
    )
  })

  it('tries again what may succeed later', async () => {
    const answers: FakeReply[] = [{ status: 503 }, { status: 429, headers: { 'retry-after': '7' } }]
    const { url } = await site({ '/sitemap.xml': () => answers.shift() ?? { body: urlset('http://site.test/a') } })
    const clock = hastyClock()
    const source = httpSource([], { sitemaps: [`${url}/sitemap.xml`], robots: false, clock, random: () => 0.5 })
    expect(await list(source)).toHaveLength(1)
    expect(clock.waits).toEqual([250, 7_000])
  })
})
