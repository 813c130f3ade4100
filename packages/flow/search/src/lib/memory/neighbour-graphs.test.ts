import { describe, expect, it } from 'vitest'
import { defineIndex } from '../define-index.ts'
import { MemoryBackend } from './memory-backend.ts'
import { MemoryStore } from './memory-store.ts'
import { type CreateGraph, loadUsearch } from './neighbour-graph.ts'

const dimensions = 8
const { schema } = defineIndex({ fields: { tag: { type: 'keyword' }, v: { type: 'vector', dimensions } } })
const call = { signal: undefined }

/** Numbers from -0.5 to 0.5, the same each time (a linear congruential generator). */
function createVectors(count: number): Float32Array[] {
  let state = 1
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32 - 0.5
  }
  return Array.from({ length: count }, () => Float32Array.from({ length: dimensions }, next))
}

function createBackend(
  vectors: readonly Float32Array[],
  approximateOver: number,
  load: () => Promise<CreateGraph | undefined>,
) {
  const backend = new MemoryBackend(new MemoryStore(schema), { approximateOver, load })
  const add = vectors.map((vector, at) => ({ id: `${at}`, values: [[at % 100 === 0 ? 'rare' : 'common'], [vector]] }))
  backend.write({ remove: undefined, add }, call)
  return backend
}

function nearest(backend: MemoryBackend, vector: Float32Array, k: number, tag?: string) {
  const field = schema.byName.get('v') as never
  const filter =
    tag === undefined ? undefined : { type: 'in' as const, field: schema.byName.get('tag') as never, values: [tag] }
  const { hits, explain } = backend.search({
    query: { type: 'nearest', field, vector, k, numCandidates: undefined },
    filter,
    facets: [],
    sort: [{ type: 'score' }],
    limit: k,
    after: undefined,
    fields: [],
    highlight: undefined,
    explain: true,
  })
  return { ids: hits.map(({ id }) => id), visited: explain?.visited ?? 0 }
}

describe('nearest over many vectors', () => {
  it('finds nearly all that comparing each would find, and compares few', async () => {
    const vectors = createVectors(3000)
    const exact = createBackend(vectors, 10_000, loadUsearch)
    const graph = createBackend(vectors, 1000, loadUsearch)
    await graph.optimize(call)
    let found = 0
    for (const vector of createVectors(3050).slice(3000)) {
      const all = nearest(exact, vector, 10)
      const some = nearest(graph, vector, 10)
      expect(some.visited).toBeLessThan(all.visited / 5)
      found += some.ids.filter((id) => all.ids.includes(id)).length
    }
    expect(found / 500).toBeGreaterThan(0.95)
    await graph.close()
  })

  it('compares each where a filter lets few through, and right after a write', async () => {
    const vectors = createVectors(2100)
    const exact = createBackend(vectors, 10_000, loadUsearch)
    const graph = createBackend(vectors.slice(0, 2000), 1000, loadUsearch)
    await graph.optimize(call)
    expect(nearest(graph, vectors[5] as Float32Array, 5, 'rare').visited).toBe(20)
    const add = vectors.slice(2000).map((vector, at) => ({ id: `${2000 + at}`, values: [['common'], [vector]] }))
    graph.write({ remove: undefined, add }, call)
    const last = vectors[2050] as Float32Array
    expect(nearest(graph, last, 1).ids).toEqual(nearest(exact, last, 1).ids)
    graph.write({ remove: { type: 'ids', ids: ['2050'] }, add: [] }, call)
    expect(nearest(graph, last, 1).ids).not.toEqual(['2050'])
    await graph.close()
  })

  it('compares each where the package is not installed', async () => {
    const vectors = createVectors(1500)
    const backend = createBackend(vectors, 1000, async () => undefined)
    await backend.optimize(call)
    expect(nearest(backend, vectors[7] as Float32Array, 1)).toEqual({ ids: ['7'], visited: 1500 })
    await backend.close()
  })
})
