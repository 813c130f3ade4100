import type { SearchIndex } from '@empire/search'
import { searchCases } from '@empire/search/conformance'
import { createFakeOpenSearch, type FakeOpenSearch } from '@empire/test-support/fake-opensearch'
import { service } from '@empire/test-support/services'
import { Client, type ClientOptions } from '@opensearch-project/opensearch'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openOpenSearchIndex } from './open-opensearch-index.ts'

/** All cases of the contract, each on indexes of its own, which are removed after it: a server takes a thousand shards. */
function describeCases(connection: () => ClientOptions, prefix: string): void {
  const nameOf = new WeakMap<object, string>()
  const names: string[] = []
  let count = 0
  afterEach(async () => {
    const client = new Client(connection())
    for (const index of names.splice(0)) await client.indices.delete({ index }, { ignore: [404] })
    await client.close()
  })
  const cases = searchCases({
    async createIndex(options) {
      const name = `${prefix}-${(count += 1)}`
      names.push(name)
      const index = await openOpenSearchIndex({
        ...options,
        index: name,
        connection: connection(),
        create: { replicas: 0 },
      })
      nameOf.set(index, name)
      return index
    },
    async reopen(index, options) {
      await (index as SearchIndex).close()
      const name = nameOf.get(index) as string
      return openOpenSearchIndex({ ...options, index: name, connection: connection() })
    },
  })
  it.each(cases)('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })
}

describe('an index on a fake OpenSearch', () => {
  let server: FakeOpenSearch
  beforeAll(async () => {
    server = await createFakeOpenSearch()
  })
  afterAll(() => server.close())

  describeCases(() => ({ node: server.url }), 'cases')
})

const opensearch = service('opensearch')

describe.skipIf(!opensearch.available)(
  'an index on the OpenSearch of EMPIRE_OPENSEARCH_URL',
  { timeout: 120_000 },
  () => {
    // The servers of tests sign their certificates themselves.
    const connection = (): ClientOptions => ({ node: opensearch.url, ssl: { rejectUnauthorized: false } })
    beforeAll(() => opensearch.setUp())

    describeCases(connection, opensearch.namespace)
  },
)
