import { sleep } from '@empire/clock'
import type { CheckedNearestQuery } from '../checked-request.ts'
import type { MemoryStore } from './memory-store.ts'
import { type CreateGraph, loadUsearch, type NeighbourGraph } from './neighbour-graph.ts'
import type { VectorColumn } from './vector-column.ts'

/** From how many vectors on an index compares with some only. */
export interface NeighbourGraphsOptions {
  readonly approximateOver: number
  /** Default: USearch, if it is installed. */
  readonly load?: (() => Promise<CreateGraph | undefined>) | undefined
}

/**
 * How many candidates are asked for by default, times the root of the number of vectors: so the share that is found stays the same
 * as the collection grows, also where no vector is much nearer than others.
 */
const candidatesPerRoot = 1.25
const mostCandidates = 10_000

/** Rows added at a stretch: some milliseconds. */
const stretch = 8

/** The graphs of the vector fields of a store, made in the background as far as they pay. */
export class NeighbourGraphs {
  readonly #over: number
  readonly #load: () => Promise<CreateGraph | undefined>
  #graphs = new WeakMap<VectorColumn, NeighbourGraph>()
  #loading: Promise<CreateGraph | undefined> | undefined
  #growing: Promise<void> | undefined
  /** The one whose graphs are worth growing. */
  #store: MemoryStore | undefined
  #isClosed = false

  constructor({ approximateOver, load = loadUsearch }: NeighbourGraphsOptions) {
    this.#over = approximateOver
    this.#load = load
  }

  /**
   * The rows that are worth comparing with a vector, or `undefined` for all: without a graph, while it is far behind, and where a
   * filter lets few through.
   */
  candidates(
    store: MemoryStore,
    query: CheckedNearestQuery,
    allowed: number | undefined,
  ): readonly number[] | undefined {
    const column = store.vectors[query.field.position] as VectorColumn
    const graph = this.#graphs.get(column)
    const isFew = column.count <= this.#over || (allowed !== undefined && allowed <= this.#over)
    if (graph === undefined || isFew || column.count - graph.size > this.#over) return undefined
    const share = column.count / Math.max(1, allowed ?? store.documents.size)
    const looked = query.numCandidates ?? Math.max(8 * query.k, Math.ceil(candidatesPerRoot * Math.sqrt(column.count)))
    const wanted = Math.min(Math.ceil(looked * Math.max(1, share)), mostCandidates)
    const rows = [...graph.search(column.comparableQuery(query.vector), wanted)]
    for (let row = graph.size; row < column.count; row += 1) rows.push(row)
    return rows
  }

  /** Adds to the graphs, in the background, what the store has more than they. The store before it is no longer searched. */
  grow(store: MemoryStore): void {
    this.#store = store
    if (this.#growing !== undefined || this.#isClosed || !this.#isBehind(store)) return
    this.#growing = this.#growBehind()
      // Without a graph every vector is compared: searches stay right, and the next write tries again.
      .catch(() => {})
      .finally(() => {
        this.#growing = undefined
      })
  }

  /** Adds to the graphs all that the store has more than they. */
  async finish(store: MemoryStore, signal: AbortSignal | undefined): Promise<void> {
    this.#store = store
    if (this.#isBehind(store)) await this.#extend(store, signal)
  }

  /** A compaction puts another store in place while the graphs of the one before grow. */
  async #growBehind(): Promise<void> {
    let store: MemoryStore | undefined
    while (store !== this.#store && this.#store !== undefined) {
      store = this.#store
      await this.#extend(store, undefined)
    }
  }

  async #extend(store: MemoryStore, signal: AbortSignal | undefined): Promise<void> {
    const create = await (this.#loading ??= this.#load())
    if (create === undefined) return
    for (const column of store.vectors) {
      if (column === undefined || column.count <= this.#over) continue
      const graph = this.#graphs.get(column) ?? create(column.field.dimensions)
      this.#graphs.set(column, graph)
      while (graph.size < column.count && !this.#isClosed && this.#store === store) {
        graph.add(column.comparable(graph.size, Math.min(graph.size + stretch, column.count)))
        await sleep(0, { signal })
      }
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#growing
    this.#graphs = new WeakMap()
    this.#store = undefined
  }

  #isBehind(store: MemoryStore): boolean {
    return store.vectors.some(
      (column) =>
        column !== undefined && column.count > this.#over && (this.#graphs.get(column)?.size ?? 0) < column.count,
    )
  }
}
