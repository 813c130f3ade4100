import { describeValue } from '@empire/errors'
import { createRetryBudget, retry } from '@empire/resilience'
import { IngestError } from '../ingest-error.ts'
import type { JsonValue } from '../json-value.ts'
import { parseExactJson } from '../parse-exact-json.ts'
import { addressOf } from './address-of.ts'
import type { HttpClient } from './http-client.ts'
import { bodyTooLarge } from './http-errors.ts'
import { type JsonPointer, readJsonPointer } from './json-pointer.ts'
import { parseLinkHeader } from './parse-link-header.ts'

/** Where a page says which one is next. */
export type NextPage =
  /** In the `Link` header, as `rel="next"`. */
  | { readonly type: 'link' }
  /** A URL in the page; `pointer` is a JSON Pointer. */
  | { readonly type: 'url'; readonly pointer: string }
  /** A value in the page, which becomes a parameter of the URL that the listing began with. */
  | { readonly type: 'cursor'; readonly pointer: string; readonly parameter: string }

/** Finds the next page of one; `undefined` at the end. */
type FindNext = (
  page: { readonly url: URL; readonly headers: Headers; readonly body: JsonValue },
  first: URL,
) => URL | undefined

/** How pages are read. */
export interface Paging {
  readonly client: HttpClient
  readonly maxPageBytes: number
  readonly maxPages: number
  readonly next: FindNext
  readonly records: JsonPointer
}

/** One page. */
export interface ApiPage {
  readonly url: URL
  readonly records: readonly JsonValue[]
}

/** Checks the option. Throws `TypeError`. */
export function readNextPage(next: NextPage): FindNext {
  switch (next?.type) {
    case 'link':
      return ({ headers, url }) => {
        const link = parseLinkHeader(headers.get('link') ?? '').find(({ relations }) => relations.includes('next'))
        return link === undefined ? undefined : resolve(link.target, url)
      }
    case 'url': {
      const find = readJsonPointer('next.pointer', next.pointer)
      return ({ body, url }) => {
        const found = find(body) ?? ''
        if (found === '') return undefined
        if (typeof found !== 'string') throw unusable(url, found)
        return resolve(found, url)
      }
    }
    case 'cursor': {
      const find = readJsonPointer('next.pointer', next.pointer)
      const { parameter } = next
      if (typeof parameter !== 'string' || parameter === '') {
        throw new TypeError(`Expected "next.parameter" to be the name of a parameter, got ${describeValue(parameter)}.`)
      }
      return ({ body, url }, first) => {
        const found = find(body) ?? ''
        if (found === '' || found === false) return undefined
        if (typeof found !== 'string' && typeof found !== 'number') throw unusable(url, found)
        const page = new URL(first)
        page.searchParams.set(parameter, String(found))
        return page
      }
    }
  }
  throw new TypeError(
    `Expected "next.type" to be link, url or cursor, got ${describeValue((next as NextPage | undefined)?.type)}.`,
  )
}

/** The pages of an API, each fetched when it is asked for. */
export async function* apiPages(
  first: URL,
  paging: Paging,
  signal: AbortSignal | undefined,
): AsyncGenerator<ApiPage, void, undefined> {
  const { client } = paging
  const { clock, random, retry: options } = client.settings
  const seen = new Set<string>()
  for (let url: URL | undefined = first; url !== undefined;) {
    if (url.origin !== first.origin) {
      throw new IngestError(
        'malformed',
        addressOf(first),
        `the next page is at another origin, ${url.origin}: not followed.`,
      )
    }
    if (seen.has(url.href)) {
      throw new IngestError('malformed', addressOf(url), 'the pages lead back to it: expected an end.')
    }
    if (seen.size === paging.maxPages) {
      const reason = `more than the ${paging.maxPages} pages that "maxPages" allows. Is there an end?`
      throw new IngestError('too_large', addressOf(first), reason)
    }
    seen.add(url.href)
    const at: URL = url
    const budget = createRetryBudget({ retries: (options.attempts ?? 3) - 1 })
    const page = await retry(() => fetchPage(at, paging, signal), { ...options, clock, random, signal, budget })
    yield { url: at, records: page.records }
    url = paging.next({ ...page, url: at }, first)
  }
}

async function fetchPage(
  url: URL,
  { client, maxPageBytes, records: findRecords }: Paging,
  signal: AbortSignal | undefined,
): Promise<{ headers: Headers; body: JsonValue; records: readonly JsonValue[] }> {
  const path = addressOf(url)
  const headers = { accept: 'application/json' }
  return client.request(url, { path, headers, signal }, async (reply) => {
    const pieces: Uint8Array[] = []
    let length = 0
    for await (const piece of reply.body) {
      pieces.push(piece)
      length += piece.length
      if (length > maxPageBytes) throw bodyTooLarge(path, maxPageBytes)
    }
    let body: JsonValue
    try {
      body = parseExactJson(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces, length)))
    } catch (error) {
      throw new IngestError('malformed', path, 'expected a page of JSON.', { cause: error })
    }
    const records = findRecords(body)
    if (!Array.isArray(records)) {
      throw new IngestError(
        'malformed',
        path,
        `expected a list of records, got ${describeValue(records)}. Check "records".`,
      )
    }
    return { headers: reply.headers, body, records: records as readonly JsonValue[] }
  })
}

function resolve(target: string, base: URL): URL {
  const url = URL.parse(target, base.href)
  if (url === null) throw unusable(base, target)
  url.hash = ''
  return url
}

function unusable(url: URL, value: JsonValue): IngestError {
  return new IngestError('malformed', addressOf(url), `expected to find the next page, got ${describeValue(value)}.`)
}
