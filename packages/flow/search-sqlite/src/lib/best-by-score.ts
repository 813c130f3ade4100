import { compareText } from '@empire/search/backend'
import { readIds } from './read-ids.ts'
import type { ScoreList } from './score-list.ts'
import type { SqliteSearch } from './sqlite-search.ts'

/** A document of a ranking. */
export interface RankedDocument {
  readonly number: number
  readonly id: string
  readonly score: number
}

/**
 * The best documents by score, equal ones in the order of their ids; `after` leaves out all up to a score and an id. Ids are read of
 * those only that may be among the best.
 */
export function bestByScore(
  search: SqliteSearch,
  list: ScoreList,
  count: number,
  after?: { readonly score: number; readonly id: string },
): RankedDocument[] {
  const { numbers, scores } = list
  const tied: number[] = []
  const eligible: number[] = []
  for (let at = 0; at < numbers.length; at += 1) {
    const score = scores[at] as number
    if (after !== undefined && score === after.score) tied.push(at)
    else if (after === undefined || score < after.score) eligible.push(at)
  }
  const ids = new Map<number, string>()
  if (after !== undefined && tied.length > 0) {
    addIds(
      ids,
      search,
      tied.map((at) => numbers[at] as number),
    )
    eligible.push(...tied.filter((at) => compareText(ids.get(numbers[at] as number) ?? '', after.id) > 0))
  }
  const least = leastOfBest(
    eligible.map((at) => scores[at] as number),
    count,
  )
  const candidates = eligible.filter((at) => (scores[at] as number) >= least)
  addIds(
    ids,
    search,
    candidates.map((at) => numbers[at] as number).filter((number) => !ids.has(number)),
  )
  return candidates
    .map((at) => {
      const number = numbers[at] as number
      return { number, id: ids.get(number) ?? '', score: scores[at] as number }
    })
    .toSorted((left, right) => right.score - left.score || compareText(left.id, right.id))
    .slice(0, count)
}

function addIds(ids: Map<number, string>, search: SqliteSearch, numbers: readonly number[]): void {
  if (numbers.length === 0) return
  for (const [number, id] of readIds(search, numbers)) ids.set(number, id)
}

/** The least of the `count` greatest, from a heap of that size whose root is the least. */
function leastOfBest(scores: readonly number[], count: number): number {
  if (count <= 0) return Infinity
  if (scores.length <= count) return -Infinity
  const heap = Float64Array.from(scores.slice(0, count)).toSorted()
  for (let at = count; at < scores.length; at += 1) {
    const score = scores[at] as number
    if (score > (heap[0] as number)) sink(heap, score)
  }
  return heap[0] as number
}

/** Puts a score in place of the root, and lets it sink to where it belongs. */
function sink(heap: Float64Array, score: number): void {
  let at = 0
  while (true) {
    let child = 2 * at + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && (heap[child + 1] as number) < (heap[child] as number)) child += 1
    if ((heap[child] as number) >= score) break
    heap[at] = heap[child] as number
    at = child
  }
  heap[at] = score
}
