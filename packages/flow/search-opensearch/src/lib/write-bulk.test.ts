import type { SearchError } from '@empire/search'
import { createManualClock } from '@empire/test-support/clock'
import {
  type BulkOperation,
  createFakeOpenSearch,
  type FakeOpenSearchOptions,
} from '@empire/test-support/fake-opensearch'
import { afterEach, describe, expect, it } from 'vitest'
import { openOpenSearchIndex } from './open-opensearch-index.ts'
import { writeBulk } from './write-bulk.ts'

const fields = { tag: { type: 'keyword' } } as const
const busy = { status: 429, type: 'rejected_execution_exception', reason: 'the queue is full' }
const open: AsyncDisposable[] = []

afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one[Symbol.asyncDispose]()
})

/** An index on a server that says no, with a clock whose waits end at once and are written down. */
async function openBusy(options: FakeOpenSearchOptions, script?: Parameters<typeof createFakeOpenSearch>[0]) {
  const server = await createFakeOpenSearch(script, options)
  open.push(server)
  const waits: number[] = []
  const clock = { now: () => 0, sleep: async (ms: number) => void waits.push(ms) }
  const index = await openOpenSearchIndex({ fields, index: 'docs', connection: { node: server.url }, clock })
  open.push(index)
  return { server, index, waits }
}

