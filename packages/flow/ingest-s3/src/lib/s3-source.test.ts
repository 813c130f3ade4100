import { S3Client } from '@aws-sdk/client-s3'
import { createMemoryState, functionSink, ingest, IngestError, type Source, type SourceItem } from '@empire/ingest'
import { sourceCases } from '@empire/ingest/conformance'
import { createManualClock, runConformance } from '@empire/test-support'
import { createFakeS3, type FakeS3, type FakeS3Options } from '@empire/test-support/fake-s3'
import type { FakeScript, FakeStep } from '@empire/test-support/fake-server'
import { afterEach, describe, expect, it } from 'vitest'
import { s3Source, type S3SourceOptions } from './s3-source.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

function clientOf({ url }: FakeS3, secretAccessKey = 'fake-secret-key'): S3Client {
  return new S3Client({
    endpoint: url,
    region: 'us-east-1',
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: { accessKeyId: 'fake-access-key', secretAccessKey },
  })
}

async function open(script?: FakeScript<FakeStep>, options?: FakeS3Options) {
  const s3 = await createFakeS3(script, options)
  const client = clientOf(s3)
  closing.push(
    () => client.destroy(),
    () => s3.close(),
  )
  return { s3, source: (more: Partial<S3SourceOptions> = {}) => s3Source({ bucket: 'bucket', client, ...more }) }
}

async function list(source: Source): Promise<SourceItem[]> {
  const items: SourceItem[] = []
  for await (const item of source.items()) items.push(item)
  return items
}

async function bytesOf(item: SourceItem | undefined): Promise<Uint8Array> {
  const { bytes } = (await item!.read())!
  if (bytes instanceof Uint8Array) return bytes
  const pieces: Uint8Array[] = []
  for await (const piece of bytes) pieces.push(piece)
  return Buffer.concat(pieces)
}

async function failure(work: Promise<unknown>): Promise<IngestError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!IngestError.isInstance(error)) throw error
  return error as IngestError
}

/** Never waits, and notes how long it should have; time-outs never come. */
function hastyClock() {
  const waits: number[] = []
  return {
    waits,
    now: () => 0,
    sleep(ms: number, { signal }: { signal?: AbortSignal | undefined } = {}): Promise<void> {
      if (ms === 30_000)
        return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
      waits.push(ms)
      return Promise.resolve()
    },
  }
}

const noRegion = (): Promise<string> => Promise.reject(new Error('Region is missing'))

const large = Buffer.from(Uint8Array.from({ length: 3_000_000 }, (_, index) => (index * 31 + (index >> 8)) % 256))

runConformance(
  sourceCases({
    async open() {
      let broken = false
      const s3 = await createFakeS3(() => (broken ? { fault: { type: 'status', status: 403 } } : undefined))
      const client = clientOf(s3)
      return {
        source: s3Source({ bucket: 'bucket', client }),
        async put(name, content) {
          s3.put('bucket', name, content)
          return name
        },
        async remove(name) {
          s3.remove('bucket', name)
        },
        breakListing() {
          broken = true
        },
        close() {
          client.destroy()
          return s3.close()
        },
      }
    },
  }),
  { describe, it, title: 's3Source' },
)

