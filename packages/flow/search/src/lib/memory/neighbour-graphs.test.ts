import { describe, expect, it, vi } from 'vitest'
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

/** Graphs that propose the first rows that they were given, and count what they are given. */
function countingGraphs(): { load: () => Promise<CreateGraph>; added: () => number } {
  let added = 0
  const load = async (): Promise<CreateGraph> => (own) => {
    let size = 0
    return {
      get size() {
        return size
      },
      add(vectors) {
        size += vectors.length / own
        added += vectors.length / own
      },
      search: (_, count) => Array.from({ length: Math.min(count, size) }, (_row, at) => at),
    }
  }
  return { load, added: () => added }
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

  it('grows on with what a compaction left while it grew, and without a further write', async () => {
    const { load, added } = countingGraphs()
    const vectors = createVectors(2000)
    const backend = createBackend(vectors, 100, load)
    await vi.waitFor(() => expect(added()).toBeGreaterThan(0))
    // More than a third is removed at once: the compaction takes place while the graph grows.
    const ids = Array.from({ length: 900 }, (_, at) => `${2 * at}`)
    backend.write({ remove: { type: 'ids', ids }, add: [] }, call)
    await vi.waitFor(() => expect(nearest(backend, vectors[1] as Float32Array, 5).visited).toBeLessThan(500))
    expect(nearest(backend, vectors[1] as Float32Array, 1).ids).toEqual(['1'])
    await backend.optimize(call)
    // Of the store that is gone no more was added.
    expect(added()).toBeLessThan(2000)
    await backend.close()
  })

  it('makes no graph anew where there is nothing to take back', async () => {
    const { load, added } = countingGraphs()
    const backend = createBackend(createVectors(300), 100, load)
    await backend.optimize(call)
    await backend.optimize(call)
    expect(added()).toBe(300)
    await backend.close()
  })

  it('finds vectors of any length by their directions', async () => {
    const vectors = createVectors(1500).map((vector, at) => vector.map((number) => number * 10 ** ((at % 60) - 30)))
    const exact = createBackend(vectors, 10_000, loadUsearch)
    const graph = createBackend(vectors, 1000, loadUsearch)
    await graph.optimize(call)
    for (const vector of vectors.slice(0, 60)) {
      const own = nearest(graph, vector, 1)
      expect(own.visited).toBeLessThan(500)
      expect(own.ids).toEqual(nearest(exact, vector, 1).ids)
    }
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
