import { createManualClock } from '@empire/test-support'
import { describe, expect, it } from 'vitest'
import { httpSource } from './http-source.ts'
import { failure, hastyClock, list, type Pages, read, site, textOf } from './http-source.site.test.ts'

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

  it('follows redirects of robots.txt also where those of pages are not followed', async () => {
    const { url } = await site({
      '/robots.txt': { status: 302, headers: { location: '/r' } },
      '/r': { body: 'user-agent: *\ndisallow: /' },
    })
    expect((await failure(read(httpSource([`${url}/a`], { maxRedirects: 0 })))).code).toBe('disallowed_by_robots')
  })

  it('does not take the beginning of a rule for a rule, where it stops reading', async () => {
    const start = 'user-agent: *\ndisallow: /private\n'
    const cut = 'allow: /private'
    const fill = `${'#'.repeat(500 * 1024 - start.length - cut.length - 1)}\n`
    const { url } = await site({ '/robots.txt': { body: `${start}${fill}${cut}/but-for-this\n` } })
    expect((await failure(read(httpSource([`${url}/private`])))).code).toBe('disallowed_by_robots')
  })

  it('keeps the delay between requests of many readers at once', async () => {
    const { url, server } = await site({ '/robots.txt': { body: 'user-agent: *\ncrawl-delay: 1.5' } })
    const clock = createManualClock()
    const starts: number[] = []
    const source = httpSource(
      Array.from({ length: 4 }, (_, index) => `${url}/${index}`),
      {
        clock,
        concurrency: 4,
        async fetch(...request) {
          if (String(request[0]) !== `${url}/robots.txt`) starts.push(clock.now())
          return fetch(...request)
        },
      },
    )
    const reading = Promise.allSettled((await list(source)).map((item) => item.read()))
    await server.whenReceived(2)
    for (let count = 3; count <= 5; count++) {
      await clock.whenWaiting(1)
      await clock.advance(1_500)
      await server.whenReceived(count)
    }
    await reading
    expect(starts).toEqual([0, 1_500, 3_000, 4_500])
  })

  it('is asked for once by all who need it at once, and not again within a minute of a failure', async () => {
    const pages: Pages = { '/robots.txt': { body: '' } }
    for (const path of ['/a', '/b', '/c']) pages[path] = { body: path }
    const { url, asked } = await site(pages)
    const items = await list(httpSource(['/a', '/b', '/c'].map((path) => url + path)))
    await Promise.all(items.map((item) => item.read()))
    expect(asked().filter((path) => path === '/robots.txt')).toHaveLength(1)
    pages['/robots.txt'] = { status: 500 }
    const clock = hastyClock()
    const [failing] = await list(httpSource([`${url}/a`], { clock, retry: { attempts: 1 } }))
    await failure(failing!.read())
    await failure(failing!.read())
    expect(asked().filter((path) => path === '/robots.txt')).toHaveLength(2)
    await clock.sleep(60_000)
    await failure(failing!.read())
    expect(asked().filter((path) => path === '/robots.txt')).toHaveLength(3)
  })
})
