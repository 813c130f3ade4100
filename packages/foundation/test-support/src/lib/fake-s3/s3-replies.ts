import type { FakeReply } from '../fake-server/fake-reply.ts'
import type { FakeRequest } from '../fake-server/fake-request.ts'
import type { Bucket } from './bucket.ts'
import type { StoredObject } from './stored-object.ts'

const mostKeys = 1_000

const statuses: Readonly<Record<string, number>> = {
  AccessDenied: 403,
  AuthorizationHeaderMalformed: 400,
  InternalError: 500,
  InvalidAccessKeyId: 403,
  InvalidArgument: 400,
  InvalidObjectState: 403,
  InvalidRange: 416,
  MethodNotAllowed: 405,
  NoSuchBucket: 404,
  NoSuchKey: 404,
  NoSuchVersion: 404,
  NotImplemented: 501,
  PreconditionFailed: 412,
  RequestTimeTooSkewed: 403,
  SignatureDoesNotMatch: 403,
  SlowDown: 503,
  XAmzContentSHA256Mismatch: 400,
}

/** An error as S3 says it; without a body for HEAD. */
export function errorReply(code: string, message = code, status = statuses[code] ?? 500): FakeReply {
  const body = `<Error><Code>${code}</Code><Message>${escape(message)}</Message></Error>`
  return { status, headers: { 'content-type': 'application/xml' }, body: Buffer.from(body) }
}

/** One page of ListObjectsV2. */
export function listReply(name: string, bucket: Bucket, query: URLSearchParams): FakeReply {
  if (query.get('list-type') !== '2' || query.has('delimiter')) return errorReply('NotImplemented')
  const token = query.get('continuation-token')
  const after = token === null ? (query.get('start-after') ?? undefined) : Buffer.from(token, 'base64url').toString()
  const limit = Math.min(mostKeys, Number(query.get('max-keys') ?? mostKeys))
  if (!(limit > 0)) return errorReply('InvalidArgument')
  const isEncoded = query.get('encoding-type') === 'url'
  const encode = isEncoded ? escapeKey : escape
  const keys = bucket.keys(query.get('prefix') ?? '', after)
  const page = keys.slice(0, limit)
  const contents = page.map((key) => {
    const { etag, content, lastModified, storageClass } = bucket.get(key)!
    return `<Contents><Key>${encode(key)}</Key><LastModified>${lastModified.toISOString()}</LastModified><ETag>${escape(etag)}</ETag><Size>${content.length}</Size><StorageClass>${storageClass}</StorageClass></Contents>`
  })
  const isTruncated = keys.length > page.length
  const next = isTruncated
    ? `<NextContinuationToken>${Buffer.from(page.at(-1)!).toString('base64url')}</NextContinuationToken>`
    : ''
  const body = `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${name}</Name><KeyCount>${page.length}</KeyCount><MaxKeys>${limit}</MaxKeys>${isEncoded ? '<EncodingType>url</EncodingType>' : ''}<IsTruncated>${isTruncated}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`
  return { headers: { 'content-type': 'application/xml' }, body: Buffer.from(body) }
}

/** The reply to GetObject and HeadObject. */
export function objectReply({ method, headers }: FakeRequest, stored: StoredObject): FakeReply {
  const { content, etag, lastModified, contentType, metadata, versionId, storageClass } = stored
  if (headers['if-match'] !== undefined && headers['if-match'] !== etag) return errorReply('PreconditionFailed')
  if (headers['if-none-match'] === etag) return { status: 304 }
  const known = {
    etag,
    'accept-ranges': 'bytes',
    'last-modified': lastModified.toUTCString(),
    'content-type': contentType,
    ...(versionId !== undefined && { 'x-amz-version-id': versionId }),
    ...(storageClass !== 'STANDARD' && { 'x-amz-storage-class': storageClass }),
    ...Object.fromEntries(Object.entries(metadata).map(([name, value]) => [`x-amz-meta-${name.toLowerCase()}`, value])),
  }
  if (method === 'HEAD') return { headers: { ...known, 'content-length': String(content.length) } }
  if (storageClass === 'GLACIER' || storageClass === 'DEEP_ARCHIVE') return errorReply('InvalidObjectState')
  const range = /^bytes=(\d+)-(\d*)$/.exec(headers['range'] ?? '')
  if (range === null) return { headers: known, body: content }
  const start = Number(range[1])
  if (start >= content.length) return errorReply('InvalidRange')
  const end = Math.min(content.length - 1, range[2] === '' ? Infinity : Number(range[2]))
  return {
    status: 206,
    headers: { ...known, 'content-range': `bytes ${start}-${end}/${content.length}` },
    body: content.subarray(start, end + 1),
  }
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** As S3 writes keys that XML cannot hold. */
function escapeKey(key: string): string {
  return encodeURIComponent(key)
    .replaceAll('%2F', '/')
    .replaceAll('%20', '+')
    .replace(/[!'()]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
}
