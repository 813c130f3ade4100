import { createManualClock } from '@empire/test-support/clock'
import {
  type BulkOperation,
  createFakeOpenSearch,
  type FakeOpenSearchOptions,
} from '@empire/test-support/fake-opensearch'
import { afterEach, describe, expect, it } from 'vitest'
import { openOpenSearchIndex } from './open-opensearch-index.ts'

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
    .filter(({ path }) => path === '/docs/_bulk')
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
