import { createFakeOpenSearch, type FakeOpenSearchOptions } from '@empire/test-support/fake-opensearch'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openOpenSearchIndex } from './open-opensearch-index.ts'

const fields = { tag: { type: 'keyword' } } as const

/** An index with a clock whose waits end at once and are written down. */
async function openWith(options: FakeOpenSearchOptions) {
  const server = await createFakeOpenSearch(undefined, options)
  const waits: number[] = []
  const clock = { now: () => 0, sleep: async (ms: number) => void waits.push(ms) }
  const index = await openOpenSearchIndex({ fields, index: 'docs', connection: { node: server.url }, clock })
  onTestFinished(async () => {
    await index.close()
    await server.close()
  })
  const merges = () =>
    server.requests.filter(({ path }) => /_flush|_forcemerge/.test(path)).map(({ path, url }) => `${path}${url.search}`)
  return { index, waits, merges }
}

const flush = '/docs/_flush'
const merge = '/docs/_forcemerge?max_num_segments=1'

describe('optimizing an index on OpenSearch', () => {
  it('flushes, so that what was removed need not be kept, and merges', async () => {
    const { index, waits, merges } = await openWith({})
    await index.add([{ id: 'a' }, { id: 'b' }])
    await index.remove(['a'])
    expect(await index.statistics()).toMatchObject({ documents: 1, deleted: 1 })
    await index.optimize()
    expect(await index.statistics()).toMatchObject({ documents: 1, deleted: 0 })
    expect([merges(), waits]).toEqual([[flush, merge], []])
  })

  it('merges once more when the copies have agreed that much of what was removed need not be kept', async () => {
    const { index, waits, merges } = await openWith({ keptMerges: 1 })
    await index.add([{ id: 'a' }, { id: 'b' }])
    await index.remove(['a'])
    await index.optimize()
    expect(await index.statistics()).toMatchObject({ documents: 1, deleted: 0 })
    expect([merges(), waits]).toEqual([[flush, merge, merge], [35_000]])
  })

  it('does not wait for a little', async () => {
    const { index, waits, merges } = await openWith({ keptMerges: 1 })
    await index.add(Array.from({ length: 11 }, (_, at) => ({ id: `${at}` })))
    await index.remove(['3'])
    await index.optimize()
    expect(await index.statistics()).toMatchObject({ documents: 10, deleted: 1 })
    expect([merges(), waits]).toEqual([[flush, merge], []])
  })
})
