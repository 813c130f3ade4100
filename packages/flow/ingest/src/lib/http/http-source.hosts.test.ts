import { createFakeServer, createManualClock, type FakeReply } from '@empire/test-support'
import { describe, expect, it } from 'vitest'
import { functionSink } from '../function-sink.ts'
import { ingest } from '../ingest.ts'
import { httpSource } from './http-source.ts'
import { closing, failure, hastyClock, list, read, site, textOf } from './http-source.site.test.ts'

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

  it('says why a network failed where a name has several addresses', async () => {
    const refused = new AggregateError([], '')
    const source = httpSource(['https://site.test/'], {
      robots: false,
      fetch: () =>
        Promise.reject(new TypeError('fetch failed', { cause: Object.assign(refused, { code: 'ECONNREFUSED' }) })),
    })
    expect((await failure(read(source))).message).toBe('https://site.test/: cannot be fetched: ECONNREFUSED')
  })
})
