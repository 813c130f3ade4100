import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SearchIndex } from '@empire/search'
import { searchCases } from '@empire/search/conformance'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSqliteIndex } from './open-sqlite-index.ts'

let folder = ''
let files = 0
const paths = new WeakMap<object, string>()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'search-sqlite-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function open(path: string, options: Parameters<typeof openSqliteIndex>[1]): Promise<SearchIndex<never>> {
  const index = await openSqliteIndex(path, options)
  paths.set(index, path)
  return index as SearchIndex<never>
}

describe('openSqliteIndex', () => {
  const cases = searchCases({
    createIndex: (options) => open(join(folder, `${++files}.db`), options) as never,
    async reopen(index, options) {
      await index.close()
      return open(paths.get(index) as string, options) as never
    },
  })

  it.each(cases)('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })
})
