import { S3Client } from '@aws-sdk/client-s3'
import { type Clock, systemClock } from '@empire/clock'
import { describeValue, expectKnownKeys } from '@empire/errors'
import { globFilter, type Source, type SourceItem } from '@empire/ingest'
import { type ListedObject, listObjects } from './list-objects.ts'
import { s3Content } from './s3-content.ts'

/** What `s3Source` lists, and how it reads. */
export interface S3SourceOptions {
  /** The bucket. */
  readonly bucket: string
  /**
   * What asks it. Attempts are made here and by `ingest`: create it with `maxAttempts: 1`, or they multiply. It stays open.
   * Default: one with the credentials, the region and the endpoint (`AWS_ENDPOINT_URL_S3`) of the environment.
   */
  readonly client?: Pick<S3Client, 'send'> | undefined
  /** What the keys begin with. Default: all keys. */
  readonly prefix?: string | undefined
  /** Globs for keys: `docs/**\/*.md`, `!**\/drafts/**`. Default: all. */
  readonly match?: readonly string[] | undefined
  /** Identity of the source: the same on every run, without a `:`. Default: `s3-` and the bucket. */
  readonly name?: string | undefined
  /** The largest object that is read, in bytes. Default: 1 GiB. */
  readonly maxBytes?: number | undefined
  /** How often a page of the listing is asked for. Default: 5. */
  readonly attempts?: number | undefined
  /** Milliseconds without a sign of S3: until the headers, and between two pieces of a body. Default: 30,000. */
  readonly timeout?: number | undefined
  /** Default: the platform's. */
  readonly clock?: Clock | undefined
  /** A number from 0 up to 1, excluded: spreads the waits. Default: `Math.random`. */
  readonly random?: (() => number) | undefined
}

const names = ['bucket', 'client', 'prefix', 'match', 'name', 'maxBytes', 'attempts', 'timeout', 'clock', 'random']

/**
 * The objects of an S3 bucket, by the bytes of their keys. The version of an item is its ETag: what has the same one is not read
 * again. Marks of folders (empty objects whose keys end with a slash) are left out.
 *
 * The first MiB of an object is read at once, the rest when it is wanted, by ranges of the same content (`If-Match`, and its version in
 * a bucket that keeps them). A body that breaks goes on where it broke.
 */
export function s3Source(options: S3SourceOptions): Source {
  expectOptions(options)
  const { bucket, prefix = '', match = [], name = `s3-${bucket}`, maxBytes = 1024 ** 3, attempts = 5 } = options
  const { timeout = 30_000, clock = systemClock, random = Math.random } = options
  const { client = createClient() } = options
  for (const [option, value] of Object.entries({ bucket, name })) {
    if (typeof value === 'string' && value !== '' && !value.includes(':')) continue
    throw new TypeError(`Expected "${option}" to be a name without a ":", got ${describeValue(value)}.`)
  }
  for (const [option, value] of Object.entries({ maxBytes, attempts, timeout })) {
    if (Number.isSafeInteger(value) && value > 0) continue
    throw new TypeError(`Expected "${option}" to be a whole number from 1, got ${describeValue(value)}.`)
  }
  if (typeof prefix !== 'string') throw new TypeError(`Expected "prefix" to be a text, got ${describeValue(prefix)}.`)
  if (typeof client?.send !== 'function') {
    throw new TypeError(`Expected "client" to be an S3Client, got ${describeValue(client)}.`)
  }
  const fits = globFilter(match)
  const wanted = globFilter(match.filter((pattern) => !pattern.startsWith('!')))
  const sending = { client, bucket, clock, random, timeout }

  function toItem({ key, size, etag }: ListedObject): SourceItem {
    const path = `s3://${bucket}/${key}`
    return {
      id: key,
      path,
      version: etag,
      read: ({ signal } = {}) => s3Content({ ...sending, key, path, size, maxBytes, signal }),
    }
  }

  return Object.freeze({
    name,
    // What a glob behind a "!" leaves out is deleted.
    covers: (id) => id.startsWith(prefix) && wanted(id),
    async *items({ signal } = {}) {
      signal?.throwIfAborted()
      for await (const found of listObjects({ ...sending, prefix, attempts, signal })) {
        signal?.throwIfAborted()
        if (fits(found.key) && !(found.size === 0 && found.key.endsWith('/'))) yield toItem(found)
      }
    },
    async item(id, { signal } = {}) {
      signal?.throwIfAborted()
      if (!id.startsWith(prefix) || !fits(id)) return undefined
      // HEAD does not tell a missing object from a missing bucket. Of all keys that begin with it, the key itself is the first.
      for await (const found of listObjects({ ...sending, prefix: id, pageSize: 1, attempts, signal })) {
        return found.key === id ? toItem(found) : undefined
      }
      return undefined
    },
  } satisfies Source)
}

/** Other servers than Amazon's seldom have a name for each bucket. */
function createClient(): S3Client {
  const { AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL } = process.env
  return new S3Client({ maxAttempts: 1, forcePathStyle: Boolean(AWS_ENDPOINT_URL_S3 ?? AWS_ENDPOINT_URL) })
}

function expectOptions(options: unknown): asserts options is S3SourceOptions {
  expectKnownKeys('"options"', options, names)
}
