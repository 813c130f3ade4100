import type { CheckedNearestQuery } from '../checked-request.ts'
import type { Bitset } from './bitset.ts'
import type { Matches } from './matches.ts'
import type { MemoryStore } from './memory-store.ts'
import { TopHits } from './top-hits.ts'
import type { VectorColumn } from './vector-column.ts'

/** The k nearest documents of those in `allowed`, each compared. */
export function matchNearest(
  store: MemoryStore,
  query: CheckedNearestQuery,
  allowed: Bitset | undefined,
  candidates: readonly number[] | undefined,
): Matches {
  const column = store.vectors[query.field.position] as VectorColumn
  const compare = column.comparer(query.vector)
  const scores = new Map<number, number>()
  const count = candidates?.length ?? column.count
  const ownerAt = (place: number): number =>
    column.ownerOf(candidates === undefined ? place : (candidates[place] as number))
  const found = new Float64Array(count)
  const top = new TopHits(query.k, (left, right) => {
    const difference = (found[right] as number) - (found[left] as number)
    return difference === 0 ? store.compareIds(ownerAt(left), ownerAt(right)) : difference
  })
  const set = allowed ?? store.documents.live
  let visited = 0
  for (let place = 0; place < count; place += 1) {
    if (!set.has(ownerAt(place))) continue
    visited += 1
    const score = compare(candidates === undefined ? place : (candidates[place] as number))
    found[place] = score
    const { worst } = top
    if (worst === undefined || score >= (found[worst] as number)) top.offer(place)
  }
  for (const place of top.ranked()) scores.set(ownerAt(place), found[place] as number)
  return { documents: Uint32Array.from(scores.keys()), scores, visited }
}
