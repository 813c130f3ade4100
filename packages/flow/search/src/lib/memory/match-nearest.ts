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
  candidates: Iterable<number> | undefined,
): Matches {
  const column = store.vectors[query.field.position] as VectorColumn
  const compare = column.comparer(query.vector)
  const scores = new Map<number, number>()
  const found = new Float64Array(column.count)
  const top = new TopHits(query.k, (left, right) => {
    const difference = (found[right] as number) - (found[left] as number)
    return difference === 0 ? store.compareIds(column.ownerOf(left), column.ownerOf(right)) : difference
  })
  let visited = 0
  const visit = (row: number): void => {
    const document = column.ownerOf(row)
    if (!(allowed === undefined ? store.documents.isLive(document) : allowed.has(document))) return
    visited += 1
    const score = compare(row)
    found[row] = score
    const { worst } = top
    if (worst === undefined || score >= (found[worst] as number)) top.offer(row)
  }
  if (candidates === undefined) for (let row = 0; row < column.count; row += 1) visit(row)
  else for (const row of candidates) visit(row)
  for (const row of top.ranked()) scores.set(column.ownerOf(row), found[row] as number)
  return { documents: Uint32Array.from(scores.keys()), scores, visited }
}
