import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createIndex } from './create-index.ts'
import { loadIndex } from './file/load-index.ts'
import { saveIndex } from './file/save-index.ts'

const count = 120_000
const dimensions = 64
const fields = { tag: { type: 'keyword' }, v: { type: 'vector', dimensions } } as const

it.runIf(process.env['EMPIRE_TEST_FAULTS'] === '1')(
  'finds the nearest of 120,000 vectors while the graph takes over, under filters, after removals and from a file',
  { timeout: 3_600_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'search-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const exact = createIndex({ fields, approximateOver: Infinity })
    const index = createIndex({ fields })
    const next = createVectors()
    const documents = Array.from({ length: count }, (_, at) => ({
      id: `${at}`,
      tag: at % 10 === 0 ? 'few' : 'most',
      v: next(),
    }))

    const compare = async (other: typeof index, rounds: number, tag?: string): Promise<number> => {
      let found = 0
      for (let round = 0; round < rounds; round += 1) {
        const query = { nearest: { field: 'v', vector: next(), k: 10 } } as const
        const filter = tag === undefined ? undefined : { term: { tag } }
        const [all, some] = [await exact.search({ query, filter }), await other.search({ query, filter })]
        const ids = new Set(all.hits.map(({ id }) => id))
        expect(some.hits).toHaveLength(10)
        found += some.hits.filter(({ id }) => ids.has(id)).length
      }
      return found / rounds / 10
    }

    for (let start = 0; start < count; start += 5000) {
      const batch = documents.slice(start, start + 5000)
      await Promise.all([exact.add(batch), index.add(batch)])
      expect(await compare(index, 2)).toBeGreaterThan(0.8)
    }
    await index.optimize()
    const [hit] = (await index.search({ query: nearest(next()), explain: true })).hits
    expect(hit?.explain).toMatchObject({ exact: false })
    expect(await compare(index, 100)).toBeGreaterThanOrEqual(0.95)
    expect(await compare(index, 50, 'few')).toBe(1)
    expect(await compare(index, 50, 'most')).toBeGreaterThanOrEqual(0.95)

    const path = join(folder, 'index')
    await saveIndex(index, path)
    const loaded = await loadIndex(path, { fields })
    expect(await compare(loaded, 20)).toBeGreaterThanOrEqual(0.95)
    await loaded.close()

    const gone = documents.filter((_, at) => at % 9 === 0).map(({ id }) => id)
    await Promise.all([exact.remove(gone), index.remove(gone)])
    expect(await compare(index, 100)).toBeGreaterThanOrEqual(0.95)
  },
)

function nearest(vector: number[]) {
  return { nearest: { field: 'v', vector, k: 10 } } as const
}

/** Vectors of no structure at all, the hardest for a graph, the same each time. */
function createVectors(): () => number[] {
  let state = 1
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return (state + 1) / 2 ** 32
  }
  const normal = (): number => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random())
  return () => Array.from({ length: dimensions }, normal)
}
