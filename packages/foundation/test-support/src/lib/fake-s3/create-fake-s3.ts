import { createFakeServer, type FakeServer } from '../fake-server/create-fake-server.ts'
import type { FakeScript } from '../fake-server/create-script.ts'
import type { FakeFailure } from '../fake-server/fake-api.ts'
import type { FakeReply } from '../fake-server/fake-reply.ts'
import type { FakeRequest } from '../fake-server/fake-request.ts'
import type { FakeStep } from '../fake-server/fake-step.ts'
import { Bucket } from './bucket.ts'
import { checkSignature } from './check-signature.ts'
import { errorReply, listReply, objectReply } from './s3-replies.ts'
import type { FakeObjectOptions } from './stored-object.ts'

/** Who may ask, and what is there. */
export interface FakeS3Options {
  /** Default: `fake-access-key`. */
  readonly accessKeyId?: string | undefined
  /** Default: `fake-secret-key`. */
  readonly secretAccessKey?: string | undefined
  /** Default: `us-east-1`. */
  readonly region?: string | undefined
  /** The names of its buckets. Default: `bucket`. */
  readonly buckets?: readonly string[] | undefined
  /** Whether old versions of objects are kept, which a request may name. Default: `false`. */
  readonly versioned?: boolean | undefined
  /** Milliseconds since the Unix epoch: signatures of another time are refused. Default: `Date.now`. */
  readonly now?: (() => number) | undefined
}

/** A fake S3 on a real socket. */
export interface FakeS3 extends AsyncDisposable {
  /** Give it to an SDK as `endpoint`, with `forcePathStyle`. */
  readonly url: string
  /** What it was asked, and what is open. */
  readonly server: FakeServer
  /** Puts an object there, or a new version of it. */
  put(bucket: string, key: string, content: string | Uint8Array, options?: FakeObjectOptions): void
  /** Takes an object away with all its versions. */
  remove(bucket: string, key: string): void
  /** Breaks what is open and stops listening. */
  close(): Promise<void>
}

/**
 * A fake of what S3 has for those who read: ListObjectsV2 in pages of at most 1,000 keys, GetObject with ranges,
 * conditions and versions, HeadObject. Paths are `/bucket/key`.
 *
 * It checks Signature Version 4 of each request, and refuses what is not signed with its keys. Objects are put into it by
 * the test. Each request takes a step from the script: a fault of status 503 is a `SlowDown`.
 */
export async function createFakeS3(script?: FakeScript<FakeStep>, options: FakeS3Options = {}): Promise<FakeS3> {
  const { accessKeyId = 'fake-access-key', secretAccessKey = 'fake-secret-key', region = 'us-east-1' } = options
  const { buckets: names = ['bucket'], versioned = false, now = Date.now } = options
  const buckets = new Map(names.map((name) => [name, new Bucket({ versioned })]))

  function handle(request: FakeRequest): FakeReply {
    const refusal = checkSignature(request, { accessKeyId, secretAccessKey, region, now })
    if (refusal !== undefined) return errorReply(refusal)
    const { method, target, url } = request
    if (method !== 'GET' && method !== 'HEAD') return errorReply('MethodNotAllowed')
    const [, name = '', ...rest] = target.split('?', 1)[0]!.split('/')
    const bucket = buckets.get(decodeURIComponent(name))
    if (bucket === undefined) return errorReply('NoSuchBucket')
    const key = decodeURIComponent(rest.join('/'))
    if (key === '') return listReply(name, bucket, url.searchParams)
    const stored = bucket.get(key, url.searchParams.get('versionId'))
    if (stored === undefined) return errorReply(url.searchParams.has('versionId') ? 'NoSuchVersion' : 'NoSuchKey')
    return objectReply(request, stored)
  }

  const server = await createFakeServer<FakeStep>({ handle, error: failureReply }, script)

  function find(name: string): Bucket {
    const bucket = buckets.get(name)
    if (bucket === undefined) throw new TypeError(`"bucket" must be one of ${names.join(', ')}, got "${name}".`)
    return bucket
  }

  return Object.freeze({
    url: server.url,
    server,
    put(bucket, key, content, object = {}) {
      find(bucket).put(key, typeof content === 'string' ? Buffer.from(content) : content, object, now())
    },
    remove: (bucket, key) => find(bucket).remove(key),
    close: server.close,
    [Symbol.asyncDispose]: server.close,
  } satisfies FakeS3)
}

function failureReply({ status = 503, message }: FakeFailure): FakeReply {
  const code = status === 503 ? 'SlowDown' : status === 403 ? 'AccessDenied' : 'InternalError'
  return errorReply(code, message, status)
}
