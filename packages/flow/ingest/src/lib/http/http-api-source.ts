import { describeValue } from '@empire/errors'
import { expectOptions } from '../expect-options.ts'
import { IngestError } from '../ingest-error.ts'
import type { JsonValue } from '../json-value.ts'
import type { Source, SourceContent, SourceItem } from '../source.ts'
import { apiPages, type NextPage, readNextPage } from './api-pages.ts'
import { createHttpClient, type HttpClient } from './http-client.ts'
import { httpContent } from './http-content.ts'
import { type HttpOptions, httpOptionNames, readHttpSettings } from './http-options.ts'
import { type JsonPointer, readJsonPointer } from './json-pointer.ts'
import { readUrl } from './read-url.ts'

/** One of the things that an API lists, as it came. Numbers that JavaScript cannot hold exactly are texts. */
export type ApiRecord = JsonValue

/** What `httpApiSource` reads out of the pages of an API. */
export interface HttpApiSourceOptions extends HttpOptions {
  /** Identity of the source: the same on every run, without a `:`. Default: `http-api`. */
  readonly name?: string | undefined
  /** Where the list of records is in a page, as a JSON Pointer (RFC 6901). Default: the page is the list. */
  readonly records?: string | undefined
  /** Where the id is in a record: a text or a number. Default: `/id`. */
  readonly id?: string | undefined
  /**
   * Where a mark of its content is in a record, such as the time of the last change: a record with the same mark is not read again.
   * Default: none, the content is compared.
   */
  readonly version?: string | undefined
  /**
   * Where the next page is. Default: `{ type: 'link' }`.
   *
   * - `link`: in the `Link` header, as `rel="next"` (RFC 8288);
   * - `url`: in the page, as a URL;
   * - `cursor`: a value in the page, which goes into a parameter of the next request.
   */
  readonly next?: NextPage | undefined
  /**
   * The content of a record: a text, bytes, or a URL from which it is fetched like a document of `httpSource`.
   * Default: the record as JSON.
   */
  readonly content?: ((record: ApiRecord) => string | Uint8Array | URL) | undefined
  /** Of texts and bytes. Default: `application/json` without `content`, else `text/plain`. */
  readonly mediaType?: string | undefined
  /** For people. Default: the URL of the API with the id as its fragment. */
  readonly path?: ((record: ApiRecord) => string) | undefined
  /** What else is known of a record, for the sink. Default: nothing. */
  readonly metadata?: ((record: ApiRecord) => Readonly<Record<string, JsonValue>>) | undefined
  /** Whether robots.txt is obeyed. Default: `false`: an API is there for programs. */
  readonly robots?: boolean | undefined
  /** The largest page, in bytes. Default: 32 MiB. */
  readonly maxPageBytes?: number | undefined
}

interface Reading {
  readonly client: HttpClient
  readonly url: URL
  readonly id: JsonPointer
  readonly version: JsonPointer | undefined
  readonly content: ((record: ApiRecord) => string | Uint8Array | URL) | undefined
  readonly mediaType: string
  readonly path: ((record: ApiRecord) => string) | undefined
  readonly metadata: ((record: ApiRecord) => Readonly<Record<string, JsonValue>>) | undefined
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
]

/**
 * The records of a JSON API, page by page: a page is fetched when its first record is asked for, and tried again by `retry`.
 *
 * The listing fails if a page cannot be had, leads to another origin, or comes a second time: nothing is then deleted.
 */
export function httpApiSource(url: string | URL, options: HttpApiSourceOptions = {}): Source {
  expectOptions(options, [...ownNames, ...httpOptionNames])
  const { name = 'http-api', records = '', id = '/id', version, next = { type: 'link' }, robots = false } = options
  const { content, path, metadata, maxPageBytes = 32 * 1024 * 1024, ...others } = options
  const { mediaType = content === undefined ? 'application/json' : 'text/plain' } = options
  if (typeof name !== 'string' || name === '' || name.includes(':')) {
    throw new TypeError(`Expected "name" to be a name without a ":", got ${describeValue(name)}.`)
  }
  for (const [option, value] of Object.entries({ content, path, metadata })) {
    if (value === undefined || typeof value === 'function') continue
    throw new TypeError(`Expected "${option}" to be a function, got ${describeValue(value)}.`)
  }
  const first = readUrl('url', url)
  const client = createHttpClient(readHttpSettings(others), { robots })
  const paging = { client, maxPageBytes, next: readNextPage(next), records: readJsonPointer('records', records) }
  const reading: Reading = {
    client,
    url: first,
    id: readJsonPointer('id', id),
    version: version === undefined ? undefined : readJsonPointer('version', version),
    content,
    mediaType,
    path,
    metadata,
  }

  return Object.freeze({
    name,
    async *items({ signal } = {}) {
      signal?.throwIfAborted()
      for await (const page of apiPages(first, paging, signal)) {
        for (const record of page.records) {
          signal?.throwIfAborted()
          yield toItem(record, page.url, reading)
        }
      }
    },
  } satisfies Source)
}

function toItem(record: ApiRecord, page: URL, reading: Reading): SourceItem {
  const found = reading.id(record)
  if ((typeof found !== 'string' && typeof found !== 'number') || found === '') {
    throw new IngestError('malformed', page.href, `expected records with an id, got ${describeValue(found)} as one.`)
  }
  const id = String(found)
  const path = reading.path?.(record) ?? `${reading.url.href}#${id}`
  const mark = reading.version?.(record)
  // The mark is one of the record: what is fetched from elsewhere has its own.
  const version = typeof mark === 'string' || typeof mark === 'number' ? `record ${mark}` : undefined
  return {
    id,
    path,
    version,
    async read(options = {}) {
      options.signal?.throwIfAborted()
      return readRecord(record, path, reading, options)
    },
  }
}

async function readRecord(
  record: ApiRecord,
  path: string,
  { client, content, mediaType, metadata }: Reading,
  options: { readonly version?: string | undefined; readonly signal?: AbortSignal | undefined },
): Promise<SourceContent | undefined> {
  const known = metadata?.(record)
  const given = content === undefined ? JSON.stringify(record, null, 2) : content(record)
  if (given instanceof URL) {
    const fetched = await httpContent(client, readUrl('content', given), path, options)
    return fetched && { ...fetched, metadata: { ...fetched.metadata, ...known } }
  }
  const bytes = typeof given === 'string' ? new TextEncoder().encode(given) : given
  return { bytes, mediaType, ...(known !== undefined && { metadata: known }) }
}
