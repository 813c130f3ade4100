import { Readable } from 'node:stream'
import { inspect } from 'node:util'
import type { S3Client } from '@aws-sdk/client-s3'
import { IngestError, type Source, type SourceItem } from '@empire/ingest'
import { describe, expect, it } from 'vitest'
import { s3Source } from './s3-source.ts'

type Command = { readonly constructor: { readonly name: string }; readonly input: Readonly<Record<string, string>> }

const large = Buffer.from(Uint8Array.from({ length: 2_000_000 }, (_, index) => (index * 31 + (index >> 8)) % 256))
const listing = { IsTruncated: false, Contents: [{ Key: 'a.txt', Size: large.length, ETag: '"1"' }] }

/** Of a server that answers what `list` and `get` say, whatever S3 would. */
function sourceOf(list: (input: Command['input']) => object, get: (start: number) => object = () => ({})): Source {
  const send = async ({ constructor, input }: Command): Promise<object> =>
    constructor.name === 'ListObjectsV2Command'
      ? list(input)
      : get(Number(/^bytes=(\d+)-/.exec(input['Range'] ?? '')?.[1] ?? 0))
  const clock = {
    now: () => 0,
    sleep: (ms: number) => (ms < 30_000 ? Promise.resolve() : new Promise<void>(() => {})),
  }
  return s3Source({ bucket: 'bucket', client: { send } as unknown as Pick<S3Client, 'send'>, clock, attempts: 2 })
}

async function listOf(source: Source): Promise<SourceItem[]> {
  const items: SourceItem[] = []
  for await (const item of source.items()) items.push(item)
  return items
}

async function readOf(source: Source): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for (const item of await listOf(source)) {
    for await (const piece of (await item.read())!.bytes as AsyncIterable<Uint8Array>) pieces.push(piece)
  }
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

describe('s3Source and servers that are not quite S3', () => {
  it('takes keys as they are where the server does not encode them', async () => {
    const keys = ['100%25 a+b.txt', '50%.txt']
    const Contents = keys.map((Key) => ({ Key, Size: 1, ETag: '"1"' }))
    const items = await listOf(sourceOf(() => ({ IsTruncated: false, Contents })))
    expect(items.map(({ id }) => id)).toEqual(keys)
    const encoded = sourceOf(() => ({ IsTruncated: false, EncodingType: 'url', Contents: [{ Key: 'a+%FF' }] }))
    expect((await failure(listOf(encoded))).message).toBe(
      's3://bucket/: the listing has a key that is no UTF-8: "a+%FF".',
    )
  })

  it('does not take the page of a proxy for an empty bucket', async () => {
    const error = await failure(listOf(sourceOf(() => ({}))))
    expect(error).toMatchObject({ code: 'malformed', retryable: true })
    expect(error.message).toBe('s3://bucket/: expected a page of a listing, got something else.')
  })

  it.each([
    ['the same page', ['A']],
    ['two pages in turn', ['A', 'B']],
    ['some pages, after others', ['1', '2', '3', '4', '5', 'A', 'B', 'C']],
  ])('does not go round for ever: %s', async (_what, tokens) => {
    let pages = 0
    const circle = tokens.find((token) => token > '9')
    const source = sourceOf(({ ContinuationToken: token }) => {
      expect(++pages).toBeLessThan(50)
      const next = tokens[tokens.indexOf(token ?? '') + 1] ?? circle
      return { IsTruncated: true, NextContinuationToken: next }
    })
    expect((await failure(listOf(source))).message).toBe(
      's3://bucket/: the listing leads back to a page that was there: expected an end.',
    )
  })

  it('reads what comes in less than was asked for', async () => {
    const source = sourceOf(
      () => listing,
      (start) => {
        const end = Math.min(start + 300_000, large.length)
        const ContentRange = `bytes ${start}-${end - 1}/${large.length}`
        return { ETag: '"1"', ContentRange, Body: Readable.from([large.subarray(start, end)]) }
      },
    )
    expect(Buffer.compare(await readOf(source), large)).toBe(0)
  })

  it.each([
    ['the whole, for a part', {}, /^s3:\/\/bucket\/a.txt: the server sent another range than that from byte \d+\.$/],
    [
      'another content',
      { ETag: '"2"', ContentRange: 'bytes START-1999999/2000000' },
      /^s3:\/\/bucket\/a.txt: it changed while it was read\.$/,
    ],
  ])('mixes nothing where the server sends %s', async (_what, answer: { ContentRange?: string }, message) => {
    const bodies: Readable[] = []
    const source = sourceOf(
      () => listing,
      (start) => {
        const Body = Readable.from([large.subarray(0, 1_100_000), large.subarray(1_100_000)])
        bodies.push(Body)
        if (start === 0) return { ETag: '"1"', ContentLength: large.length, Body }
        const ContentRange = answer.ContentRange?.replace('START', String(start))
        return { ...answer, ...(ContentRange !== undefined && { ContentRange }), Body }
      },
    )
    expect((await failure(readOf(source))).message).toMatch(message)
    expect(bodies.every(({ destroyed }) => destroyed)).toBe(true)
  })

  it('says that a token is not good any more, and not which', async () => {
    const source = sourceOf(() => {
      const $metadata = { httpStatusCode: 400 }
      const said = { name: 'ExpiredToken', $metadata, 'Token-0': 'IQoJb3JpZ2luX2VjEXAMPLE' }
      throw Object.assign(new Error('The provided token has expired.'), said)
    })
    const error = await failure(listOf(source))
    expect(error).toMatchObject({ code: 'refused', retryable: false })
    expect(error.message).toBe('s3://bucket/: S3 refuses it: The provided token has expired. (ExpiredToken).')
    expect(inspect(error)).not.toContain('IQoJ')
  })
})
