import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createIndex } from '../create-index.ts'
import { searchCases } from '../search-cases.ts'
import { loadIndex } from './load-index.ts'
import { saveIndex } from './save-index.ts'

const options = {
  fields: { text: { type: 'text' }, tag: { type: 'keyword' }, v: { type: 'vector', dimensions: 2 } },
} as const
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'search-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function createNotes() {
  const index = createIndex(options)
  await index.add([
    { id: 'a', text: 'one fox', tag: ['x', 'y'], v: [1, 2] },
    { id: 'b', text: ['two', 'foxes'], v: [2, 1] },
    { id: 'c', tag: 'z' },
  ])
  return index
}

describe('saveIndex and loadIndex', () => {
  const kept = searchCases({
    createIndex,
    async reopen(index, own) {
      const path = join(folder, crypto.randomUUID())
      await saveIndex(index as never, path)
      await index.close()
      return loadIndex(path, own)
    },
  }).filter(({ name }) => name.includes('opened'))

  it.each(kept)('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })

  it('leaves nothing but the file, and replaces it as a whole', async () => {
    const index = await createNotes()
    const path = join(folder, 'only', '..', 'only')
    await saveIndex(index, path)
    await index.remove(['a'])
    await saveIndex(index, path)
    expect((await readdir(folder)).filter((name) => name.startsWith('only'))).toEqual(['only'])
    const loaded = await loadIndex(path, options)
    expect((await loaded.search()).hits.map(({ id }) => id)).toEqual(['b', 'c'])
    expect((await loaded.search({ query: { match: 'two foxes', mode: 'phrase' } })).total).toBe(0)
  })

  it('takes parts that are longer than what is written and read at a time', async () => {
    const dimensions = 16_384
    const fields = { v: { type: 'vector', dimensions, stored: true } } as const
    const index = createIndex({ fields })
    await index.add(
      Array.from({ length: 300 }, (_, at) => ({ id: `${at}`, v: new Float32Array(dimensions).fill(at + 1) })),
    )
    const path = join(folder, 'long')
    await saveIndex(index, path)
    const loaded = await loadIndex(path, { fields })
    const { hits } = await loaded.search({ filter: { ids: ['299'] }, fields: ['v'] })
    expect(hits[0]?.fields.v?.slice(-2)).toEqual([300, 300])
  })

  it('saves one state, whatever is written meanwhile', async () => {
    const index = await createNotes()
    const path = join(folder, 'state')
    const saving = saveIndex(index, path)
    await Promise.all([saving, index.add([{ id: 'd', text: 'fox' }])])
    expect((await (await loadIndex(path, options)).search()).total).toBe(3)
    expect((await index.search()).total).toBe(4)
  })

  it('refuses a file that is changed at any place, cut, or something else', async () => {
    const path = join(folder, 'damaged')
    await saveIndex(await createNotes(), path)
    const bytes = await readFile(path)
    const broken = (why: string) => ({
      code: 'index_damaged',
      message: `"${path}" must be an index as saveIndex writes it, and ${why}. Index the documents anew.`,
    })
    for (let at = 8; at < bytes.length; at += 97) {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] as number) ^ 1
      await writeFile(path, changed)
      await expect(loadIndex(path, options)).rejects.toMatchObject(broken('its checksum does not hold'))
    }
    await writeFile(path, bytes.subarray(0, bytes.length - 1))
    await expect(loadIndex(path, options)).rejects.toMatchObject(broken('its checksum does not hold'))
    await writeFile(path, bytes.subarray(0, 20))
    await expect(loadIndex(path, options)).rejects.toMatchObject(broken('it is cut off'))
    await writeFile(path, '{}')
    await expect(loadIndex(path, options)).rejects.toMatchObject(broken('it is not an index'))
    const later = Buffer.from(bytes)
    later[6] = 9
    await writeFile(path, later)
    await expect(loadIndex(path, options)).rejects.toMatchObject(broken('it is of version 9, this is version 1'))
  })

  it('leaves the old file when it cannot write', async () => {
    const index = await createNotes()
    await expect(saveIndex(index, join(folder, 'no', 'such', 'folder'))).rejects.toMatchObject({ code: 'ENOENT' })
    const reason = new Error('enough')
    const path = join(folder, 'aborted')
    await saveIndex(index, path)
    const before = await readFile(path)
    await expect(saveIndex(index, path, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    await expect(loadIndex(path, options, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    expect(await readFile(path)).toEqual(before)
    await index.close()
    await expect(saveIndex(index, path)).rejects.toMatchObject({ code: 'index_closed' })
  })

  it('refuses an index of another backend', async () => {
    await expect(saveIndex({ capabilities: { backend: 'sqlite' } } as never, 'x')).rejects.toThrow(
      new TypeError('"index" must be one of createIndex, got one of "sqlite".'),
    )
  })
})
