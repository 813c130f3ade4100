import { GetObjectCommand, type GetObjectCommandOutput, type S3Client } from '@aws-sdk/client-s3'
import { IngestError, type JsonValue, mediaTypeOf, resumedBytes, type SourceContent } from '@empire/ingest'
import { isRetryable } from '@empire/resilience'
import { closeBody, readBody, sendCommand, type Sending } from './send-command.ts'

/** So much is read at once. What is left is fetched when it is wanted, and no connection waits for that. */
const headBytes = 1024 * 1024

/** Which object is read, and how. */
export interface S3ContentOptions extends Sending {
  readonly client: Pick<S3Client, 'send'>
  readonly bucket: string
  readonly key: string
  /** What messages say. */
  readonly path: string
  /** As it was listed. */
  readonly size: number
  readonly maxBytes: number
  readonly signal: AbortSignal | undefined
}

/** Which bytes of which content. */
interface Part {
  /** The first byte, and the last. Default: the whole, or up to its end. */
  readonly start?: number | undefined
  readonly end?: number | undefined
  readonly etag?: string | undefined
  readonly versionId?: string | undefined
}

interface Head {
  readonly output: GetObjectCommandOutput
  readonly bytes: Uint8Array
  /** Of the whole object. */
  readonly size: number
}

/** The content of an object. */
export async function s3Content(options: S3ContentOptions): Promise<SourceContent> {
  const { bucket, key, path, maxBytes, signal } = options
  if (options.size > maxBytes) throw tooLarge(path, options.size, maxBytes)
  const { output, bytes, size } = await readHead(options)
  if (size > maxBytes) throw tooLarge(path, size, maxBytes)
  const { ETag: etag, VersionId, LastModified, Metadata = {}, ContentType = '' } = output
  // What was put before versions were kept has the version "null", and may be replaced.
  const versionId = VersionId === 'null' ? undefined : VersionId
  const metadata: Record<string, JsonValue> = {
    bucket,
    key,
    ...(LastModified !== undefined && { lastModified: LastModified.toISOString() }),
    ...(versionId !== undefined && { versionId }),
    ...(Object.keys(Metadata).length > 0 && { metadata: { ...Metadata } }),
  }
  const content = { mediaType: mediaTypeFor(ContentType, key), version: etag, metadata }
  if (bytes.length >= size) return { ...content, bytes }
  const open = async (position: number): Promise<AsyncIterable<Uint8Array>> => {
    const { Body } = await getObject(options, { start: position, etag, versionId })
    return readBody(Body, path, options, signal)
  }
  const { clock, random } = options
  const rest = (): AsyncGenerator<Uint8Array, void, undefined> =>
    resumedBytes({ open, head: bytes, size, isResumable, clock, random, signal })
  return { ...content, bytes: { [Symbol.asyncIterator]: rest } }
}

async function readHead(options: S3ContentOptions): Promise<Head> {
  const { path, signal } = options
  // A range of nothing is refused.
  const range = options.size === 0 ? {} : { start: 0, end: headBytes - 1 }
  const output = await getObject(options, range).catch((error: unknown) => {
    if (!isEmptyNow(error)) throw error
    return getObject(options, {})
  })
  const size = Number(/\/(\d+)$/.exec(output.ContentRange ?? '')?.[1] ?? output.ContentLength ?? 0)
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of readBody(output.Body, path, options, signal)) {
    pieces.push(piece)
    length += piece.length
    if (length > headBytes) break
  }
  return { output, bytes: Buffer.concat(pieces, length), size }
}

async function getObject(
  options: S3ContentOptions,
  { start, end, etag, versionId }: Part,
): Promise<GetObjectCommandOutput> {
  const { client, bucket, key, path, signal } = options
  const command = new GetObjectCommand({
    Bucket: bucket,
    Key: key,
    ...(start !== undefined && { Range: `bytes=${start}-${end ?? ''}` }),
    ...(etag !== undefined && { IfMatch: etag }),
    ...(versionId !== undefined && { VersionId: versionId }),
  })
  const output = await sendCommand((sending) => client.send(command, sending), path, options, signal)
  // Without a range, it is the whole.
  const { ContentRange = 'bytes 0-' } = output
  const isSame = etag === undefined || (output.ETag ?? etag) === etag
  if (isSame && (start === undefined || ContentRange.startsWith(`bytes ${start}-`))) return output
  closeBody(output.Body)
  if (!isSame) throw new IngestError('changed_while_read', path, 'it changed while it was read.', { retryable: true })
  throw new IngestError('unreadable', path, `the server sent another range than that from byte ${start}.`)
}

/** What has been replaced is read anew, and not from here on. */
function isResumable(error: unknown): boolean {
  return isRetryable(error) && !(error instanceof IngestError && error.code === 'changed_while_read')
}

function isEmptyNow(error: unknown): boolean {
  const { cause } = error as { readonly cause?: { readonly name?: string } }
  return cause?.name === 'InvalidRange'
}

function mediaTypeFor(type: string, key: string): string {
  if (type !== '' && !/^(?:application|binary)\/octet-stream(?:;|$)/i.test(type)) return type
  return mediaTypeOf(key) ?? 'application/octet-stream'
}

function tooLarge(path: string, bytes: number, maxBytes: number): IngestError {
  return new IngestError(
    'too_large',
    path,
    `${bytes} bytes, more than the ${maxBytes} that "maxBytes" allows. Split it.`,
  )
}
