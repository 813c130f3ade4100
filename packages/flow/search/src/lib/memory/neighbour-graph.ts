/** A graph of vectors (HNSW) that finds rows of great scalar products with a vector without comparing all. */
export interface NeighbourGraph {
  /** How many rows it has: those from 0 on. */
  readonly size: number
  /** Adds the next rows; `vectors` has them one after another. */
  add(vectors: Float32Array): void
  /** Rows that are likely the nearest, at most so many. */
  search(vector: Float32Array, count: number): readonly number[]
}

/** Makes a graph for vectors of so many numbers. */
export type CreateGraph = (dimensions: number) => NeighbourGraph

/** Loads USearch, if it is installed. */
export async function loadUsearch(): Promise<CreateGraph | undefined> {
  try {
    const { Index, MetricKind, ScalarKind } = await import('usearch')
    return (dimensions) => {
      const graph = new Index({
        dimensions,
        metric: MetricKind.IP,
        // Half the memory: what it proposes is compared in full.
        quantization: ScalarKind.BF16,
        connectivity: 32,
        expansion_add: 128,
        expansion_search: 128,
        multi: false,
      })
      let size = 0
      return {
        get size() {
          return size
        },
        add(vectors) {
          const count = vectors.length / dimensions
          graph.add(
            BigUint64Array.from({ length: count }, (_, at) => BigInt(size + at)),
            vectors,
            1,
          )
          size += count
        },
        search(vector, count) {
          const { keys } = graph.search(vector, Math.min(count, size), 1) as { keys: BigUint64Array }
          return Array.from(keys, Number).filter((row) => row < size)
        },
      }
    }
  } catch {
    // Not installed, or without a binary for this platform: every vector is compared then, which finds the same and more.
    return undefined
  }
}
