import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { FakeRequest } from '../fake-server/fake-request.ts'

/** Who may ask, and where. */
export interface SignatureSettings {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly region: string
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
}

/** Why a request is refused, in the codes of S3. */
export type Refusal =
  | 'AccessDenied'
  | 'AuthorizationHeaderMalformed'
  | 'InvalidAccessKeyId'
  | 'RequestTimeTooSkewed'
  | 'SignatureDoesNotMatch'
  | 'XAmzContentSHA256Mismatch'

const form =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/
const longestSkew = 15 * 60 * 1000

/**
 * Checks Signature Version 4 in the header of a request, as S3 does: path, query, signed headers, body and time.
 *
 * `undefined`: the signature is right.
 */
export function checkSignature(request: FakeRequest, settings: SignatureSettings): Refusal | undefined {
  const { method, target, headers, bytes } = request
  if (headers['authorization'] === undefined) return 'AccessDenied'
  const parts = form.exec(headers['authorization'])
  if (parts === null) return 'AuthorizationHeaderMalformed'
  const [, accessKeyId, date, region, signedHeaders, signature] = parts as unknown as readonly string[]
  if (accessKeyId !== settings.accessKeyId) return 'InvalidAccessKeyId'
  if (region !== settings.region) return 'AuthorizationHeaderMalformed'
  const time = headers['x-amz-date'] ?? ''
  const moment = Date.parse(time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
  if (!(Math.abs(moment - settings.now()) <= longestSkew) || !time.startsWith(date!)) return 'RequestTimeTooSkewed'
  const names = signedHeaders!.split(';')
  // What S3 looks at has to be signed, or others could change it.
  const needed = Object.keys(headers).filter((name) => name === 'host' || name.startsWith('x-amz-'))
  if (needed.some((name) => !names.includes(name))) return 'AccessDenied'
  const payload = headers['x-amz-content-sha256'] ?? ''
  if (payload !== 'UNSIGNED-PAYLOAD' && payload !== sha256(bytes)) return 'XAmzContentSHA256Mismatch'

  const query = target.indexOf('?')
  const canonical = [
    method,
    canonicalPath(query === -1 ? target : target.slice(0, query)),
    canonicalQuery(query === -1 ? '' : target.slice(query + 1)),
    ...names.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/ +/g, ' ')}`),
    '',
    signedHeaders,
    payload,
  ].join('\n')
  const scope = `${date}/${region}/s3/aws4_request`
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n')
  const key = [date!, region!, 's3', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${settings.secretAccessKey}`)
  const expected = createHmac('sha256', key).update(toSign).digest()
  return timingSafeEqual(expected, Buffer.from(signature!, 'hex')) ? undefined : 'SignatureDoesNotMatch'
}

/** Each segment in the escapes of RFC 3986, once: S3 does not take steps such as `..`. */
function canonicalPath(path: string): string {
  return path.split('/').map(escapeOnce).join('/')
}

function canonicalQuery(query: string): string {
  if (query === '') return ''
  return query
    .split('&')
    .map((pair) => {
      const [name = '', ...value] = pair.split('=')
      return `${escapeOnce(name)}=${escapeOnce(value.join('='))}`
    })
    .toSorted()
    .join('&')
}

function escapeOnce(text: string): string {
  return encodeURIComponent(decodeURIComponent(text)).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest()
}
