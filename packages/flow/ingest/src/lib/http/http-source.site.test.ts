import { createFakeServer, type FakeReply, type FakeRequest } from '@empire/test-support'
import { afterEach, describe, expect, it } from 'vitest'
import { IngestError } from '../ingest-error.ts'
import type { Source, SourceContent, SourceItem } from '../source.ts'

/** What a site answers by path. */
export type Pages = Record<string, FakeReply | ((request: FakeRequest) => FakeReply)>

/** What is closed after each test. */
export const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A site without robots.txt, unless it is one of its pages. */
export async function site(pages: Pages) {
  const server = await createFakeServer((request) => {
    const page = pages[request.path] ?? { status: 404 }
    return typeof page === 'function' ? page(request) : page
  })
  closing.push(() => server.close())
  const asked = () => server.requests.map(({ path }) => path)
  return { server, url: server.url, asked }
}

/** All items of a source. */
export async function list(source: Source): Promise<SourceItem[]> {
  const items: SourceItem[] = []
  for await (const item of source.items()) items.push(item)
  return items
}

/** The content of the first item of a source. */
export async function read(source: Source, version?: string): Promise<SourceContent | undefined> {
  const [item] = await list(source)
  return item!.read({ version })
}

export async function textOf(content: SourceContent | undefined): Promise<string> {
  return Buffer.from(await bytesOf(content)).toString()
}

export async function bytesOf(content: SourceContent | undefined): Promise<Uint8Array> {
  if (content!.bytes instanceof Uint8Array) return content!.bytes
  const pieces: Uint8Array[] = []
  for await (const piece of content!.bytes) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** The error of the package that a call has to reject with. */
export async function failure(work: Promise<unknown>): Promise<IngestError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!IngestError.isInstance(error)) throw error
  return error as IngestError
}

/** Never waits, and notes how long it should have. */
export function hastyClock() {
  const waits: number[] = []
  let now = 1_000_000
  return {
    waits,
    now: () => now,
    async sleep(ms: number, { signal }: { signal?: AbortSignal | undefined } = {}) {
      // A time-out: of a request that is answered at once.
      if (ms === 30_000)
        return new Promise<void>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
      waits.push(ms)
      now += ms
    },
  }
}

describe('site', () => {
  it('answers with its pages, and notes what was asked', async () => {
    const { url, asked } = await site({ '/a': { body: 'here' } })
    expect(await (await fetch(`${url}/a`)).text()).toBe('here')
    expect((await fetch(`${url}/robots.txt`)).status).toBe(404)
    expect(asked()).toEqual(['/a', '/robots.txt'])
  })
})
