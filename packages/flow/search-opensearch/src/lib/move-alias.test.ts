import type { SearchIndex } from '@empire/search'
import { createFakeOpenSearch, type FakeOpenSearch } from '@empire/test-support/fake-opensearch'
import { Client } from '@opensearch-project/opensearch'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { moveAlias } from './move-alias.ts'
import { openOpenSearchIndex } from './open-opensearch-index.ts'

const fields = { text: { type: 'text' } } as const

let server: FakeOpenSearch
let client: Client

beforeEach(async () => {
  server = await createFakeOpenSearch()
  client = new Client({ node: server.url })
})
afterEach(async () => {
  await client.close()
  await server.close()
})

async function make(name: string, text: string): Promise<SearchIndex<typeof fields>> {
  const index = await openOpenSearchIndex({ fields, index: name, client })
  await index.add([{ id: 'a', text }])
  return index
}

describe('moveAlias', () => {
  it('points searches at the new index in one step', async () => {
    await make('docs-1', 'old')
    await make('docs-2', 'new')
    expect(await moveAlias({ client, alias: 'docs', to: 'docs-1' })).toEqual([])
    const docs = await openOpenSearchIndex({ fields, index: 'docs', client })
    expect((await docs.search({ query: 'old' })).total).toBe(1)

    expect(await moveAlias({ client, alias: 'docs', to: 'docs-2' })).toEqual(['docs-1'])
    expect(server.requests.at(-1)?.json).toEqual({
      actions: [{ remove: { index: 'docs-1', alias: 'docs' } }, { add: { index: 'docs-2', alias: 'docs' } }],
    })
    expect((await docs.search({ query: 'old' })).total).toBe(0)
    expect((await docs.search({ query: 'new' })).total).toBe(1)
  })

  it('misses no search while it moves', async () => {
    await make('docs-1', 'fox')
    await make('docs-2', 'fox')
    await moveAlias({ client, alias: 'docs', to: 'docs-1' })
    const docs = await openOpenSearchIndex({ fields, index: 'docs', client })
    const searches = Array.from({ length: 20 }, async () => (await docs.search({ query: 'fox' })).total)
    const [totals] = await Promise.all([
      Promise.all(searches),
      moveAlias({ client, alias: 'docs', to: 'docs-2', removeOld: true }),
    ])
    expect(new Set(totals)).toEqual(new Set([1]))
    expect((await client.indices.exists({ index: 'docs-1' })).body).toBe(false)
  })

  it('does nothing new the second time', async () => {
    await make('docs-1', 'fox')
    await moveAlias({ client, alias: 'docs', to: 'docs-1' })
    expect(await moveAlias({ client, alias: 'docs', to: 'docs-1', removeOld: true })).toEqual([])
    expect((await (await openOpenSearchIndex({ fields, index: 'docs', client })).search()).total).toBe(1)
  })

  it('refuses an index that is made otherwise, unless told so', async () => {
    await make('docs-1', 'fox')
    await openOpenSearchIndex({ fields, index: 'docs-2', analyzer: 'plain', client })
    await moveAlias({ client, alias: 'docs', to: 'docs-1' })
    await expect(moveAlias({ client, alias: 'docs', to: 'docs-2' })).rejects.toThrow(
      'The index was made otherwise than it is opened: field "text": analyzer was "english", is "plain". Open it as it was made, or index the documents anew.',
    )
    expect(await moveAlias({ client, alias: 'docs', to: 'docs-2', changed: true })).toEqual(['docs-1'])
    await expect(openOpenSearchIndex({ fields, index: 'docs', client })).rejects.toMatchObject({
      code: 'fingerprint_mismatch',
    })
  })

  it('refuses an index that is not there', async () => {
    await expect(moveAlias({ client, alias: 'docs', to: 'docs-1' })).rejects.toMatchObject({
      code: 'backend_failed',
      message: '"to" must be an index of the server, and there is no "docs-1". Create it first.',
    })
  })
})
