import { createHash } from 'node:crypto'
import { S3Client } from '@aws-sdk/client-s3'
import { createMemoryState, functionSink, ingest, type IngestReport, type Parser } from '@empire/ingest'
import { createRandom } from '@empire/test-support'
import { createFakeS3 } from '@empire/test-support/fake-s3'
import type { Fault } from '@empire/test-support/fake-server'
import { describe, expect, it } from 'vitest'
import { s3Source } from './s3-source.ts'

const seeds = Array.from({ length: 5 }, (_, index) => `s3 ${index}`)

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Its text is the hash of the bytes. */
const hashing: Parser = {
  mediaTypes: ['application/*'],
  fingerprint: 'sha256',
  async *parse(_item, { bytes }) {
    const hash = createHash('sha256')
    for await (const piece of bytes instanceof Uint8Array ? [bytes] : bytes) hash.update(piece)
    const text = hash.digest('hex')
    yield {
      text,
      blocks: [{ kind: 'text', start: 0, end: text.length }],
      anchors: [{ offset: 0, line: 1, byte: 0 }],
    }
  },
}

const faults: readonly Fault[] = [
  { type: 'status', status: 503 },
  { type: 'status', status: 500 },
  { type: 'socket-cut', at: 'headers' },
  { type: 'socket-cut' },
]

describe('s3Source on an S3 that fails at random', () => {
  it.each(seeds)('ends with exactly what the bucket has, whatever changed meanwhile: %s', async (seed) => {
    const random = createRandom(seed)
    const { integer, boolean, pick, bytes } = random.fork('bucket')
    const chance = random.fork('faults')
    await using s3 = await createFakeS3(() => (chance.boolean(0.25) ? { fault: chance.pick(faults) } : undefined))
    const client = new S3Client({
      endpoint: s3.url,
      region: 'us-east-1',
      forcePathStyle: true,
      maxAttempts: 1,
      credentials: { accessKeyId: 'fake-access-key', secretAccessKey: 'fake-secret-key' },
    })
    const clock = { now: () => 0, sleep: neverOrNow }
    const bucket = new Map<string, string>()
    const kept = new Map<string, string>()
    const state = createMemoryState()
    const sink = functionSink(
      async ({ itemId }, chunks) => {
        for await (const { text } of chunks) kept.set(itemId, text)
      },
      (ids) => {
        for (const id of ids) kept.delete(id.slice(id.indexOf(':') + 1))
      },
    )

    function change(): void {
      const key = `key ${integer(0, 250)}`
      if (boolean(0.2)) {
        s3.remove('bucket', key)
        bucket.delete(key)
        return
      }
      const content = bytes(pick([0, 10, 1_000, 1_048_576, 1_500_000]))
      s3.put('bucket', key, content)
      bucket.set(key, sha256(content))
    }

    for (let count = 0; count < 200; count++) {
      s3.put('bucket', `key ${count}`, `${count}`)
      bucket.set(`key ${count}`, sha256(Buffer.from(String(count))))
    }
    let report: IngestReport | undefined
    for (let run = 0; run < 40; run++) {
      if (run < 4) for (let count = 0; count < 20; count++) change()
      const source = s3Source({ bucket: 'bucket', client, clock, attempts: 8 })
      report = await ingest({ source, sink, state, clock, parsers: [hashing] })
      if (run >= 4 && report.deadLettered === 0) break
    }
    expect(report?.deadLettered).toBe(0)
    expect(kept).toEqual(bucket)
    await s3.server.whenIdle()
    client.destroy()
  })
})

/** Time-outs never come, and waits are over at once. */
async function neverOrNow(ms: number, { signal }: { signal?: AbortSignal | undefined } = {}): Promise<void> {
  if (ms !== 30_000) return
  await new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
}
