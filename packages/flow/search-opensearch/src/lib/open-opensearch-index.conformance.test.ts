import type { SearchIndex } from '@empire/search'
import { searchCases } from '@empire/search/conformance'
import { createFakeOpenSearch, type FakeOpenSearch } from '@empire/test-support/fake-opensearch'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { openOpenSearchIndex } from './open-opensearch-index.ts'

describe('an index on a fake OpenSearch', () => {
  let server: FakeOpenSearch
  const names = new WeakMap<object, string>()
  let count = 0

  beforeAll(async () => {
    server = await createFakeOpenSearch()
  })
  afterAll(() => server.close())

  const cases = searchCases({
    async createIndex(options) {
      const name = `cases-${(count += 1)}`
      const index = await openOpenSearchIndex({ ...options, index: name, connection: { node: server.url } })
      names.set(index, name)
      return index
    },
    async reopen(index, options) {
      await (index as SearchIndex).close()
      const name = names.get(index) as string
      return openOpenSearchIndex({ ...options, index: name, connection: { node: server.url } })
    },
  })
  for (const { name, run, gap } of cases) it.skipIf(gap !== undefined)(name, run)
})
