import { DatabaseSync } from 'node:sqlite'
import { createAlias, type SearchIndex } from '@empire/search'
import { temporaryDirectory } from '@empire/test-support'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openSqliteIndex } from './open-sqlite-index.ts'
import { rebuildSqliteIndex } from './rebuild-sqlite-index.ts'

const fields = { text: { type: 'text' } } as const

function newPath(): string {
  const folder = temporaryDirectory()
  onTestFinished(() => folder.remove())
  return folder.join('index.db')
}

async function open(path: string) {
  const index = await openSqliteIndex(path, { fields })
  onTestFinished(() => index.close())
  return index
}

function tablesOf(path: string): string[] {
  const database = new DatabaseSync(path)
  try {
    const rows = database.prepare("SELECT name FROM sqlite_schema WHERE name LIKE 'search_%_documents'").all()
    return rows.map((row) => String(row['name']))
  } finally {
    database.close()
  }
}

describe('rebuildSqliteIndex', () => {
  it('puts a new index in place of the old one, for every connection, and drops the old one', async () => {
    const path = newPath()
    const reader = await open(path)
    await reader.add([{ id: 'old', text: 'fox' }])
    const rebuilt = await rebuildSqliteIndex(path, { fields }, async (index) => {
      await index.add([{ id: 'new', text: 'fox fox' }])
      expect((await reader.search({ query: 'fox' })).hits.map(({ id }) => id)).toEqual(['old'])
    })
    onTestFinished(() => rebuilt.close())
    for (const index of [reader, rebuilt]) {
      expect((await index.search({ query: 'fox' })).hits.map(({ id }) => id)).toEqual(['new'])
    }
    await reader.add([{ id: 'later', text: 'fox' }])
    expect((await rebuilt.search({ query: { match: 'fo', mode: 'prefix' } })).total).toBe(2)
    expect(tablesOf(path)).toEqual(['search_2_documents'])
  })

  it('leaves the old index where the filling fails or is aborted', async () => {
    const path = newPath()
    const index = await open(path)
    await index.add([{ id: 'old', text: 'fox' }])
    const failure = new Error('no source')
    await expect(rebuildSqliteIndex(path, { fields }, () => Promise.reject(failure))).rejects.toBe(failure)
    const controller = new AbortController()
    const fill = (): void => controller.abort(failure)
    await expect(rebuildSqliteIndex(path, { fields }, fill, { signal: controller.signal })).rejects.toBe(failure)
    expect((await index.search({ query: 'fox' })).total).toBe(1)
    expect(tablesOf(path)).toEqual(['search_1_documents'])
  })

  it('tells that the index which it fills is closed, by its filler or since the filling failed', async () => {
    const path = newPath()
    const closed = { code: 'index_closed', message: `The index in ${JSON.stringify(path)} is closed. Open it anew.` }
    const fill = (index: SearchIndex<typeof fields>): Promise<void> => index.close()
    await expect(rebuildSqliteIndex(path, { fields }, fill)).rejects.toMatchObject(closed)
    let kept: SearchIndex<typeof fields> | undefined
    const rebuilt = rebuildSqliteIndex(path, { fields }, (index) => {
      kept = index
      throw new Error('no source')
    })
    await expect(rebuilt).rejects.toThrow('no source')
    await expect(kept?.search()).rejects.toMatchObject(closed)
    // What was begun goes with the next one.
    await (await rebuildSqliteIndex(path, { fields }, () => undefined)).close()
    expect(tablesOf(path)).toHaveLength(1)
  })

  it('gives up what an ended process has begun', async () => {
    const path = newPath()
    const begun = await rebuildSqliteIndex(path, { fields }, async () => {
      const index = await rebuildSqliteIndex(path, { fields }, (second) => second.add([{ id: 'second', text: 'fox' }]))
      await index.close()
    }).catch((error: unknown) => error)
    expect(begun).toMatchObject({
      code: 'backend_failed',
      message: `Expected the index "documents" in ${JSON.stringify(path)}, but it is not there any more. Open it anew.`,
    })
    const index = await open(path)
    expect((await index.search({ query: 'fox' })).total).toBe(1)
    expect(tablesOf(path)).toEqual(['search_2_documents'])
  })

  it('makes open indexes of another schema refuse what they are asked', async () => {
    const path = newPath()
    const reader = await open(path)
    const rebuilt = await rebuildSqliteIndex(path, { fields: { ...fields, tag: { type: 'keyword' } } }, () => undefined)
    onTestFinished(() => rebuilt.close())
    await expect(reader.search()).rejects.toMatchObject({
      code: 'fingerprint_mismatch',
      message:
        'The index was made otherwise than it is opened: field "tag" is missing. Open it as it was made, or index the documents anew.',
    })
  })

  it('swaps behind an alias, with no write missed', async () => {
    const path = newPath()
    const alias = createAlias(await open(path))
    onTestFinished(() => alias.close())
    await alias.add([{ id: 'old', text: 'fox' }])
    await alias.reindex(() =>
      rebuildSqliteIndex(path, { fields }, async (index) => {
        await index.add([{ id: 'new', text: 'fox' }])
        await alias.add([{ id: 'meanwhile', text: 'fox' }])
      }),
    )
    expect((await alias.search({ query: 'fox' })).hits.map(({ id }) => id)).toEqual(['meanwhile', 'new'])
    expect((await (await open(path)).search({ query: 'fox' })).total).toBe(2)
  })
})
