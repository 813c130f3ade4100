import { describeValue, expectKnownKeys } from '@empire/errors'
import { expectCount } from '../expect-options.ts'
import type { Source } from '../source.ts'
import { apiPages, type NextPage, readNextPage } from './api-pages.ts'
import { createHttpClient } from './http-client.ts'
import { type HttpOptions, httpOptionNames, readHttpSettings } from './http-options.ts'
import { readJsonPointer } from './json-pointer.ts'
import { readUrl } from './read-url.ts'
import { readRecordOptions, type RecordOptions } from './record-item.ts'

/** What `httpApiSource` reads out of the pages of an API. */
export interface HttpApiSourceOptions extends HttpOptions, RecordOptions {
  /** Identity of the source: the same on every run, without a `:`. Default: `http-api`. */
  readonly name?: string | undefined
  /** Where the list of records is in a page, as a JSON Pointer (RFC 6901). Default: the page is the list. */
  readonly records?: string | undefined
  /**
   * Where the next page is. Default: `{ type: 'link' }`.
   *
   * - `link`: in the `Link` header, as `rel="next"` (RFC 8288);
   * - `url`: in the page, as a URL;
   * - `cursor`: a value in the page, which goes into a parameter of the next request.
   */
  readonly next?: NextPage | undefined
  /** Whether robots.txt is obeyed. Default: `false`: an API is there for programs. */
  readonly robots?: boolean | undefined
  /** The largest page, in bytes. Default: 32 MiB. */
  readonly maxPageBytes?: number | undefined
  /** How many pages there may be: an API may have no end. Default: 100,000. */
  readonly maxPages?: number | undefined
}

const ownNames = [
  'name',
  'records',
  'id',
  'version',
  'next',
  'content',
  'mediaType',
  'path',
  'metadata',
  'robots',
  'maxPageBytes',
  'maxPages',
]

/**
 * The records of a JSON API, page by page: a page is fetched when its first record is asked for, and tried again by `retry`.
 *
 * The listing fails if a page cannot be had, leads to another origin, or comes a second time: nothing is then deleted. A record
 * without an id fails by itself; it may be any, so that nothing is deleted then either.
 */
export function httpApiSource(url: string | URL, options: HttpApiSourceOptions = {}): Source {
  expectKnownKeys('"options"', options, [...ownNames, ...httpOptionNames])
  const { name = 'http-api', records = '', next = { type: 'link' }, robots = false, id, version, content } = options
  const { mediaType, path, metadata, maxPageBytes = 32 * 1024 * 1024, maxPages = 100_000, ...others } = options
  if (typeof name !== 'string' || name === '' || name.includes(':')) {
    throw new TypeError(`Expected "name" to be a name without a ":", got ${describeValue(name)}.`)
  }
  expectCount('maxPageBytes', maxPageBytes)
  expectCount('maxPages', maxPages)
  const first = readUrl('url', url)
  const client = createHttpClient(readHttpSettings(others), { robots })
  const findRecords = readJsonPointer('records', records)
  const paging = { client, maxPageBytes, maxPages, next: readNextPage(next), records: findRecords }
  const toItem = readRecordOptions({ id, version, content, mediaType, path, metadata }, { client, api: first })

  return Object.freeze({
    name,
    async *items({ signal } = {}) {
      signal?.throwIfAborted()
      for await (const page of apiPages(first, paging, signal)) {
        for (const [place, record] of page.records.entries()) {
          signal?.throwIfAborted()
          yield toItem(record, { page: page.url, place })
        }
      }
    },
  } satisfies Source)
}
