import type { SearchIndex } from '@empire/search'
import { searchCases } from '@empire/search/conformance'
import { temporaryDirectory } from '@empire/test-support'
import { afterAll, describe, expect, it } from 'vitest'
import { openSqliteIndex, type SqliteIndexOptions } from './open-sqlite-index.ts'

/** Cases share a file: an index that did not keep to its own tables would be seen, and a new file costs a sync to disk. */
const casesPerFile = 16
const folder = temporaryDirectory()
const places = new WeakMap<object, Place>()
const kept: SearchIndex[] = []
let count = 0

interface Place {
  readonly path: string
  readonly name: string
}

afterAll(async () => {
  for (const index of kept) await index.close()
  await folder.remove()
})

async function open(place: Place, options: SqliteIndexOptions): Promise<SearchIndex> {
  const index = await openSqliteIndex(place.path, { ...options, name: place.name })
  places.set(index, place)
  return index
}

async function create(options: SqliteIndexOptions): Promise<SearchIndex> {
  const path = folder.join(`${Math.floor(count / casesPerFile)}.db`)
  // The last connection that closes syncs the file: this one stays open.
  if (count % casesPerFile === 0) kept.push(await open({ path, name: 'kept' }, { fields: { text: { type: 'text' } } }))
  return open({ path, name: `case ${++count}` }, options)
}

describe('openSqliteIndex', () => {
  const cases = searchCases({
    createIndex: (options) => create(options) as never,
    async reopen(index, options) {
      await index.close()
      return open(places.get(index) as Place, options) as never
    },
  })

  it.each(cases)('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })
})
