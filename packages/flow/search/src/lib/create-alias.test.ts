import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createAlias } from './create-alias.ts'
import { createIndex } from './create-index.ts'

const fields = { text: { type: 'text' } } as const

async function createAnimals(...ids: string[]) {
  const index = createIndex({ fields })
  await index.add(ids.map((id) => ({ id, text: 'animal' })))
  return index
}

describe('createAlias', () => {
  it('answers as the index that it stands for', async () => {
    await using alias = createAlias(await createAnimals('a'))
    await alias.add([{ id: 'b', text: 'animal' }])
    expect(await alias.remove(['a'])).toBe(1)
    expect(await alias.replace({ ids: ['b'] }, [{ id: 'c', text: 'animal' }])).toBe(1)
    expect((await alias.search({ query: 'animal' })).hits.map(({ id }) => id)).toEqual(['c'])
    expect((await alias.statistics()).documents).toBe(1)
    expect(alias.manifest.fields[0]?.name).toBe('text')
  })

  it('puts a new index in place and closes the old one', async () => {
    const old = await createAnimals('old')
    await using alias = createAlias(old)
    await alias.reindex(() => createAnimals('new'))
    expect((await alias.search()).hits.map(({ id }) => id)).toEqual(['new'])
    await expect(old.search()).rejects.toMatchObject({ code: 'index_closed' })
  })

  it('misses no search and no write while an index is built', async () => {
    await using alias = createAlias(await createAnimals('a', 'b'))
    const state = { isOver: false }
    let searches = 0
    const searching = (async () => {
      while (!state.isOver) {
        const { total } = await alias.search({ query: 'animal' })
        expect(total).toBeGreaterThanOrEqual(2)
        searches += 1
        await setImmediate()
      }
    })()
    const writing = (async () => {
      for (let at = 0; at < 200; at += 1) {
        await alias.add([{ id: `w${at}`, text: 'animal' }])
        if (at % 10 === 0) await alias.remove([`w${at}`])
      }
    })()
    for (let round = 0; round < 5; round += 1) {
      await alias.reindex(async () => {
        // Only what is there now: the rest comes by catching up.
        const { hits } = await alias.search({ limit: 1000 })
        const next = createIndex({ fields })
        for (const { id } of hits) {
          await next.add([{ id, text: 'animal' }])
          await setImmediate()
        }
        return next
      })
    }
    await writing
    state.isOver = true
    await searching
    expect(searches).toBeGreaterThan(5)
    expect((await alias.search({ query: 'animal' })).total).toBe(2 + 180)
  })

  it('takes over a write that began before the rebuild and ended in it', async () => {
    const release = Promise.withResolvers<void>()
    const create = () =>
      createIndex({
        fields: { ...fields, v: { type: 'vector', dimensions: 1, from: ['text'] } },
        embedder: {
          id: 'slow',
          async embed(texts) {
            await release.promise
            return { vectors: texts.map(() => [1]) }
          },
        },
      })
    await using alias = createAlias(create())
    const adding = alias.add([{ id: 'a', text: 'animal' }])
    const reindexing = alias.reindex(create)
    await setImmediate()
    release.resolve()
    await Promise.all([adding, reindexing])
    expect((await alias.search()).total).toBe(1)
  })

  it('stays as it was if the build fails', async () => {
    await using alias = createAlias(await createAnimals('old'))
    const failure = new Error('no source')
    await expect(alias.reindex(() => Promise.reject(failure))).rejects.toBe(failure)
    await alias.add([{ id: 'more', text: 'animal' }])
    expect((await alias.search({ query: 'animal' })).total).toBe(2)
    await alias.reindex(() => createAnimals('new'))
    expect((await alias.search()).total).toBe(1)
  })

  it('stays as it was if the build gives no new index', async () => {
    const old = await createAnimals('old')
    await using alias = createAlias(old)
    for (const [built, came] of [
      [undefined, 'undefined'],
      [{}, 'an object'],
      [old, 'the one there'],
      [alias, 'the one there'],
    ]) {
      const message = `"build" must give a new index, got ${came as string}.`
      await expect(alias.reindex(() => built as never)).rejects.toEqual(new TypeError(message))
      expect((await alias.search()).total).toBe(1)
    }
    await alias.reindex(() => createAnimals('new', 'newer'))
    expect((await alias.search()).total).toBe(2)
  })

  it('refuses calls once it is closed', async () => {
    const alias = createAlias(await createAnimals('a'))
    await alias.close()
    await expect(alias.search()).rejects.toMatchObject({ code: 'index_closed' })
    await expect(alias.reindex(() => createAnimals('b'))).rejects.toMatchObject({ code: 'index_closed' })
  })

  it('refuses what is no index', () => {
    expect(() => createAlias({} as never)).toThrow(new TypeError('"index" must be an index, got an object.'))
  })
})
