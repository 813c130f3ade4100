import { IngestError } from '../ingest-error.ts'
import { mediaTypeOf } from '../media-type.ts'
import { resumedBytes } from '../resumed-bytes.ts'
import type { ReadOptions, SourceContent } from '../source.ts'
import { addressOf } from './address-of.ts'
import type { HttpClient } from './http-client.ts'
import { bodyTooLarge } from './http-errors.ts'
import type { HttpReply } from './http-reply.ts'

/** So much is read at once. What is left is fetched when it is wanted, and no connection waits for that. */
const headBytes = 1024 * 1024

/** What is read. */
interface Target {
  /** What messages say. */
  readonly path: string
  /** Where the headers of the settings may go to. */
  readonly origin: string
}

interface Head {
  readonly reply: HttpReply
  readonly bytes: Uint8Array
  readonly complete: boolean
}

/** The content at a URL; `undefined` if the server says that it is still of `version`. */
export async function httpContent(
  client: HttpClient,
  url: URL,
  { path, origin }: Target,
  { version, signal }: ReadOptions,
): Promise<SourceContent | undefined> {
  const { maxBytes } = client.settings
  const condition = conditionOf(version)
  const head = await client.request(
    url,
    { path, headers: condition, origin, signal },
    async (reply): Promise<Head | undefined> => {
      if (reply.status === 304) {
        await reply.body.cancel()
        if (Object.keys(condition).length > 0) return undefined
        throw new IngestError(
          'unreadable',
          path,
          'status 304 (not modified), though nothing was said of an earlier version.',
        )
      }
      if (reply.status === 206) {
        await reply.body.cancel()
        throw new IngestError('unreadable', path, 'status 206 (partial content), though the whole was asked for.')
      }
      if (Number(reply.headers.get('content-length')) > maxBytes) {
        await reply.body.cancel()
        throw bodyTooLarge(path, maxBytes)
      }
      return { reply, ...(await readHead(reply, path, maxBytes)) }
    },
  )
  if (head === undefined) return undefined
  const { headers, url: found } = head.reply
  const content = {
    mediaType: mediaTypeFor(headers, found),
    version: versionOf(headers),
    metadata: metadataOf(headers, url),
  }
  if (head.complete) return { ...content, bytes: head.bytes }
  return { ...content, bytes: { [Symbol.asyncIterator]: () => rest(client, url, { path, origin }, head, signal) } }
}

async function readHead(
  { body }: HttpReply,
  path: string,
  maxBytes: number,
): Promise<{ bytes: Uint8Array; complete: boolean }> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of body) {
    if (length + piece.length > maxBytes) throw bodyTooLarge(path, maxBytes)
    // The last piece is left for the rest: a range of nothing would be refused.
    if (length >= headBytes) return { bytes: Buffer.concat(pieces, length), complete: false }
    pieces.push(piece)
    length += piece.length
  }
  return { bytes: Buffer.concat(pieces, length), complete: true }
}

/** The head and all that follows it: by ranges where the server has them, else by reading it anew. */
async function* rest(
  client: HttpClient,
  url: URL,
  { path, origin }: Target,
  { reply, bytes: head }: Head,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { maxBytes, clock, random } = client.settings
  const etag = reply.headers.get('etag')
  const ranged = etag?.startsWith('"') === true
  let resumable = true
  async function* open(position: number): AsyncGenerator<Uint8Array, void, undefined> {
    const headers: Record<string, string> = ranged ? { range: `bytes=${position}-`, 'if-range': etag } : {}
    // What is left of a body does not count for its host: it may wait for the sink.
    const again = await client.request(url, { path, headers, origin, signal }, async (answer) => answer)
    if (again.status === 206) {
      const range = parseContentRange(again.headers)
      if (range?.start !== position || (again.headers.get('etag') ?? etag) !== etag) {
        await again.body.cancel()
        if (range?.start === position) throw changed(path)
        throw new IngestError('unreadable', path, `the server sent another range than that from byte ${position}.`)
      }
      let end = position
      for await (const piece of again.body) {
        end += piece.length
        yield piece
      }
      // A server may send less than it was asked for.
      if (range.size === undefined || end >= range.size) return
      throw new IngestError('unreachable', path, `the body ended after ${end} of ${range.size} bytes.`, {
        retryable: true,
      })
    }
    // The whole: it has to begin like the part that is known.
    resumable = false
    if (position !== head.length) {
      await again.body.cancel()
      throw changed(path)
    }
    yield* withoutHead(again.body, head, path)
  }
  let length = 0
  const isResumable = (error: unknown): boolean => resumable && IngestError.isInstance(error) && error.retryable
  for await (const piece of resumedBytes({ open, head, isResumable, signal, clock, random })) {
    length += piece.length
    if (length > maxBytes) throw bodyTooLarge(path, maxBytes)
    yield piece
  }
}

async function* withoutHead(
  body: AsyncIterable<Uint8Array>,
  head: Uint8Array,
  path: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  let position = 0
  for await (const piece of body) {
    const known = head.subarray(position, position + piece.length)
    if (!Buffer.from(piece.buffer, piece.byteOffset, known.length).equals(known)) throw changed(path)
    position += piece.length
    if (known.length < piece.length) yield piece.subarray(known.length)
  }
  if (position < head.length) throw changed(path)
}

function changed(path: string): IngestError {
  return new IngestError('changed_while_read', path, 'it changed while it was read.', { retryable: true })
}

/** Where a part begins, and how long the whole is, if the server knows. */
function parseContentRange(
  headers: Headers,
): { readonly start: number; readonly size: number | undefined } | undefined {
  const found = /^bytes (\d+)-\d+\/(?:(\d+)|\*)$/i.exec(headers.get('content-range')?.trim() ?? '')
  return found === null
    ? undefined
    : { start: Number(found[1]), size: found[2] === undefined ? undefined : Number(found[2]) }
}

function conditionOf(version: string | undefined): Readonly<Record<string, string>> {
  if (version?.startsWith('etag ')) return { 'if-none-match': version.slice('etag '.length) }
  if (version?.startsWith('modified ')) return { 'if-modified-since': version.slice('modified '.length) }
  return {}
}

/** What the server is asked by the next time. A time counts only if nothing can have changed after it within its second. */
function versionOf(headers: Headers): string | undefined {
  const etag = headers.get('etag')
  if (etag !== null && etag !== '') return `etag ${etag}`
  const modified = headers.get('last-modified')
  const age = Date.parse(headers.get('date') ?? '') - Date.parse(modified ?? '')
  return age >= 1_000 ? `modified ${modified}` : undefined
}

function mediaTypeFor(headers: Headers, { pathname }: URL): string {
  const type = headers.get('content-type')?.trim() ?? ''
  if (type !== '' && !/^(?:application|binary)\/octet-stream(?:;|$)/i.test(type)) return type
  return mediaTypeOf(pathname) ?? 'application/octet-stream'
}

/** With the URL that was asked for: one that a redirect leads to is often signed, and good for one time. */
function metadataOf(headers: Headers, url: URL): Record<string, string> {
  const modified = headers.get('last-modified')
  return { url: addressOf(url), ...(modified !== null && { lastModified: modified }) }
}