describe('s3Source', () => {
  it('lists 2,500 keys page by page, as they are asked for', async () => {
    const { s3, source } = await open()
    const keys = Array.from({ length: 2_500 }, (_, index) => `docs/${String(index).padStart(4, '0')}.md`)
    for (const key of keys) s3.put('bucket', key, key)
    s3.put('bucket', 'other.md', 'x')
    for await (const { id } of source({ prefix: 'docs/' }).items()) if (id === keys[0]) break
    expect(s3.server.requests).toHaveLength(1)
    expect((await list(source({ prefix: 'docs/' }))).map(({ id }) => id)).toEqual(keys)
    expect(s3.server.requests).toHaveLength(4)
  })

  it.each([
    'with space and+plus',
    'per%cent %41',
    'ünï/コード/😀',
    'quotes\'"<&>();=?#@,$!*',
    'control\u0001\u001f\ttab\nline',
    'double//slash/',
    '/leading',
    'a/../b/./c',
    '__proto__',
    '~-._',
  ])('lists and reads the key %j', async (key) => {
    const { s3, source } = await open()
    s3.put('bucket', key, 'Content.')
    const [item] = await list(source())
    expect(item).toMatchObject({ id: key, path: `s3://bucket/${key}` })
    expect(Buffer.from(await bytesOf(item)).toString()).toBe('Content.')
    expect((await source().item!(key))?.id).toBe(key)
  })

  it('filters keys by globs; what one behind a "!" leaves out is deleted, what the others do is left alone', async () => {
    const { s3, source } = await open()
    for (const key of ['docs/', 'docs/a.md', 'docs/drafts/b.md', 'docs/c.txt'])
      s3.put('bucket', key, key === 'docs/' ? '' : 'x')
    const filtered = source({ match: ['docs/**/*.md', '!**/drafts/**'] })
    expect((await list(filtered)).map(({ id }) => id)).toEqual(['docs/a.md'])
    expect(await filtered.item!('docs/drafts/b.md')).toBeUndefined()
    expect(filtered.covers!('docs/drafts/b.md')).toBe(true)
    expect(filtered.covers!('docs/c.txt')).toBe(false)
    expect((await list(source())).map(({ id }) => id)).toEqual(['docs/a.md', 'docs/c.txt', 'docs/drafts/b.md'])
  })

  it('says what it knows of an object', async () => {
    const { s3, source } = await open(undefined, { versioned: true, now: () => Date.now() })
    s3.put('bucket', 'a.md', 'x', { metadata: { Author: 'Ada' } })
    s3.put('bucket', 'b', 'x', { contentType: 'text/html; charset=latin1' })
    const [a, b] = await list(source())
    expect(a!.version).toBe('"9dd4e461268c8034f5c8564e155c67a6"')
    expect(await a!.read()).toMatchObject({
      mediaType: 'text/markdown',
      version: a!.version,
      metadata: {
        bucket: 'bucket',
        key: 'a.md',
        lastModified: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        versionId: 'version-1',
        metadata: { author: 'Ada' },
      },
    })
    expect(await b!.read()).toMatchObject({ mediaType: 'text/html; charset=latin1' })
  })

  it('reads nothing again that has the same ETag', async () => {
    const { s3, source } = await open()
    for (const key of ['a.md', 'b.md', 'c.md']) s3.put('bucket', key, `# ${key}`)
    const state = createMemoryState()
    const sink = functionSink(async (_, chunks) => {
      for await (const { text } of chunks) expect(text).toContain('#')
    })
    expect(await ingest({ source: source(), sink, state })).toMatchObject({ indexed: 3 })
    s3.put('bucket', 'b.md', '# changed')
    s3.remove('bucket', 'c.md')
    const before = s3.server.requests.length
    expect(await ingest({ source: source(), sink, state })).toMatchObject({ indexed: 1, unchanged: 1, deleted: 1 })
    expect(s3.server.requests.slice(before).map(({ path }) => path)).toEqual(['/bucket/', '/bucket/b.md'])
  })

  it('holds no connection until the rest of a large object is wanted', async () => {
    const { s3, source } = await open()
    s3.put('bucket', 'large', large)
    const content = await (await list(source()))[0]!.read()
    await s3.server.whenIdle()
    expect(s3.server.requests).toHaveLength(2)
    const pieces: Uint8Array[] = []
    for await (const piece of content!.bytes as AsyncIterable<Uint8Array>) pieces.push(piece)
    expect(Buffer.compare(Buffer.concat(pieces), large)).toBe(0)
    expect(s3.server.requests[2]!.headers).toMatchObject({ range: 'bytes=1048576-', 'if-match': content!.version })
  })

  it('goes on where a body was cut, and where S3 asked to slow down', async () => {
    const faults: FakeStep[] = [
      {},
      {},
      { fault: { type: 'socket-cut' } },
      { fault: { type: 'status', status: 503 } },
      { fault: { type: 'socket-cut' } },
    ]
    const { s3, source } = await open(() => faults.shift())
    s3.put('bucket', 'large', large)
    const clock = hastyClock()
    const [item] = await list(source({ clock }))
    expect(Buffer.compare(await bytesOf(item), large)).toBe(0)
    expect(clock.waits).toHaveLength(3)
    const ranges = s3.server.requests.slice(2).map(({ headers }) => headers['range'])
    expect(ranges).toHaveLength(4)
    expect(ranges[1]).toBe(ranges[2])
    expect(new Set(ranges).size).toBe(3)
  })

  it('reads no mixture of an object that changes meanwhile', async () => {
    const { s3, source } = await open()
    s3.put('bucket', 'large', large)
    const [item] = await list(source())
    const content = await item!.read()
    s3.put('bucket', 'large', large.toReversed())
    const error = await failure(
      (async () => {
        for await (const piece of content!.bytes as AsyncIterable<Uint8Array>) expect(piece.length).toBeGreaterThan(0)
      })(),
    )
    expect(error.message).toBe('s3://bucket/large: it changed while it was read.')
    expect(error).toMatchObject({ code: 'changed_while_read', retryable: true })
    expect(s3.server.requests).toHaveLength(3)
    expect(Buffer.compare(await bytesOf(item), large.toReversed())).toBe(0)
  })

  it('reads the version to its end that it began, where versions are kept', async () => {
    const { s3, source } = await open(undefined, { versioned: true })
    s3.put('bucket', 'large', large)
    const [item] = await list(source())
    const content = await item!.read()
    s3.put('bucket', 'large', 'new')
    const pieces: Uint8Array[] = []
    for await (const piece of content!.bytes as AsyncIterable<Uint8Array>) pieces.push(piece)
    expect(Buffer.compare(Buffer.concat(pieces), large)).toBe(0)
  })

  it('reads what has become empty, or large, since the listing', async () => {
    const { s3, source } = await open()
    s3.put('bucket', 'a', 'full')
    s3.put('bucket', 'b', '')
    const [a, b] = await list(source())
    s3.put('bucket', 'a', '')
    s3.put('bucket', 'b', large)
    expect(await bytesOf(a)).toHaveLength(0)
    expect(Buffer.compare(await bytesOf(b), large)).toBe(0)
  })

  it('asks for a page again when S3 is busy or breaks off, each time after a longer wait', async () => {
    const faults: FakeStep[] = [
      { fault: { type: 'status', status: 503 } },
      { fault: { type: 'socket-cut' } },
      { fault: { type: 'status', status: 503, retryAfter: 3 } },
      { fault: { type: 'status', status: 500 } },
    ]
    const { s3, source } = await open(() => faults.shift())
    s3.put('bucket', 'a', 'x')
    const clock = hastyClock()
    expect(await list(source({ clock, random: () => 0.5 }))).toHaveLength(1)
    expect(clock.waits).toEqual([250, 500, 3_000, 2_000])
  })

  it('is read again by ingest when S3 asks to slow down', async () => {
    const faults: FakeStep[] = [{}, { fault: { type: 'status', status: 503 } }, { fault: { type: 'socket-cut' } }]
    const { s3, source } = await open(() => faults.shift())
    s3.put('bucket', 'a.txt', 'Text.')
    const retries: string[] = []
    const report = await ingest({
      source: source(),
      clock: hastyClock(),
      sink: functionSink(async (_, chunks) => {
        for await (const { text } of chunks) expect(text).toBe('Text.')
      }),
      onEvent: (event) => event.type === 'retry' && retries.push(String((event.error as Error).name)),
    })
    expect(report).toMatchObject({ indexed: 1 })
    expect(retries).toHaveLength(2)
  })

  it.each<[string, (s3: FakeS3) => Source, string, string]>([
    [
      'no such bucket',
      (s3) => s3Source({ bucket: 'none', client: clientOf(s3) }),
      'no_such_bucket',
      's3://none/: there is no such bucket. Check "bucket" and the region.',
    ],
    [
      'a wrong key',
      (s3) => s3Source({ bucket: 'bucket', client: clientOf(s3, 'wrong') }),
      'refused',
      's3://bucket/: S3 refuses it: SignatureDoesNotMatch (SignatureDoesNotMatch).',
    ],
  ])('fails the listing for %s', async (_name, make, code, message) => {
    const { s3 } = await open()
    const error = await failure(list(make(s3)))
    expect(error.message).toBe(message)
    expect(error).toMatchObject({ code, retryable: false })
    expect(s3.server.requests).toHaveLength(1)
  })

  it('does not take an object for gone whose bucket is', async () => {
    const { s3, source } = await open()
    s3.put('bucket', 'a.md.old', 'x')
    expect(await source().item!('a.md')).toBeUndefined()
    expect((await failure(source({ bucket: 'none' }).item!('a.md'))).code).toBe('no_such_bucket')
  })

  it('fails at once where the client lacks a setting', async () => {
    const client = new S3Client({ region: noRegion, credentials: { accessKeyId: 'a', secretAccessKey: 'b' } })
    const error = await failure(list(s3Source({ bucket: 'bucket', client })))
    expect(error).toMatchObject({ code: 'unreadable', retryable: false })
    expect(error.message).toBe('s3://bucket/: cannot be asked for: Region is missing')
    client.destroy()
  })

  it('says that there is nobody, after all attempts', async () => {
    const { s3, source } = await open()
    await s3.close()
    const clock = hastyClock()
    const error = await failure(list(source({ clock, attempts: 3 })))
    expect(error).toMatchObject({ code: 'unreachable', retryable: true })
    expect(clock.waits).toHaveLength(2)
  })

  it('says of an object that is archived, gone or too large what to do', async () => {
    const { s3, source } = await open()
    s3.put('bucket', 'a', 'x', { storageClass: 'GLACIER' })
    s3.put('bucket', 'b', 'x')
    s3.put('bucket', 'c', 'x'.repeat(11))
    const [a, b, c] = await list(source({ maxBytes: 10 }))
    s3.remove('bucket', 'b')
    expect((await failure(a!.read())).message).toBe('s3://bucket/a: it is archived. Restore it first.')
    expect((await failure(b!.read())).message).toBe('s3://bucket/b: gone since the bucket was listed.')
    expect((await failure(c!.read())).message).toBe(
      's3://bucket/c: 11 bytes, more than the 10 that "maxBytes" allows. Split it.',
    )
  })

  it('gives up on a body that stalls, and on a server that says nothing', async () => {
    const clock = createManualClock()
    const faults: FakeStep[] = [{}, { fault: { type: 'stall' } }, { fault: { type: 'stall', at: 'headers' } }]
    const { s3, source } = await open(() => faults.shift())
    s3.put('bucket', 'a', 'x')
    const [item] = await list(source({ clock, timeout: 5_000 }))
    for (const count of [2, 3]) {
      const reading = failure(item!.read())
      await s3.server.whenReceived(count)
      for (let time = 0; time < 4; time++) await clock.advance(5_000)
      expect(await reading).toMatchObject({ code: 'unreachable', retryable: true })
    }
    await s3.server.whenIdle()
  })

  it('ends a listing and a body with the reason of the signal', async () => {
    const { s3, source } = await open()
    s3.put('bucket', 'large', large)
    const controller = new AbortController()
    const [item] = await list(source())
    const content = await item!.read({ signal: controller.signal })
    const reason = new Error('enough')
    await expect(
      (async () => {
        for await (const piece of content!.bytes as AsyncIterable<Uint8Array>)
          if (piece.length < 1_000_000) controller.abort(reason)
      })(),
    ).rejects.toBe(reason)
    await s3.server.whenIdle()
  })

  it('refuses misuse', () => {
    expect(() => s3Source({ bucket: '' })).toThrow(
      new TypeError('Expected "bucket" to be a name without a ":", got a string ("").'),
    )
    expect(() => s3Source({ bucket: 'b', prefx: 'a' } as never)).toThrow(
      new TypeError('"options" has no key "prefx". Did you mean "prefix"?'),
    )
    expect(() => s3Source({ bucket: 'b', client: {} as never })).toThrow(
      new TypeError('Expected "client" to be an S3Client, got an object.'),
    )
  })
})