function bulks(server: { readonly requests: readonly { readonly path: string; readonly body: string }[] }): string[][] {
  return server.requests
    .filter(({ path }) => path === '/docs.writes/_bulk')
    .map(({ body }) => [...body.matchAll(/"_id":"([^"]*)"/g)].map(([, id]) => id as string))
}

describe('writing to OpenSearch', () => {
  it('sends documents that the server had no room for again, alone and later each time', async () => {
    const seen = new Map<string, number>()
    const refuse = ({ id }: BulkOperation) => {
      const times = (seen.get(id) ?? 0) + 1
      seen.set(id, times)
      return times < { a: 1, b: 2, c: 3 }[id as 'a'] ? busy : undefined
    }
    const { server, index, waits } = await openBusy({ refuse })
    await index.add([{ id: 'a' }, { id: 'b' }, { id: 'c' }])
    expect(bulks(server)).toEqual([['a', 'b', 'c'], ['b', 'c'], ['c']])
    expect(waits).toEqual([200, 400])
    expect((await index.search()).total).toBe(3)
  })

  it('names each document that was refused, and writes the others', async () => {
    const { index, waits } = await openBusy({ refuse: ({ id }) => (id === 'b' ? busy : undefined) })
    const long = 'x'.repeat(32_767)
    const added = index.add([{ id: 'a' }, { id: 'b' }, { id: 'c', tag: long }])
    const failures = [
      {
        id: 'c',
        reason:
          'illegal_argument_exception: Document contains at least one immense term in field="values.tag" (whose UTF8 encoding is longer than the max length 32766)',
        retryable: false,
      },
      { id: 'b', reason: 'rejected_execution_exception: the queue is full', retryable: true },
    ]
    await expect(added).rejects.toMatchObject({
      code: 'partial_failure',
      retryable: false,
      details: { failures },
      message: `OpenSearch must take 3 documents, and refused 2 of them, the first "c": ${failures[0]?.reason}. "details.failures" names each; write those again that are "retryable".`,
    })
    expect(waits).toEqual([200, 400, 800, 1600])
    expect((await index.search()).hits.map(({ id }) => id)).toEqual(['a'])
  })

  it('is worth trying again where all that were refused are', async () => {
    const { index } = await openBusy({ refuse: ({ id }) => (id === 'a' ? busy : undefined) })
    await expect(index.add([{ id: 'a' }, { id: 'b' }])).rejects.toMatchObject({
      code: 'partial_failure',
      retryable: true,
    })
  })

  it('removes nothing that a filter lets through where documents in its place were refused', async () => {
    let isFull = false
    const { index } = await openBusy({ refuse: () => (isFull ? busy : undefined) })
    await index.add([{ id: 'old', tag: 'x' }])
    isFull = true
    await expect(index.replace({ term: { tag: 'x' } }, [{ id: 'new', tag: 'x' }])).rejects.toMatchObject({
      code: 'partial_failure',
    })
    expect((await index.search()).hits.map(({ id }) => id)).toEqual(['old'])
  })

  it('sends a whole request again that the server had no room for', async () => {
    let refused = 0
    const { index, waits } = await openBusy({}, ({ path }) =>
      path.endsWith('_bulk') && (refused += 1) < 3 ? { fault: { type: 'status', status: 429 } } : undefined,
    )
    await index.add([{ id: 'a' }])
    expect(waits).toEqual([200, 400])
    expect((await index.search()).total).toBe(1)
  })

  it('gives up with the failure of the server when it never has room', async () => {
    const { index, waits } = await openBusy({}, ({ path }) =>
      path.endsWith('_bulk') ? { fault: { type: 'status', status: 429, message: 'full' } } : undefined,
    )
    await expect(index.add([{ id: 'a' }])).rejects.toMatchObject({ code: 'backend_failed', retryable: true })
    expect(waits).toHaveLength(4)
  })

  it('sends big batches in requests of at most 1,000 documents', async () => {
    const { server, index } = await openBusy({})
    await index.add(Array.from({ length: 2500 }, (_, at) => ({ id: `${at}` })))
    expect(bulks(server).map(({ length }) => length)).toEqual([1000, 1000, 500])
  })

  it('counts bytes, not characters, of what it sends', async () => {
    const { server, index } = await openBusy({})
    await index.add(Array.from({ length: 500 }, (_, at) => ({ id: `${at}`, tag: '文'.repeat(10_000) })))
    const sizes = server.requests
      .filter(({ path }) => path.endsWith('_bulk'))
      .map(({ body }) => Buffer.byteLength(body))
    expect(sizes.length).toBe(4)
    expect(Math.max(...sizes)).toBeLessThan(4_000_000)
  })

  it('sends in parts what is too big for the server, and names the document that is so by itself', async () => {
    const { server, index } = await openBusy({ mostBytes: 2000 })
    const documents = Array.from({ length: 60 }, (_, at) => ({ id: `${at}`, tag: 'x'.repeat(at === 7 ? 3000 : 100) }))
    const reason =
      'OpenSearch must do what the index "docs" asks of it, got status 413, ResponseError: Response Error. Make the document smaller, or raise "http.max_content_length" of the server.'
    await expect(index.add(documents)).rejects.toMatchObject({
      code: 'partial_failure',
      retryable: false,
      details: { failures: [{ id: '7', reason, retryable: false }] },
    })
    expect((await index.search()).total).toBe(59)
    expect(bulks(server).length).toBeLessThan(40)
  })

  it('names what was not written when the server fails in the middle of a batch', async () => {
    let count = 0
    const { index } = await openBusy({}, ({ path }) =>
      path.endsWith('_bulk') && (count += 1) > 1
        ? { fault: { type: 'status', status: 403, message: 'no' } }
        : undefined,
    )
    const failure = await index
      .add(Array.from({ length: 2500 }, (_, at) => ({ id: `${at}` })))
      .catch((error: unknown) => error as SearchError)
    expect(failure).toMatchObject({ code: 'partial_failure', retryable: false })
    const failures = (failure as SearchError).details.failures ?? []
    expect(failures.map(({ id }) => id)).toEqual(Array.from({ length: 1500 }, (_, at) => `${at + 1000}`))
    expect(failures.at(-1)?.reason).toContain('status 403')
    expect(count).toBe(2)
    expect((await index.search()).total).toBe(1000)
  })

  it('names what was not written when the server fails while it is asked again', async () => {
    let count = 0
    const { index } = await openBusy({ refuse: ({ id }) => (id === 'b' ? busy : undefined) }, ({ path }) =>
      path.endsWith('_bulk') && (count += 1) > 1
        ? { fault: { type: 'status', status: 403, message: 'no' } }
        : undefined,
    )
    await expect(index.add([{ id: 'a' }, { id: 'b' }])).rejects.toMatchObject({
      code: 'partial_failure',
      details: { failures: [{ id: 'b', retryable: false }] },
    })
  })

  it.each([{}, { items: [] }, { items: [{}] }])('refuses the answer %j', async (answer) => {
    const clock = createManualClock()
    const outcome = writeBulk(
      {
        index: 'docs',
        writes: 'docs',
        send: async () => answer as never,
        clock,
        retry: { attempts: 1, delay: 0 },
        signal: undefined,
      },
      [{ id: 'a', source: {} }],
    )
    await expect(outcome).rejects.toMatchObject({
      code: 'backend_failed',
      retryable: true,
      message: 'OpenSearch must answer for each of 1 documents, got an answer without some of them. Write them again.',
    })
  })

  it('stops waiting when the call is aborted', async () => {
    const clock = createManualClock()
    const server = await createFakeOpenSearch(undefined, { refuse: () => busy })
    open.push(server)
    const index = await openOpenSearchIndex({ fields, index: 'docs', connection: { node: server.url }, clock })
    open.push(index)
    const controller = new AbortController()
    const reason = new Error('enough')
    const added = index.add([{ id: 'a' }], { signal: controller.signal })
    await server.whenReceived(4)
    controller.abort(reason)
    await expect(added).rejects.toBe(reason)
  })
})
