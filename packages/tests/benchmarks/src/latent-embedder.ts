import { createEnglishAnalyzer } from '@empire/analyzer'
import type { Embedder } from '@empire/search'

const dimensions = 128
/** Rounds of subspace iteration: after these the directions hardly turn. */
const rounds = 8

/**
 * An embedder made from a collection, the same each time: latent semantic analysis. Documents are vectors of log-entropy-like weights of
 * their terms; the directions in which these vary most are found by subspace iteration from seeded random ones; a text is embedded as its
 * terms along these directions.
 */
export function createLatentEmbedder(texts: readonly string[]): Embedder & { readonly dimensions: number } {
  const analyzer = createEnglishAnalyzer()
  const terms = new Map<string, number>()
  const frequencies: number[] = []
  const count = (text: string, grow: boolean): Map<number, number> => {
    const counts = new Map<number, number>()
    for (const token of analyzer.tokens(text)) {
      const term = analyzer.term(token)
      if (term === undefined) continue
      if (grow && !terms.has(term)) terms.set(term, terms.size)
      const number = terms.get(term)
      if (number !== undefined) counts.set(number, (counts.get(number) ?? 0) + 1)
    }
    return counts
  }
  const documents = texts.map((text) => count(text, true))
  for (const document of documents) for (const term of document.keys()) frequencies[term] = (frequencies[term] ?? 0) + 1
  const weigh = (counts: ReadonlyMap<number, number>): [term: number, weight: number][] => {
    const weighed = Array.from(counts, ([term, times]): [number, number] => [
      term,
      (1 + Math.log(times)) * Math.log((texts.length + 1) / ((frequencies[term] ?? 0) + 0.5)),
    ])
    const length = Math.hypot(...weighed.map(([, weight]) => weight)) || 1
    return weighed.map(([term, weight]) => [term, weight / length])
  }
  const rows = documents.map(weigh)
  const basis = iterate(rows, terms.size)
  const embed = (text: string): number[] => {
    const vector = project(weigh(count(text, false)), basis)
    return vector.some((value) => value !== 0) ? vector : vector.fill(1e-9)
  }
  return { id: `latent-${dimensions}`, dimensions, embed: async (asked) => ({ vectors: asked.map(embed) }) }
}

type Row = readonly (readonly [term: number, weight: number])[]

function project(row: Row, basis: Float64Array): number[] {
  const vector = Array.from({ length: dimensions }, () => 0)
  for (const [term, weight] of row) {
    for (let at = 0; at < dimensions; at += 1)
      (vector[at] as number) += weight * (basis[term * dimensions + at] as number)
  }
  return vector
}

/** By term, its part in each direction. */
function iterate(rows: readonly Row[], termCount: number): Float64Array {
  let state = 1
  let basis = Float64Array.from({ length: termCount * dimensions }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32 - 0.5
  })
  for (let round = 0; round < rounds; round += 1) {
    const next = new Float64Array(basis.length)
    for (const row of rows) {
      const vector = project(row, basis)
      for (const [term, weight] of row) {
        for (let at = 0; at < dimensions; at += 1)
          (next[term * dimensions + at] as number) += weight * (vector[at] as number)
      }
    }
    basis = orthonormal(next, termCount)
  }
  return basis
}

/** Gram–Schmidt over the directions. */
function orthonormal(basis: Float64Array, termCount: number): Float64Array<ArrayBuffer> {
  const own = Float64Array.from(basis)
  const at = (term: number, direction: number): number => own[term * dimensions + direction] as number
  for (let direction = 0; direction < dimensions; direction += 1) {
    for (let before = 0; before < direction; before += 1) {
      let along = 0
      for (let term = 0; term < termCount; term += 1) along += at(term, before) * at(term, direction)
      for (let term = 0; term < termCount; term += 1)
        own[term * dimensions + direction] = at(term, direction) - along * at(term, before)
    }
    let squares = 0
    for (let term = 0; term < termCount; term += 1) squares += at(term, direction) ** 2
    const length = Math.sqrt(squares) || 1
    for (let term = 0; term < termCount; term += 1) own[term * dimensions + direction] = at(term, direction) / length
  }
  return own
}
