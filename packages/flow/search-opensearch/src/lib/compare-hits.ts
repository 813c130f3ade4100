import { type CheckedSort, compareText, type SortValue } from '@empire/search/backend'

/** A hit, or the place that a cursor keeps. */
interface Place {
  readonly id: string
  readonly sort: readonly SortValue[]
}

/** The order of two hits by the keys of a request, then by their ids. */
export function compareHits(sort: readonly CheckedSort[], left: Place, right: Place): number {
  for (const [at, key] of sort.entries()) {
    const order = compareKey(key, left.sort[at] ?? null, right.sort[at] ?? null)
    if (order !== 0) return order
  }
  return compareText(left.id, right.id)
}

/** Whether a hit comes after the place of a cursor. */
export function isBehind(sort: readonly CheckedSort[], hit: Place, after: Place): boolean {
  return compareHits(sort, hit, after) > 0
}

function compareKey(key: CheckedSort, left: SortValue, right: SortValue): number {
  if (key.type === 'score') return Number(right) - Number(left)
  if (left === null || right === null) {
    if (left === right) return 0
    return (left === null) === (key.missing === 'last') ? 1 : -1
  }
  const order = typeof left === 'string' ? compareText(left, String(right)) : Number(left) - Number(right)
  return key.order === 'asc' ? order : -order
}
