import { createFakeServer } from '@empire/test-support'
import { describe, expect, it } from 'vitest'
import { IngestError } from '../ingest-error.ts'
import type { SourceContent } from '../source.ts'
import { httpSource } from './http-source.ts'
import { bytesOf, closing, failure, hastyClock, read, site } from './http-source.site.test.ts'

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
    expect(Buffer.compare(await bytesOf(content), large)).toBe(0)
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
    expect(Buffer.compare(await bytesOf(content), large)).toBe(0)
    expect(cuts).toBe(4)
    expect(clock.waits).toHaveLength(3)
  })

  it('reads it anew where there are no ranges, if it begins in the same way', async () => {
    let body = large
    const { url } = await site({ '/a': () => ({ body }) })
    const source = httpSource([`${url}/a`])
    expect(Buffer.compare(await bytesOf(await read(source)), large)).toBe(0)
    const content = await read(source)
    body = Buffer.from(large)
    body[10] = 99
    const error = await failure(bytesOf(content))
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

  it('asks for no range behind the end, where the last piece ends just behind the first MiB', async () => {
    const body = large.subarray(0, 1_048_577)
    const { url } = await site({
      '/a': ({ headers }) => {
        const start = Number(/^bytes=(\d+)-$/.exec(headers['range'] ?? '')?.[1] ?? 0)
        if (start >= body.length) return { status: 416 }
        if (start === 0)
          return { chunks: [body.subarray(0, 1_048_570), body.subarray(1_048_570)], headers: { etag: '"1"' } }
        const range = `bytes ${start}-${body.length - 1}/${body.length}`
        return { status: 206, body: body.subarray(start), headers: { 'content-range': range } }
      },
    })
    expect(Buffer.compare(await bytesOf(await read(httpSource([`${url}/a`]))), body)).toBe(0)
  })

  it('asks on where the server sends less than it was asked for', async () => {
    const { url, server } = await site({
      '/a': ({ headers }) => {
        const start = Number(/^bytes=(\d+)-$/.exec(headers['range'] ?? '')?.[1] ?? -1)
        if (start < 0) return { body: large, headers: { etag: '"1"' } }
        const end = Math.min(start + 1_000_000, large.length)
        return {
          status: 206,
          body: large.subarray(start, end),
          headers: { 'content-range': `bytes ${start}-${end - 1}/${large.length}` },
        }
      },
    })
    const content = await read(httpSource([`${url}/a`], { robots: false, clock: hastyClock() }))
    expect(Buffer.compare(await bytesOf(content), large)).toBe(0)
    expect(server.requests).toHaveLength(3)
  })

  it.each([
    [
      'another content',
      { etag: '"2"', 'content-range': `bytes ${'START'}-2999999/3000000` },
      'it changed while it was read.',
    ],
    [
      'another part',
      { etag: '"1"', 'content-range': 'bytes 7-2999999/3000000' },
      'the server sent another range than that from byte START.',
    ],
  ])('mixes nothing where the server sends %s', async (_what, headers, reason) => {
    let start = ''
    const { url } = await site({
      '/a': (request) => {
        start = /^bytes=(\d+)-$/.exec(request.headers['range'] ?? '')?.[1] ?? ''
        if (start === '') return { body: large, headers: { etag: '"1"' } }
        const range = headers['content-range'].replace('START', start)
        return { status: 206, body: large.subarray(Number(start)), headers: { ...headers, 'content-range': range } }
      },
    })
    const error = await failure(bytesOf(await read(httpSource([`${url}/a`]))))
    expect(error.message).toBe(`${url}/a: ${reason.replace('START', start)}`)
  })

  it('does not take a part for the whole', async () => {
    const { url } = await site({ '/a': { status: 206, body: 'part', headers: { 'content-range': 'bytes 0-3/9' } } })
    const error = await failure(read(httpSource([`${url}/a`])))
    expect(error.message).toBe(`${url}/a: status 206 (partial content), though the whole was asked for.`)
  })

  it('asks for no part of what has a weak ETag, and takes a part of a whole whose length nobody knows', async () => {
    const ranges: (string | undefined)[] = []
    let etag = 'W/"1"'
    const { url } = await site({
      '/a': ({ headers }) => {
        ranges.push(headers['range'])
        const start = Number(/^bytes=(\d+)-$/.exec(headers['range'] ?? '')?.[1] ?? -1)
        if (start < 0) return { body: large, headers: { etag } }
        const range = `bytes ${start}-${large.length - 1}/*`
        return { status: 206, body: large.subarray(start), headers: { 'content-range': range } }
      },
    })
    const source = httpSource([`${url}/a`])
    expect(Buffer.compare(await bytesOf(await read(source)), large)).toBe(0)
    expect(ranges).toEqual([undefined, undefined])
    etag = '"1"'
    expect(Buffer.compare(await bytesOf(await read(source)), large)).toBe(0)
    expect(ranges).toEqual([undefined, undefined, undefined, expect.stringMatching(/^bytes=\d+-$/)])
  })

  it('refuses what has become shorter, or is too large after all', async () => {
    let body = large
    const { url } = await site({ '/a': () => ({ chunks: [body.subarray(0, 1_000_000), body.subarray(1_000_000)] }) })
    const content = await read(httpSource([`${url}/a`]))
    body = large.subarray(0, 500_000)
    expect((await failure(bytesOf(content))).code).toBe('changed_while_read')
    body = large
    const small = await read(httpSource([`${url}/a`], { maxBytes: 2_000_000 })).catch((error: IngestError) => error)
    const error = IngestError.isInstance(small) ? small : await failure(bytesOf(small as SourceContent))
    expect(error.code).toBe('too_large')
  })
})
