import { gzipSync } from 'node:zlib'
import type { FakeReply } from '@empire/test-support'
import { describe, expect, it } from 'vitest'
import { httpSource } from './http-source.ts'
import { failure, hastyClock, list, type Pages, site } from './http-source.site.test.ts'

const urlset = (...locations: string[]): string =>
  `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${locations
    .map((location) => `<url><loc> ${location} </loc><image:loc>http://other.test/i.png</image:loc></url>`)
    .join('')}</urlset>`

const sitemapIndex = (...locations: string[]): string =>
  `<sitemapindex>${locations.map((location) => `<sitemap><loc>${location}</loc></sitemap>`).join('')}</sitemapindex>`

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
