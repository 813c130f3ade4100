import { createFakeServer, type FakeReply, type FakeRequest } from '@empire/test-support'
import { afterEach, describe, expect, it } from 'vitest'
import { functionSink } from '../function-sink.ts'
import { createMemoryState } from '../create-memory-state.ts'
import { ingest } from '../ingest.ts'
import type { Source } from '../source.ts'
import { httpApiSource } from './http-api-source.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function api(handle: (request: FakeRequest) => FakeReply) {
  const server = await createFakeServer(handle)
  closing.push(() => server.close())
  return server
}

async function idsOf(source: Source): Promise<string[]> {
  const ids: string[] = []
  for await (const { id } of source.items()) ids.push(id)
  return ids
}

const noWait = {
  now: () => 0,
  sleep: (ms: number, { signal }: { signal?: AbortSignal | undefined } = {}) =>
    ms < 30_000
      ? Promise.resolve()
      : new Promise<void>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
}

const numberOf = ({ url }: FakeRequest, name: string): number => Number(url.searchParams.get(name) ?? 0)

describe('httpApiSource', () => {
  it('follows Link headers', async () => {
    const server = await api((request) => {
      const page = numberOf(request, 'page')
      const link =
        page < 2 ? `<?page=9>; rel="last", <?page=${page + 1}&per_page=2>; rel="next"` : '<?page=0>; rel=first'
      return { body: [{ id: `${page}a` }, { id: `${page}b` }], headers: { link } }
    })
    expect(await idsOf(httpApiSource(`${server.url}/things?per_page=2`))).toEqual(['0a', '0b', '1a', '1b', '2a', '2b'])
    expect(server.requests.map(({ url }) => url.search)).toEqual([
      '?per_page=2',
      '?page=1&per_page=2',
      '?page=2&per_page=2',
    ])
  })

  it('follows URLs in the page', async () => {
    const server = await api((request) => {
      const page = numberOf(request, 'page')
      return { body: { results: [{ id: page }], links: { next: page < 2 ? `/?page=${page + 1}` : null } } }
    })
    const source = httpApiSource(server.url, { records: '/results', next: { type: 'url', pointer: '/links/next' } })
    expect(await idsOf(source)).toEqual(['0', '1', '2'])
  })

  it('puts cursors into the first URL, with all that is in it', async () => {
    const server = await api(({ url }) => {
      const cursor = url.searchParams.get('after')
      return {
        body: { data: [{ id: cursor ?? 'first' }], meta: { next: { '': 'x&y=z', 'x&y=z': 3 }[cursor ?? ''] ?? false } },
      }
    })
    const source = httpApiSource(`${server.url}/?limit=1`, {
      records: '/data',
      next: { type: 'cursor', pointer: '/meta/next', parameter: 'after' },
    })
    expect(await idsOf(source)).toEqual(['first', 'x&y=z', '3'])
    expect(server.requests.at(-1)?.url.search).toBe('?limit=1&after=3')
  })

  it('fetches a page when its first record is asked for', async () => {
    const server = await api((request) => {
      const page = numberOf(request, 'page')
      return { body: [{ id: `${page}a` }, { id: `${page}b` }], headers: { link: `<?page=${page + 1}>; rel=next` } }
    })
    let count = 0
    for await (const { id } of httpApiSource(server.url).items()) {
      expect(server.requests).toHaveLength(Math.floor(count / 2) + 1)
      expect(id).toBe(`${Math.floor(count / 2)}${'ab'[count % 2]}`)
      if (++count === 5) break
    }
    expect(server.requests).toHaveLength(3)
  })

  it('makes of a record what its options say', async () => {
    const server = await api(() => ({
      body: '[{"number":12345678901234567890,"title":"T","text":"Body.","changed":"2028","by":"Ada"},{"number":"b","title":"U","text":"Other."}]',
    }))
    const source = httpApiSource(`${server.url}/issues`, {
      id: '/number',
      version: '/changed',
      mediaType: 'text/markdown',
      content: (record) => `# ${(record as { title: string }).title}\n\n${(record as { text: string }).text}`,
      path: (record) => `issue "${(record as { title: string }).title}"`,
      metadata: (record) => ({ author: (record as { by?: string }).by ?? null }),
    })
    const found = []
    for await (const item of source.items()) found.push([item.id, item.path, item.version, await item.read()])
    expect(found).toEqual([
      [
        '12345678901234567890',
        'issue "T"',
        'record 2028',
        { mediaType: 'text/markdown', bytes: new TextEncoder().encode('# T\n\nBody.'), metadata: { author: 'Ada' } },
      ],
      [
        'b',
        'issue "U"',
        undefined,
        { mediaType: 'text/markdown', bytes: new TextEncoder().encode('# U\n\nOther.'), metadata: { author: null } },
      ],
    ])
  })

  it('gives the record as JSON unless told otherwise', async () => {
    const server = await api(() => ({ body: [{ id: 1, text: 'One' }] }))
    for await (const item of httpApiSource(`${server.url}/a`).items()) {
      expect(item.path).toBe(`${server.url}/a#1`)
      const { bytes, mediaType } = (await item.read())!
      expect(mediaType).toBe('application/json')
      expect(JSON.parse(Buffer.from(bytes as Uint8Array).toString())).toEqual({ id: 1, text: 'One' })
    }
  })

  it('fetches the content from the URL that the record has, under the condition that it has changed', async () => {
    const server = await api(({ path, headers }) => {
      if (path === '/list') return { body: [{ id: 1 }] }
      return headers['if-none-match'] === '"7"' ? { status: 304 } : { body: 'Text.', headers: { etag: '"7"' } }
    })
    const source = httpApiSource(`${server.url}/list`, { content: () => new URL('/files/1', server.url) })
    const state = createMemoryState()
    const sink = functionSink(async (_, chunks) => {
      for await (const { text } of chunks) expect(text).toBe('Text.')
    })
    expect(await ingest({ source, sink, state })).toMatchObject({ indexed: 1 })
    expect(await ingest({ source, sink, state })).toMatchObject({ unchanged: 1 })
    expect(server.requests.at(-1)?.headers['if-none-match']).toBe('"7"')
  })

  it('sends its headers to the API, and not to where a record leads', async () => {
    const other = await api(() => ({ body: 'there' }))
    const server = await api(() => ({ body: [{ id: 1 }] }))
    const source = httpApiSource(server.url, {
      content: () => new URL(other.url),
      version: '/id',
      headers: { authorization: 'Bearer x' },
    })
    for await (const item of source.items()) expect(await item.read()).toMatchObject({ version: 'record 1' })
    expect(server.requests[0]?.headers['authorization']).toBe('Bearer x')
    expect(other.requests[0]?.headers['authorization']).toBeUndefined()
  })

  it('tries a page again', async () => {
    let failures = 2
    const server = await api((request) => {
      const page = numberOf(request, 'page')
      if (page === 1 && failures-- > 0) return { status: 502 }
      return { body: [{ id: page }], headers: page === 0 ? { link: '<?page=1>; rel=next' } : {} }
    })
    expect(await idsOf(httpApiSource(server.url, { clock: noWait }))).toEqual(['0', '1'])
    expect(server.requests).toHaveLength(4)
  })

  it.each<[string, (request: FakeRequest) => FakeReply, (url: string) => string]>([
    ['a page that fails', () => ({ status: 400 }), (url) => `${url}/: expected content, got status 400.`],
    ['no JSON', () => ({ body: '[{"id":1}' }), (url) => `${url}/: expected a page of JSON.`],
    [
      'no list',
      () => ({ body: { items: [] } }),
      (url) => `${url}/: expected a list of records, got an object. Check "records".`,
    ],
    [
      'a circle',
      () => ({ body: [], headers: { link: '</>; rel=next' } }),
      (url) => `${url}/: the pages lead back to it: expected an end.`,
    ],
    [
      'another origin',
      () => ({ body: [], headers: { link: '<http://other.test/>; rel=next' } }),
      (url) => `${url}/: the next page is at another origin, http://other.test: not followed.`,
    ],
  ])('fails the listing for %s', async (_name, handle, message) => {
    const server = await api(handle)
    await expect(idsOf(httpApiSource(server.url, { headers: { authorization: 'Bearer x' } }))).rejects.toThrow(
      expect.objectContaining({ message: message(server.url) }),
    )
  })

  it('goes on behind a record without an id, or with a path that cannot be made, and deletes nothing for the first', async () => {
    let records: unknown[] = [{ id: 1 }, { id: 2 }, { id: 3 }]
    const server = await api(() => ({ body: records }))
    const source = httpApiSource(server.url, {
      path: (record) => `record ${(record as { name: string }).name.toUpperCase()}`,
    })
    const messages: string[] = []
    for await (const item of source.items()) {
      expect(item.hides).toBeUndefined()
      await item.read().catch((error: Error) => messages.push(error.message))
    }
    expect(messages).toHaveLength(3)
    records = [{ name: 'x' }, { id: 4, name: 'y' }]
    const found: [string, string | undefined][] = []
    for await (const item of source.items()) {
      const error = await item.read().then(
        () => undefined,
        (reason: Error) => reason.message,
      )
      found.push([item.path, error])
      expect(item.hides?.('1') ?? false).toBe(error !== undefined)
    }
    expect(found).toEqual([
      [`${server.url}/`, `${server.url}/: expected each record to have an id, got undefined as one. Check "id".`],
      ['record Y', undefined],
    ])
  })

  it('says what "content" gave that is none', async () => {
    const server = await api(() => ({ body: [{ id: 1, body: null }] }))
    const source = httpApiSource(server.url, { content: (record) => (record as { body: string }).body })
    for await (const item of source.items()) {
      await expect(item.read()).rejects.toThrow(
        new TypeError('Expected "content" to give a text, bytes or a URL, got null.'),
      )
    }
  })

  it('hides a secret in its URL', async () => {
    const server = await api(() => ({ body: [{ id: 1 }] }))
    for await (const { path } of httpApiSource(`${server.url}/?api_key=abc123456`).items()) {
      expect(path).toBe(`${server.url}/?api_key=[redacted]#1`)
    }
  })

  it('ends where there is no end', async () => {
    const server = await api((request) => ({
      body: [],
      headers: { link: `<?page=${numberOf(request, 'page') + 1}>; rel=next` },
    }))
    await expect(idsOf(httpApiSource(server.url, { maxPages: 3 }))).rejects.toThrow(
      `${server.url}/: more than the 3 pages that "maxPages" allows. Is there an end?`,
    )
    expect(server.requests).toHaveLength(3)
  })

  it('has a limit for pages', async () => {
    const server = await api(() => ({ body: [{ id: 'x'.repeat(2_000) }] }))
    await expect(idsOf(httpApiSource(server.url, { maxPageBytes: 1_000 }))).rejects.toThrow('more than the 1000 bytes')
  })

  it('refuses misuse', () => {
    expect(() => httpApiSource('https://api.test', { next: { type: 'page' } as never })).toThrow(
      new TypeError('Expected "next.type" to be link, url or cursor, got a string ("page").'),
    )
    expect(() => httpApiSource('https://api.test', { records: 'data.items' })).toThrow(
      new TypeError('Expected "records" to be a JSON Pointer such as "/meta/next", got a string ("data.items").'),
    )
    expect(() => httpApiSource('https://api.test', { content: 'text' as never })).toThrow(
      new TypeError('Expected "content" to be a function, got a string ("text").'),
    )
  })
})
