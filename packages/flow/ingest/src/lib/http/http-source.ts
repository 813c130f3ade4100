import { createHash } from 'node:crypto'
import { describeValue, expectKnownKeys } from '@empire/errors'
import { createRetryBudget, retry } from '@empire/resilience'
import { IngestError } from '../ingest-error.ts'
import type { Source, SourceItem } from '../source.ts'
import { failingItem } from './failing-item.ts'
import { createHttpClient, type HttpClient } from './http-client.ts'
import { httpContent } from './http-content.ts'
import { type HttpOptions, httpOptionNames, readHttpSettings } from './http-options.ts'
import { addressOf } from './address-of.ts'
import { type Sitemap, readSitemap } from './read-sitemap.ts'
import { readUrl } from './read-url.ts'

/** What `httpSource` lists and how it fetches. */
export interface HttpSourceOptions extends HttpOptions {
  /** Identity of the source: the same on every run, without a `:`. Default: `http`. */
  readonly name?: string | undefined
  /** URLs of sitemaps, or of indexes of them, whose pages are listed after `urls`. Default: none. */
  readonly sitemaps?: readonly (string | URL)[] | undefined
  /** Which pages of sitemaps are listed. Default: all. */
  readonly match?: ((url: URL) => boolean) | undefined
  /** Whether robots.txt is obeyed (RFC 9309), and its `Crawl-delay`. Default: `true`. */
  readonly robots?: boolean | undefined
}

type Urls = Iterable<string | URL> | AsyncIterable<string | URL>

const ownNames = ['name', 'sitemaps', 'match', 'robots']

/**
 * Documents at URLs, each once. An item is fetched under the condition that it has changed (`If-None-Match`, else
 * `If-Modified-Since`), so that a second run costs a short answer for each.
 *
 * A page that is gone (404, 410), or that robots.txt forbids, is skipped, and what was in the sink of it is removed. A sitemap
 * that cannot be read fails as an item; nothing is then taken for deleted. If that is named in `sitemaps`, the listing fails.
 *
 * @param urls Or a function that gives them, which is called for each listing. Only `http:` and `https:`, without a password.
 */
export function httpSource(urls: Urls | (() => Urls), options: HttpSourceOptions = {}): Source {
  expectKnownKeys('"options"', options, [...ownNames, ...httpOptionNames])
  const { name = 'http', sitemaps = [], match = () => true, robots = true, ...others } = options
  if (typeof name !== 'string' || name === '' || name.includes(':')) {
    throw new TypeError(`Expected "name" to be a name without a ":", got ${describeValue(name)}.`)
  }
  if (typeof match !== 'function')
    throw new TypeError(`Expected "match" to be a function, got ${describeValue(match)}.`)
  if (typeof urls !== 'function' && !isIterable(urls)) {
    throw new TypeError(`Expected "urls" to be iterable, or a function that gives such, got ${describeValue(urls)}.`)
  }
  const listed = Array.isArray(urls) ? urls.map((url) => readUrl('urls', url)) : urls
  if (!Array.isArray(sitemaps)) {
    throw new TypeError(`Expected "sitemaps" to be an array of URLs, got ${describeValue(sitemaps)}.`)
  }
  const maps = sitemaps.map((url) => readUrl('sitemaps', url))
  const client = createHttpClient(readHttpSettings(others), { robots })

  return Object.freeze({
    name,
    async *items({ signal } = {}) {
      signal?.throwIfAborted()
      const seen = new Set<string>()
      const isNew = ({ href }: URL): boolean => !seen.has(href) && seen.add(href) !== undefined
      for await (const given of typeof listed === 'function' ? listed() : listed) {
        signal?.throwIfAborted()
        const url = readUrl('urls', given)
        if (isNew(url)) yield toItem(client, url, url.origin)
      }
      for (const map of maps) {
        for await (const found of pages(client, map, signal)) {
          if (!(found instanceof URL)) yield found
          else if (match(found) && isNew(found)) yield toItem(client, found, map.origin)
        }
      }
    },
  } satisfies Source)
}

/** @param origin The one that was named. */
function toItem(client: HttpClient, url: URL, origin: string): SourceItem {
  const path = addressOf(url)
  return { id: idOf(url), path, read: (options = {}) => httpContent(client, url, { path, origin }, options) }
}

/** The URL. A secret in it is not for the state and the sink, yet makes it another one. */
function idOf(url: URL): string {
  const address = addressOf(url)
  if (address === url.href) return address
  return `${address}#${createHash('sha256').update(url.href).digest('hex').slice(0, 16)}`
}

async function* pages(
  client: HttpClient,
  map: URL,
  signal: AbortSignal | undefined,
): AsyncGenerator<URL | SourceItem, void, undefined> {
  const index = await loadSitemap(client, map, signal)
  yield* pagesOf(map, index)
  // An index names no further indexes, says the protocol: so there is no circle.
  for (const url of index.sitemaps) {
    let found: Sitemap
    try {
      found = await loadSitemap(client, url, signal)
    } catch (error) {
      signal?.throwIfAborted()
      yield { ...failingItem(idOf(url), addressOf(url), error), hides: () => true }
      continue
    }
    yield* pagesOf(url, found)
  }
}

function* pagesOf(map: URL, { pages: urls, invalid }: Sitemap): Generator<URL | SourceItem, void, undefined> {
  yield* urls
  for (const location of invalid) {
    const error = new IngestError(
      'malformed',
      addressOf(map),
      `the sitemap names "${location}", which is no URL of HTTP.`,
    )
    yield failingItem(`${addressOf(map)}#${location}`, addressOf(map), error)
  }
}

function loadSitemap(client: HttpClient, url: URL, signal: AbortSignal | undefined): Promise<Sitemap> {
  const { clock, random, retry: options } = client.settings
  const budget = createRetryBudget({ retries: (options.attempts ?? 3) - 1 })
  return retry(() => readSitemap(client, url, signal), { ...options, clock, random, signal, budget })
}

function isIterable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value)
}
