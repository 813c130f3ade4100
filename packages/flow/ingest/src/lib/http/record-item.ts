import { describeValue } from '@empire/errors'
import { IngestError } from '../ingest-error.ts'
import type { JsonValue } from '../json-value.ts'
import type { ReadOptions, SourceContent, SourceItem } from '../source.ts'
import type { HttpClient } from './http-client.ts'
import { addressOf } from './address-of.ts'
import { failingItem } from './failing-item.ts'
import { httpContent } from './http-content.ts'
import { readJsonPointer } from './json-pointer.ts'
import { readUrl } from './read-url.ts'

/** One of the things that an API lists, as it came. Numbers that JavaScript cannot hold exactly are texts. */
export type ApiRecord = JsonValue

/** What is made of a record. */
export interface RecordOptions {
  /** Where the id is in a record: a text or a number. Default: `/id`. */
  readonly id?: string | undefined
  /**
   * Where a mark of its content is in a record, such as the time of the last change: a record with the same mark is not read again.
   * Default: none, the content is compared.
   */
  readonly version?: string | undefined
  /**
   * The content of a record: a text, bytes, or a URL from which it is fetched like a document of `httpSource`, with `headers` only
   * from the origin of the API. Default: the record as JSON.
   */
  readonly content?: ((record: ApiRecord) => string | Uint8Array | URL) | undefined
  /** Of texts and bytes. Default: `application/json` without `content`, else `text/plain`. */
  readonly mediaType?: string | undefined
  /** For people. Default: the URL of the API with the id as its fragment. */
  readonly path?: ((record: ApiRecord) => string) | undefined
  /** What else is known of a record, for the sink. Default: nothing. */
  readonly metadata?: ((record: ApiRecord) => Readonly<Record<string, JsonValue>>) | undefined
}

/** Checks the options, and gives what makes items of records. Throws `TypeError`. */
export function readRecordOptions(
  options: RecordOptions,
  { client, api }: { readonly client: HttpClient; readonly api: URL },
): (record: ApiRecord, at: { readonly page: URL; readonly place: number }) => SourceItem {
  const { content, path: describe, metadata } = options
  for (const [option, value] of Object.entries({ content, path: describe, metadata })) {
    if (value === undefined || typeof value === 'function') continue
    throw new TypeError(`Expected "${option}" to be a function, got ${describeValue(value)}.`)
  }
  const { mediaType = content === undefined ? 'application/json' : 'text/plain' } = options
  const findId = readJsonPointer('id', options.id ?? '/id')
  const findMark = options.version === undefined ? undefined : readJsonPointer('version', options.version)

  async function read(
    record: ApiRecord,
    path: string,
    mark: string | undefined,
    given: ReadOptions,
  ): Promise<SourceContent | undefined> {
    given.signal?.throwIfAborted()
    const known = metadata?.(record)
    const made = content === undefined ? JSON.stringify(record, null, 2) : content(record)
    if (made instanceof URL) {
      const fetched = await httpContent(client, readUrl('content', made), { path, origin: api.origin }, given)
      return fetched && { ...fetched, version: mark ?? fetched.version, metadata: { ...fetched.metadata, ...known } }
    }
    if (typeof made !== 'string' && !(made instanceof Uint8Array)) {
      throw new TypeError(`Expected "content" to give a text, bytes or a URL, got ${describeValue(made)}.`)
    }
    const bytes = typeof made === 'string' ? new TextEncoder().encode(made) : made
    return { bytes, mediaType, ...(known !== undefined && { metadata: known }) }
  }

  return (record, { page, place }) => {
    const found = findId(record)
    if ((typeof found !== 'string' && typeof found !== 'number') || found === '') {
      const address = addressOf(page)
      const reason = `expected each record to have an id, got ${describeValue(found)} as one. Check "id".`
      const error = new IngestError('malformed', address, reason)
      return { ...failingItem(`${address}#/${place}`, address, error), hides: () => true }
    }
    const id = String(found)
    let path = `${addressOf(api)}#${id}`
    try {
      path = describe?.(record) ?? path
    } catch (error) {
      return failingItem(id, path, error)
    }
    const mark = findMark?.(record)
    // No ETag looks like it.
    const version = typeof mark === 'string' || typeof mark === 'number' ? `record ${mark}` : undefined
    return { id, path, version, read: (given = {}) => read(record, path, version, given) }
  }
}
